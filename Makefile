# `make run` and `make test` do everything on a fresh machine with Python 3.11-3.13.
RIGHT := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python python3.13 python3.12 python3.11; do $$p -c '$(RIGHT)' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-browser soak crowd pictures check evals clean

run: $(VENV)/installed
	$(BIN)/python ui.py

test: $(VENV)/installed-dev check
	$(BIN)/python -m pytest

test-browser: $(VENV)/installed-dev tests/node_modules/axe-core
	$(BIN)/python -m pytest -m browser

soak: $(VENV)/installed-dev
	$(BIN)/python -m tests.wechat.soak

crowd: $(VENV)/installed-dev
	$(BIN)/python -m tests.crowd

pictures: $(VENV)/installed-dev
	$(BIN)/python -m tests.pictures

tests/node_modules/axe-core: tests/package.json
	npm install --prefix tests --no-package-lock --no-audit --no-fund --silent
	touch $@

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m corpus check

evals: $(VENV)/installed-dev
	$(BIN)/python -m evals lint
	$(BIN)/python -m evals

$(VENV)/installed: pyproject.toml constraints.txt
	@$(or $(PYTHON),false) -c '$(RIGHT)' || { echo "CertGuide needs Python 3.11, 3.12 or 3.13; name one: make run PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -U pip
	$(BIN)/python -m pip install -q -c constraints.txt -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) *.egg-info tests/node_modules
