#!/bin/sh
# Starts the gate in its container. With words behind it, another command of it: `start-edge check /etc/menshen/gate.toml`.
set -eu
umask 077
[ $# -gt 0 ] || set -- run --unattended "${MENSHEN_SETTINGS:-/etc/menshen/gate.toml}"
exec menshen-edge "$@"
