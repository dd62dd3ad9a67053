# Two commands for a fresh machine that has Python >= 3.11 and make: make claim, make test.
# make check is everything that main must pass.
PYTHON ?= python3
ENV ?= .venv
DRAWS ?= 100
SEED ?= 0
WORKERS ?= 2
BIN := $(ENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
STEP = @printf '\n== %s\n'

.PHONY: claim test check rest lint readers coverage campaign extras all doctor attack bench engines pyodide browser certificates clean

claim: $(ENV)/installed
	$(BIN)/verify claim quasi-norm --depth 3

# three workers on two cores: some tests wait for what they start
test: $(ENV)/tested
	$(STEP) "tests: of long tails a fixed fraction"
	$(BIN)/python -m pytest -n 3 --dist loadfile

check: lint test rest readers coverage campaign extras all doctor

# what make test leaves out of long tails, so that both together are all tests
rest: $(ENV)/tested
	$(STEP) "the rest of the long tails"
	$(BIN)/python -m pytest -n 3 --dist loadfile --tail rest

lint: $(ENV)/tested
	$(STEP) "lint"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

readers: $(ENV)/installed
	$(STEP) "certificates, by the standard library alone; enclosures, by their own reader"
	$(BIN)/python -I -S verify/check.py proofs/certificates/*.json
	$(BIN)/python -I verify/check_enclosure.py proofs/enclosures/*.json
	$(STEP) "certificates with steps, by the kernel"
	$(BIN)/python -I -S verify/kernel proofs/steps/*.json

# per file of verify/check*.py a floor that only rises: FLOOR in tests/covered.py
coverage: $(ENV)/tested
	$(STEP) "coverage: lines of the readers that tests enter"
	$(BIN)/python -m tests.covered

campaign: $(ENV)/installed
	$(STEP) "campaign: 500 random statements"
	$(BIN)/python -m attack --draws 500 --seed $(SEED) --workers $(WORKERS)

EXTRA_TESTS := tests/laws/test_integrate_fast.py tests/laws/test_integrate_heyoka.py tests/laws/test_ensemble.py \
	tests/golden/test_plot.py tests/golden/test_plot_matrices.py tests/golden/test_plot_planes_as_files.py \
	tests/golden/test_plot_paper.py \
	tests/golden/test_executors.py tests/golden/test_real_data.py

extras: $(ENV)/tested
	$(STEP) "optional engines, pictures, data and clusters: dask, data, fast, heyoka, plot"
	if $(PIP) -e '.[dask,data,fast,heyoka,plot]'; then $(BIN)/python -m pytest -n 2 --dist loadfile --tail 1 $(EXTRA_TESTS); \
	else echo "skipped: distributed, scikit-learn, numba, heyoka or matplotlib cannot be installed here"; fi

all: $(ENV)/installed
	$(STEP) "verify all"
	$(BIN)/verify all --fresh

doctor: $(ENV)/installed
	$(STEP) "verify doctor"
	$(BIN)/verify doctor

# random statements against the judge and its readers; seconds by default, make attack DRAWS=20000 SEED=0 for an hour
attack: $(ENV)/installed
	$(BIN)/python -m attack --draws $(DRAWS) --seed $(SEED) --workers $(WORKERS)

bench: $(ENV)/tested
	$(BIN)/python -m pytest benchmarks -p no:xdist

engines: $(ENV)/tested
	-$(PIP) -e '.[fast,heyoka]' gmpy2
	$(BIN)/python -m benchmarks.engines
	$(BIN)/python -m benchmarks.ensembles

# a Python for browsers (npm package pyodide, MPL-2.0), with which pages check certificates on the spot
pyodide:
	npm install --no-save --no-audit --no-fund --prefix build/pyodide pyodide@314.0.7

# what tests/browser drives Chromium with
browser:
	npm install --no-save --no-audit --no-fund --prefix build/browser puppeteer-core@25.16.0 axe-core@4

certificates: $(ENV)/installed
	$(BIN)/python -m verify.commands.certificates proofs

$(ENV)/installed: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('flowlaw needs Python 3.11 or later: make PYTHON=python3.12 ...' if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(ENV)
	$(PIP) -e .
	touch $@

$(ENV)/tested: $(ENV)/installed
	$(PIP) -e '.[test,data]'
	touch $@

clean:
	rm -rf $(ENV) build *.egg-info
