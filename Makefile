# `make run` and `make test` do everything on a fresh machine with Python 3.11-3.13.
PYTHON ?= $(shell command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-browser check evals clean

run: $(VENV)/installed
	$(BIN)/python ui.py

test: $(VENV)/installed-dev check
	$(BIN)/python -m pytest

test-browser: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m browser

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m corpus check

evals: $(VENV)/installed-dev
	$(BIN)/python -m evals lint
	$(BIN)/python -m evals

$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "CertGuide needs Python 3.11, 3.12 or 3.13; name one: make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -U pip
	$(BIN)/python -m pip install -q -c constraints.txt -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) *.egg-info
