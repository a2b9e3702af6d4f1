#!/bin/sh
# A small certificate authority of one site, by openssl. Keep ca.key where no broker, cloud or gate is.
#   make_certificates.sh FOLDER ca
#   make_certificates.sh FOLDER server NAME [ADDRESS...]   the broker: every name or IP address by which it is called
#   make_certificates.sh FOLDER client NAME [DAYS]         a gate by its id, or `cloud`; 90 days where none are said
set -eu
umask 077

die() {
    echo "error: $1" >&2
    exit 2
}

[ $# -ge 2 ] || die "say FOLDER and ca, server or client"
folder=$1
what=$2
shift 2
mkdir -p "$folder"
cd "$folder"
new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"

# sign NAME DAYS EXTENSIONS: a key that never leaves this folder by itself, and a certificate of that name.
sign() {
    [ -f ca.key ] || die "there is no ca.key in $folder; make it with: $0 $folder ca"
    [ ! -e "$1.key" ] || die "$folder/$1.key is there already; move it away first"
    # shellcheck disable=SC2086  # words, on purpose
    openssl req $new -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n%s\n' "$3" > "$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days "$2" -extfile "$1.ext" -out "$1.crt" 2>/dev/null
    rm "$1.csr" "$1.ext"
    echo "$folder/$1.crt and $folder/$1.key, $2 days"
}

case $what in
ca)
    [ ! -e ca.key ] || die "$folder/ca.key is there already"
    # shellcheck disable=SC2086
    openssl req -x509 $new -days 3650 -subj "/CN=Menshen site authority" -keyout ca.key -out ca.crt \
        -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
    echo "$folder/ca.crt goes to everybody; $folder/ca.key stays with you"
    ;;
server)
    [ $# -ge 1 ] || die "say by which name the broker is called"
    addresses=
    for one in "$@"; do
        case $one in
        *[!0-9.]*) addresses="$addresses,DNS:$one" ;;
        *) addresses="$addresses,IP:$one" ;;
        esac
    done
    name=$1
    sign "$name" 365 "extendedKeyUsage=serverAuth
subjectAltName=${addresses#,}"
    ;;
client)
    [ $# -ge 1 ] || die "say whose: a gate's id, or cloud"
    case $1 in
    *[!a-z0-9-]* | -* | "") die "a gate's id has only a-z, 0-9 and -, and begins with a letter or digit" ;;
    esac
    sign "$1" "${2:-90}" "extendedKeyUsage=clientAuth"
    ;;
*)
    die "$what is none of ca, server, client"
    ;;
esac
