#!/bin/sh
# Installs a gate on a Raspberry Pi, a Jetson or any Debian machine; says what it does; may be run again; can be undone.
#   sudo sh firmware_configs/install/gate.sh            install or update
#   sudo sh firmware_configs/install/gate.sh --undo     take away everything it put there; settings and events stay
#   sudo sh firmware_configs/install/gate.sh --undo --purge   those too
# MENSHEN_ROOT=DIR installs below DIR instead of /, for building an image.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
root=${MENSHEN_ROOT:-}
home=$root/opt/menshen
list=$home/installed.txt
live() { [ -z "$root" ]; }
say() { printf '%s\n' "$*"; }
refuse() {
	printf 'error: %s\n   do: %s\n' "$1" "$2" >&2
	exit 2
}

place() { # place MODE SOURCE TARGET: copies, and remembers what there is to take away
	mkdir -p "$(dirname -- "$root$3")"
	install -m "$1" "$2" "$root$3"
	grep -qxF "$3" "$list" 2>/dev/null || printf '%s\n' "$3" >>"$list"
}

check() {
	live && [ "$(id -u)" -ne 0 ] && refuse "this needs root" "sudo sh $0 $*"
	command -v python3 >/dev/null || refuse "there is no python3" "sudo apt install python3-venv"
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
		refuse "Python is older than 3.11" "use Debian 12, Raspberry Pi OS of 2023-10 or later, or a newer Python as python3"
	python3 -c 'import ensurepip, venv' 2>/dev/null || refuse "Python cannot make environments" "sudo apt install python3-venv"
}

program() {
	say "program: $home"
	mkdir -p "$home"
	touch "$list"
	[ -x "$home/bin/python" ] || python3 -m venv "$home"
	set -- "$home/bin/python" -m pip install --quiet --disable-pip-version-check
	"$@" --require-hashes -r "$here/locks/edge.txt"
	"$@" --require-hashes -r "$here/locks/build.txt"
	# From a copy: setuptools would leave what it gathers in the sources.
	copy=$(mktemp -d)
	(cd "$here" && tar --create --exclude=node_modules --exclude=__pycache__ pyproject.toml README.md LICENSE contract edge cloud models \
		firmware_configs/modbus firmware_configs/serial firmware_configs/i2c) |
		tar --extract --directory "$copy"
	"$@" --no-build-isolation --no-deps --force-reinstall "$copy"
	rm -rf "$copy"
	case $(uname -m) in
	aarch64 | armv7l) "$@" 'lgpio>=0.2.2' 'smbus2>=0.5,<1' 'spidev>=3.7,<4' ;;
	esac
	mkdir -p "$root/usr/local/bin"
	ln -sfn /opt/menshen/bin/menshen-edge "$root/usr/local/bin/menshen-edge"
	grep -qxF /usr/local/bin/menshen-edge "$list" || printf '%s\n' /usr/local/bin/menshen-edge >>"$list"
}

units() {
	say "units, user and rights"
	configs=$here/firmware_configs
	place 644 "$configs/systemd/menshen.sysusers.conf" /usr/lib/sysusers.d/menshen.conf
	place 644 "$configs/systemd/menshen-gate.service" /etc/systemd/system/menshen-gate.service
	place 644 "$configs/systemd/menshen-kiosk.service" /etc/systemd/system/menshen-kiosk.service
	place 644 "$configs/systemd/journald.conf.d/menshen.conf" /etc/systemd/journald.conf.d/menshen.conf
	place 644 "$configs/systemd/system.conf.d/menshen-watchdog.conf" /etc/systemd/system.conf.d/menshen-watchdog.conf
	place 644 "$configs/udev/70-menshen.rules" /etc/udev/rules.d/70-menshen.rules
	live || return 0
	for group in spi i2c gpio; do groupadd --force --system "$group"; done
	systemd-sysusers
	udevadm control --reload
	udevadm trigger
	systemctl daemon-reexec # reads the units, and the machine's watchdog
	systemctl restart systemd-journald
}

name() { # one that no other gate has, and the same after another installation on this machine
	[ -s "$root/etc/machine-id" ] && printf 'gate-%s' "$(sha256sum <"$root/etc/machine-id" | cut -c1-8)" || printf new-gate
}

settings() {
	mkdir -p "$root/etc/menshen" "$root/var/lib/menshen"
	if [ -e "$root/etc/menshen/gate.toml" ]; then
		say "settings: $root/etc/menshen/gate.toml is there and stays as it is"
	else
		install -m 640 "$here/firmware_configs/gates/new.toml" "$root/etc/menshen/gate.toml"
		sed -i "s/^gate = \"new-gate\"/gate = \"$(name)\"/" "$root/etc/menshen/gate.toml"
		say "settings: $root/etc/menshen/gate.toml, of a gate that is still to be set up and lets nobody in"
	fi
	live || return 0
	chgrp -R menshen /etc/menshen
	# The technician's page changes the settings, and nothing else there: what others own stays theirs (sticky).
	chmod 1770 /etc/menshen
	chown menshen /etc/menshen/gate.toml
	chown menshen:menshen /var/lib/menshen
}

wizard() {
	gate=/etc/menshen/gate.toml
	if ! live || ! grep -q '^unfinished = true' "$gate"; then
		say "installed. Next:"
		say "  sudo systemctl enable menshen-gate && sudo systemctl restart menshen-gate"
		say "  sudo runuser -u menshen -- menshen-edge technician $gate      # the page for a phone: Set up, Settings, Look"
		return 0
	fi
	say "installed. The gate starts; then its page opens for a phone:"
	systemctl enable --now menshen-gate
	runuser -u menshen -- /opt/menshen/bin/menshen-edge technician "$gate"
	say "Open it on the phone, then Set up. Once more, when the time is over:"
	say "  sudo runuser -u menshen -- menshen-edge technician $gate"
}

undo() {
	[ -f "$list" ] || refuse "nothing is installed in $home" "nothing is left to do"
	if live; then
		systemctl disable --now menshen-gate menshen-kiosk || true
	fi
	while IFS= read -r file; do
		rm -f "$root$file"
		say "removed $root$file"
	done <"$list"
	rm -rf "$home"
	if live; then
		systemctl daemon-reexec
		systemctl restart systemd-journald
		udevadm control --reload
	fi
	if [ "${1:-}" = --purge ]; then
		rm -rf "$root/etc/menshen" "$root/var/lib/menshen"
		say "settings and events are gone"
	else
		say "settings and events stay: $root/etc/menshen, $root/var/lib/menshen"
	fi
}

case ${1:-} in
--undo)
	[ -z "${2:-}" ] || [ "$2" = --purge ] || refuse "unknown word '$2'" "--undo, or --undo --purge"
	live && [ "$(id -u)" -ne 0 ] && refuse "this needs root" "sudo sh $0 --undo"
	undo "${2:-}"
	;;
'')
	check
	program
	units
	settings
	wizard
	;;
*) refuse "unknown word '$1'" "nothing, --undo, or --undo --purge" ;;
esac
