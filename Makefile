# Two commands matter: `make demo` and `make test`. They need Python ≥ 3.11 and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := docs/examples/glotip_excerpt.xlsx
SHARED ?= ../shared

.PHONY: demo test check format bench fuzz samples acceptance interop docs reference clean

# The installation: for running, and with everything that developing needs.
$(VENV)/run.stamp: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "icstip needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

## demo: convert an excerpt of UNODC's published table and say what was made
demo: $(VENV)/run.stamp
	@echo 'Converting $(EXAMPLE) (UNODC, GLOTIP; an excerpt with its traps) into out/'
	@$(BIN)/icstip convert $(EXAMPLE) --mapping glotip --output out || test $$? -eq 1
	@echo 'Open out/report.html in a browser: what was written, what was set aside, and why.'

## test: all tests that need neither a network nor other folders
test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n auto

## check: format, lint, types, layers, the standard, and documents that are generated
check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check src tests docs
	$(BIN)/ruff check src tests docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/budgets.py
	$(BIN)/icstip standard check
	$(BIN)/python docs/generate.py --check
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html docs docs/_build/html

format: $(VENV)/dev.stamp
	$(BIN)/ruff format src tests docs
	$(BIN)/ruff check --fix src tests docs

## reference: write again the documents that are generated
reference: $(VENV)/dev.stamp
	$(BIN)/python docs/generate.py

docs: $(VENV)/dev.stamp
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html docs docs/_build/html

## bench: measurements as ratios, side by side in one run
bench: $(VENV)/dev.stamp
	$(BIN)/python tests/bench/run.py

## fuzz: broken and odd messages, 10,000 of each format, through the readers; what fails is kept in .fuzz/. Then as many
## random workbooks, drafted and converted, which must come back as the figures that they say
FUZZ_MESSAGES ?= 10000
FUZZ_WORKBOOKS ?= 10000
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.fuzz.run --messages $(FUZZ_MESSAGES)
	ICSTIP_EXAMPLES=$(FUZZ_WORKBOOKS) $(BIN)/python -m pytest tests/property/test_suggestion.py

## samples: what we publish, generated again; leaves git clean when nothing changed
samples: $(VENV)/run.stamp
	$(BIN)/python docs/samples.py

## acceptance: the real tables of the shared folder, where it is there
acceptance: $(VENV)/dev.stamp
	ICSTIP_SHARED=$(SHARED) $(BIN)/python -m pytest tests/acceptance

## interop: what independent tools, in Python and Java, say of each file that we publish
interop: $(VENV)/dev.stamp
	$(BIN)/python -m tests.interop.java.run

clean:
	rm -rf $(VENV) out docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
