# Each target sets up its own virtual environment (.venv) when needed; nothing else has to be installed.
.PHONY: demo test lint bench docs trust fuzz coverage mutants pythons release clean
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
# Override with: make demo PYTHON=/path/to/python3.11
PYTHON ?=
FIND_PYTHON = for p in "$(PYTHON)" python3 python3.12 python3.11 python3.10; do \
	  test -n "$$p" && "$$p" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null \
	  && echo "$$p" && break; test -n "$(PYTHON)" && break; done
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
# LOCKED=1, as CI does: every package is one whose hash stands in locks/ (Linux on x86_64), or nothing is installed.
LOCKED ?=
HASHED = $(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --require-hashes
DEMO_OUT ?= leukonlp-demo

# A PYTHON that is named and is not the one that .venv was made with: make .venv anew.
WHICH_PYTHON = -c 'import sys; print(sys.version, sys.base_prefix)' 2>/dev/null
ifneq ($(PYTHON),)
ifneq ($(shell "$(PYTHON)" $(WHICH_PYTHON)),$(shell $(BIN)/python $(WHICH_PYTHON)))
.PHONY: $(addprefix $(VENV)/.,made ready ready-dev ready-bench ready-fuzz)
endif
endif

demo: $(VENV)/.ready
	@$(BIN)/leukonlp demo --out $(DEMO_OUT)

test: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest -q

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . && $(BIN)/mypy --no-error-summary && echo "lint: clean"

bench: $(VENV)/.ready-bench
	@for script in $(filter-out $(addprefix benchmarks/,copies.py corpora.py drawn.py projection.py recording.py),$(sort $(wildcard benchmarks/*.py))) benchmarks/projection.py; do echo "== $$script" && $(BIN)/python $$script || exit 1; done

# Hours, not minutes: patterns on 100 kB, a hundred kills of each kind, thousands of made-up records.
# All tests that docs/trust.md names.
TRUST = tests/trust tests/evidence tests/sources tests/report tests/studies/test_artifact.py \
  $(addprefix tests/test_,workflow.py cli.py resuming.py cluster.py updating.py models.py terminal.py)
trust: $(VENV)/.ready-dev
	@LEUKONLP_TRUST=long $(BIN)/python -m pytest -q $(TRUST) && $(BIN)/python scripts/figures.py

# Seconds of the processor, not of the clock, to be reached by each of four targets; earlier runs of the same code count.
FUZZ_SECONDS ?= 3600
fuzz: $(VENV)/.ready-fuzz
	@$(BIN)/python fuzz/hours.py --cpu-seconds $(FUZZ_SECONDS) && $(BIN)/python scripts/figures.py

# Lines and branches of src/, together at least what pyproject.toml says. Left out is what the tracing itself disturbs:
# kills (a killed process tells nothing), bounds of time, and what looks at which modules are loaded.
UNTRACED = --ignore tests/trust/test_faults_of_downloads.py --ignore tests/trust/test_patterns.py \
  --ignore-glob='*test_browser_*' --deselect tests/trust/test_faults.py::TestKilled --deselect tests/test_cli.py::TestEndings \
  -k 'not time_grows and not loads_nothing_heavy'
coverage: $(VENV)/.ready-dev
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev,train]'
	@$(BIN)/python -m pytest -q --cov --cov-report=term --cov-report=json:.coverage.json $(UNTRACED)
	@$(BIN)/python scripts/figures.py --coverage .coverage.json

MUTANTS ?= 40
mutants: $(VENV)/.ready-dev
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev,mutants]'
	@$(BIN)/python scripts/mutants.py --number $(MUTANTS) && $(BIN)/python scripts/figures.py

# The same bytes from every Python that is here.
pythons:
	@python3 scripts/pythons.py && python3 scripts/figures.py

release: $(VENV)/.ready-dev
	@rm -rf dist && SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m build --no-isolation . >/dev/null
	@$(BIN)/python scripts/sbom.py dist/leukonlp-$$($(BIN)/python -c 'import leukonlp; print(leukonlp.__version__)').cdx.json
	@cd dist && sha256sum leukonlp-* > SHA256SUMS && cat SHA256SUMS

docs: $(VENV)/.ready-dev
	@$(BIN)/python scripts/docs.py && $(BIN)/python scripts/licences.py

clean:
	@rm -rf $(VENV) build dist leukonlp-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@python="$$($(FIND_PYTHON))"; \
	test -n "$$python" || { echo "leukonlp needs Python 3.10, 3.11 or 3.12 and found none$(if $(PYTHON), at $(PYTHON)). \
	Install one and name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }; \
	echo "Setting up $(VENV) with $$("$$python" --version) ..." && rm -rf $(VENV) && "$$python" -m venv $(VENV) && touch $@

$(VENV)/.ready: pyproject.toml constraints.txt $(wildcard locks/*.txt) | $(VENV)/.made
	@echo "Installing leukonlp into $(VENV) (a few minutes the first time) ..."
ifeq ($(LOCKED),)
	@$(PIP) hatchling editables && $(PIP) --no-build-isolation -e . && touch $@
else
	@$(HASHED) -r locks/build.txt && $(HASHED) -r locks/run.txt && $(PIP) --no-build-isolation --no-deps -e . \
	&& $(BIN)/python -m pip check && touch $@
endif

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "Installing the tools for tests and lint into $(VENV) ..."
ifeq ($(LOCKED),)
	@$(PIP) --no-build-isolation -e '.[dev]' && touch $@
else
	@$(HASHED) -r locks/dev.txt && $(BIN)/python -m pip check && touch $@
endif

$(VENV)/.ready-fuzz: $(VENV)/.ready-dev
	@echo "Installing the fuzzer into $(VENV) ..."
	@$(PIP) --no-build-isolation -e '.[dev,fuzz]' && touch $@

$(VENV)/.ready-bench: $(VENV)/.ready-dev
	@echo "Installing the peers to measure against into $(VENV) ..."
	@$(PIP) --no-build-isolation -e '.[dev,bench]' && touch $@
