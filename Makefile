# Needs python3 (3.11 or newer) with venv, and make. Everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
READY_DEV := .venv/.ready-dev

.PHONY: corpus test lint types format constraints clean

corpus: $(READY) ## build the five accounts of the Iraq war into dist/iraq-war
	$(BIN)/hexapla build iraq-war --out dist/iraq-war

test: lint types ## lint, types, tests
	$(BIN)/python -m pytest

lint: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY_DEV)
	$(BIN)/mypy -p hexapla.corpus -p hexapla.align -p hexapla.tei -p hexapla.scripts
	$(BIN)/mypy tests

format: $(READY_DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "hexapla needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1' # the first that knows dependency groups

$(READY): .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[html]'
	@touch $@

$(READY_DEV): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev
	@touch $@

constraints: $(READY_DEV) ## the versions that are installed now become the ones that everybody gets
	$(BIN)/python -m pip freeze --exclude-editable --all | grep -Ev '^(pip|setuptools|wheel)==' > constraints.txt

clean:
	rm -rf .venv build dist *.egg-info
