# Needs Python 3.11 or newer; every target sets up its own virtual environment.
# Another interpreter: make test PYTHON=python3.13

PYTHON ?= python3
VENV ?= .venv$(if $(filter-out python3,$(PYTHON)),-$(notdir $(PYTHON)))
BIN := $(VENV)/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test lint format bench lab sentences lock

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

demo: $(VENV)/runtime.stamp ## audit the example data and say where the page is
	$(BIN)/cjm demo

test: lint ## lint, types, tests and notebooks; names what this machine had to leave out
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(VENV)/dev.stamp ## style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/dev.stamp ## put the code into its usual form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/dev.stamp ## measure, side by side with what others offer
	$(BIN)/python -m benchmarks

lab: $(VENV)/lab.stamp ## open the examples in JupyterLab
	$(BIN)/jupyter lab examples

sentences: $(VENV)/dev.stamp ## bring the German catalogue up to date with the sentences in the code
	$(BIN)/pybabel -q extract --mapping-file pyproject.toml --no-default-keywords -k 'N_ say _' \
		--sort-output --no-location --no-wrap --output-file $(VENV)/sentences.pot cjm_notebooks
	$(BIN)/pybabel -q update --locale de --no-fuzzy-matching --ignore-obsolete --no-wrap \
		--ignore-pot-creation-date --input-file $(VENV)/sentences.pot \
		--output-file cjm_notebooks/languages/de.po

lock: $(VENV)/dev.stamp ## resolve every dependency and extra anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --upgrade --quiet \
		--universal --python-version 3.11 --fork-strategy fewest \
		--no-annotate --no-emit-index-url --custom-compile-command "make lock" \
		--output-file requirements/lock.txt

$(VENV)/runtime.stamp: WANTED = .
$(VENV)/dev.stamp: WANTED = .[dev,spark]
$(VENV)/lab.stamp: WANTED = .[lab]

$(VENV)/%.stamp: requirements/lock.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("cjm_notebooks needs Python 3.11 or newer. Name one: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) with $(WANTED), once; this takes a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --constraint requirements/lock.txt --editable '$(WANTED)'
	@touch $@
