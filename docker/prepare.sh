#!/bin/sh
# Makes what the compose file needs and nobody else may have, in docker/secrets: passwords, a token, certificates.
#   sh docker/prepare.sh NAME...    every name or IP address by which gates call this machine
# What is there already is kept.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
secrets=${MENSHEN_SECRETS:-$here/secrets}
certificates=$here/../firmware_configs/mosquitto/make_certificates.sh
[ $# -gt 0 ] || {
    echo "error: say by which name gates call this machine" >&2
    exit 2
}

umask 077
mkdir -p "$secrets"
for name in admin_password ledger_password series_password series_token grafana_password metrics_token; do
    [ -e "$secrets/$name" ] || openssl rand -hex 24 | tr -d '\n' > "$secrets/$name"
done
[ -e "$secrets/ca.key" ] || sh "$certificates" "$secrets" ca
[ -e "$secrets/broker.key" ] || sh "$certificates" "$secrets" server broker "$@"
[ -e "$secrets/cloud.key" ] || sh "$certificates" "$secrets" client cloud

# Containers run as several users and see single files of this folder only; on this machine nobody else gets into it.
chmod 644 "$secrets"/*
chmod 600 "$secrets/ca.key"
chmod 700 "$secrets"
echo "$secrets is ready. Move ca.key to another machine. The first password of admin: $secrets/admin_password"
