# Two commands for a fresh machine that has Python >= 3.11 and make.
PYTHON ?= python3
DRAWS ?= 100
SEED ?= 0
WORKERS ?= 2
ENV ?= .venv
BIN := $(ENV)/bin

.PHONY: claim test attack lint bench engines certificates clean

claim: $(ENV)/installed
	$(BIN)/verify claim quasi-norm --depth 3

test: $(ENV)/tested
	$(BIN)/python -m pytest -n 2

# random statements against the judge and its readers; seconds by default, make attack DRAWS=20000 SEED=0 for an hour
attack: $(ENV)/installed
	$(BIN)/python -m attack --draws $(DRAWS) --seed $(SEED) --workers $(WORKERS)

lint: $(ENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(ENV)/tested
	$(BIN)/python -m pytest benchmarks -p no:xdist

engines: $(ENV)/tested
	-$(BIN)/pip install --quiet --disable-pip-version-check -e '.[fast,heyoka]' gmpy2
	$(BIN)/python -m benchmarks.engines
	$(BIN)/python -m benchmarks.ensembles

certificates: $(ENV)/installed
	$(BIN)/python -m verify.commands.certificates proofs

$(ENV)/installed: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('flowlaw needs Python 3.11 or later: make PYTHON=python3.12 ...' if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(ENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(ENV)/tested: $(ENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test,data]'
	touch $@

clean:
	rm -rf $(ENV) build *.egg-info
