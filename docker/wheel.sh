#!/bin/sh
# Makes the wheel that both images install, with the built screens in it. Run at the repository's root.
set -eu
python=${PYTHON:-build/venv/bin/python}
wheels=${MENSHEN_WHEELS:-docker/wheels}
for built in cloud/web/dist/index.html cloud/export/font/NotoSansSC.ttf; do
    if [ ! -f "$built" ]; then
        echo "error: the screens are not built; run \`make web\` first" >&2
        exit 2
    fi
done

# In a copy: setuptools would leave what it gathers in build/, and put into the next wheel what has been deleted since.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar --create --exclude=node_modules --exclude=__pycache__ pyproject.toml README.md LICENSE contract edge cloud models \
    firmware_configs/modbus firmware_configs/serial firmware_configs/i2c | tar --extract --directory "$copy"
rm -rf "$wheels"
mkdir -p "$wheels"
"$python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$wheels" "$copy"
ls "$wheels"
