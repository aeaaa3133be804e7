# Needs python3 (3.11 or newer) with venv, and make. Everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
READY_DEV := .venv/.ready-dev
BENCH := .venv-bench/bin
READY_BENCH := .venv-bench/.ready
BASELINES := nltk pysbd icu4py uniseg blingfire sentence-splitter segtok syntok spacy sentencex reldi-tokeniser

.PHONY: bench-chances bench-mine bench-accounts bench-kinds bench-lexicon bench-names bench-translations corpus test lint types format constraints bench-segment bench-mentions clean bench-growth

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

bench-segment: $(READY_BENCH) ## sentences found by hexapla and by other tools, F1 and speed; reads HEXAPLA_SHARED
	$(BENCH)/python scripts/bench/segmentation.py

$(READY_BENCH): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-bench
	@echo '*' > .venv-bench/.gitignore # as newer versions of venv do
	$(BENCH)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@for name in $(BASELINES); do $(BENCH)/python -m pip install --quiet --disable-pip-version-check $$name || echo "$$name: not installed, left out"; done
	@touch $@

bench-mentions: $(READY_DEV) ## dates, quantities and names found, beside lists made by reading and dateparser; reads HEXAPLA_SHARED
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt dateparser || echo "dateparser: not installed, left out" >&2
	$(BIN)/python scripts/bench/mentions.py

bench-names: $(READY_DEV) ## names without an authority, roles and pronouns, beside lists made by reading; needs HEXAPLA_SHARED
	$(BIN)/python scripts/bench/names.py
	$(BIN)/python scripts/bench/references.py

bench-lexicon: $(READY_DEV) ## retrieval with each lexicon switched off; needs HEXAPLA_SHARED
	$(BIN)/python scripts/bench/lexicons.py

bench-translations: $(READY_DEV) ## beads of translations against gold, beside nltk's Gale-Church; needs HEXAPLA_SHARED
	$(BIN)/python scripts/bench/translations.py

bench-growth: $(READY_DEV) ## time and memory of 5, 20 and 50 accounts
	$(BIN)/python scripts/bench/growth.py

bench-chances: $(READY_DEV) ## chances of pairs of sentences on topics left out, and what each kind of evidence is worth
	$(BIN)/python scripts/bench/chances.py --plot docs/reliability.svg

bench-kinds: $(READY_DEV) ## translations, accounts and unrelated texts told apart; needs HEXAPLA_SHARED
	$(BIN)/python scripts/bench/kinds.py

bench-accounts: $(READY_DEV) ## comparable accounts aligned, prepared and not, against people; needs HEXAPLA_SHARED
	$(BIN)/python scripts/bench/accounts.py

bench-mine: $(READY_DEV) ## pairs mined from unordered collections, quality, fitting and growth; needs HEXAPLA_SHARED
	$(BIN)/python scripts/bench/mining.py --fit --growth

clean:
	rm -rf .venv .venv-bench build dist *.egg-info
