# One word per job. `make demo` and `make test` do all the set-up themselves.
PYTHON ?= python3
VENV := build/venv
BIN := $(VENV)/bin
WEB := cloud/web
PIP := $(BIN)/python -m pip --disable-pip-version-check
export MENSHEN_REFERENCE_DATA

.DEFAULT_GOAL := help
.PHONY: help demo test check bench chaos no-image docs train web clean

help:
	@sed -n 's/^## //p' Makefile

## make demo    a broker, the cloud and one gate on this machine; INPUT=, THERMAL=, REFERENCE= choose other pictures
demo: $(VENV)/.runtime web
	@INPUT="$(INPUT)" THERMAL="$(THERMAL)" REFERENCE="$(REFERENCE)" $(BIN)/python -m demo

## make test    all tests (those that need what this machine lacks are skipped and say so)
test: $(VENV)/.dev web build/flux/.ready build/esphome/.ready
	$(BIN)/python -m tests $(ARGS)

## make check   lint, format, types, import rules
check: $(VENV)/.dev $(WEB)/node_modules/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	./build/npm --prefix $(WEB) run --silent types
	./build/npm --prefix $(WEB) run --silent test

## make bench   the rows of the design's speed table, as a table and as build/bench/*.json
bench: $(VENV)/.dev $(WEB)/dist/index.html
	$(BIN)/python -m benchmarks

## make chaos   kills processes while events flow and compares the books (EVENTS=, KILLS=, DEATHS=, CUTS=, DAYS=); build/chaos/*.json
EVENTS ?= 1000000
KILLS ?= 500
DEATHS ?= 100
CUTS ?= 10000
DAYS ?= 7
chaos: $(VENV)/.dev $(WEB)/dist/index.html
	$(BIN)/python -m tests.chaos --events $(EVENTS) --kills $(KILLS) --deaths $(DEATHS) --cuts $(CUTS) --days $(DAYS)

## make no-image   an hour of screening with every write to a disk looked into (MINUTES=, needs root); build/no_image.json
MINUTES ?= 60
no-image: $(VENV)/.dev
	$(BIN)/python -m tests.no_image --minutes $(MINUTES)

## make docs    openapi.json and asyncapi.yaml from the code
docs: $(VENV)/.dev
	$(BIN)/menshen-edge settings > docs/reference/gate-settings.md
	$(BIN)/menshen-cloud settings > docs/reference/cloud-settings.md
	$(BIN)/menshen-cloud openapi > docs/reference/openapi.json
	$(BIN)/python -m contract.asyncapi --write

## make train   train the shipped network again (needs MENSHEN_REFERENCE_DATA); ARGS=--resume goes on with an interrupted run
train: $(VENV)/.train
	@test -n "$(MENSHEN_REFERENCE_DATA)" || { echo "Set MENSHEN_REFERENCE_DATA to the folder that holds faces/ with the labelled pictures."; exit 2; }
	OMP_WAIT_POLICY=passive $(BIN)/python -m models.training --data "$(MENSHEN_REFERENCE_DATA)/faces" --out build/train/menshen_face_mask.onnx $(ARGS)

$(BIN)/python:
	@echo "making the virtual environment build/venv ..."
	@mkdir -p build
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Menshen needs Python 3.11 or later."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Install the package python3-venv first."; exit 2; }

$(VENV)/.runtime: locks/build.txt locks/edge.txt locks/cloud.txt pyproject.toml | $(BIN)/python
	@echo "installing what gate and cloud need ..."
	@$(PIP) install --quiet --progress-bar on --require-hashes -r locks/build.txt -r locks/edge.txt -r locks/cloud.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: locks/dev.txt $(VENV)/.runtime
	@echo "installing what the tests need ..."
	@$(PIP) install --quiet --progress-bar on --require-hashes -r locks/dev.txt
	@touch $@

$(VENV)/.train: locks/train.txt $(VENV)/.dev
	@echo "installing what training needs (large) ..."
	@$(PIP) install --quiet --progress-bar on --require-hashes -r locks/train.txt
	@touch $@

# Node from the system when it is new enough, else from the Python package that carries it.
build/npm: locks/node.txt | $(BIN)/python
	@sh demo/find_npm.sh build

$(WEB)/node_modules/.ready: $(WEB)/package-lock.json $(WEB)/package.json build/npm
	@echo "installing what the guard screen is built with ..."
	@./build/npm --prefix $(WEB) ci --no-audit --no-fund --loglevel=error
	@touch $@

# InfluxData's own Flux compiler, for the tests of the queries.
build/flux/.ready: tests/cloud/flux/package-lock.json tests/cloud/flux/package.json build/npm
	@echo "installing the Flux compiler of the tests ..."
	@mkdir -p build/flux && cp tests/cloud/flux/package.json tests/cloud/flux/package-lock.json build/flux/
	@./build/npm --prefix build/flux ci --no-audit --no-fund --loglevel=error
	@touch $@

# ESPHome's own tool, which the files of facility nodes must pass; apart from ours, because it pins other versions.
build/esphome/.ready: locks/esphome.txt $(VENV)/.dev
	@echo "installing ESPHome's checker of the tests ..."
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/esphome
	@$(BIN)/uv pip install --quiet --python build/esphome/bin/python --require-hashes -r locks/esphome.txt
	@touch $@

WEB_SOURCES := $(shell find $(WEB)/src $(WEB)/index.html $(WEB)/vite.config.ts $(WEB)/tsconfig.json -type f 2>/dev/null)
$(WEB)/dist/index.html: $(WEB_SOURCES) $(WEB)/node_modules/.ready
	@echo "building the guard screen ..."
	@./build/npm --prefix $(WEB) run --silent build
	@touch $@

# The Chinese font of PDF files, cut to what Chinese text can hold.
FONT := cloud/export/font
SANS := build/font/node_modules/@expo-google-fonts/noto-sans-sc
$(FONT)/NotoSansSC.ttf: $(FONT)/package-lock.json $(FONT)/package.json $(FONT)/__main__.py $(VENV)/.runtime build/npm
	@echo "building the font of PDF files ..."
	@mkdir -p build/font && cp $(FONT)/package-lock.json $(FONT)/package.json build/font/
	@./build/npm --prefix build/font ci --no-audit --no-fund --loglevel=error
	@$(BIN)/python -m cloud.export.font $(SANS)/400Regular/NotoSansSC_400Regular.ttf $(SANS)/LICENSE_FONT

web: $(WEB)/dist/index.html $(FONT)/NotoSansSC.ttf

clean:
	rm -rf build $(WEB)/dist $(WEB)/node_modules cloud/export/font/NotoSansSC.ttf cloud/export/font/OFL.txt
