#!/bin/sh
# Starts the cloud in its container. With words behind it, another command of it: `start-cloud doctor /etc/menshen/cloud.toml`.
set -eu
umask 077
settings=${MENSHEN_SETTINGS:-/etc/menshen/cloud.toml}
secrets=${MENSHEN_SECRETS:-/run/secrets}
run=${MENSHEN_RUN:-/run/menshen}

# PostgreSQL's client takes a password only from a file that nobody else can read, and a mounted secret can be read by all in here.
if [ -r "$secrets/ledger_password" ]; then
    printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' "$secrets/ledger_password")" > "$run/pgpass"
    export PGPASSFILE="$run/pgpass"
fi
[ $# -gt 0 ] || set -- run --unattended "$settings"
exec menshen-cloud "$@"
