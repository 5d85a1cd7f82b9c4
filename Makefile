# Needs Python 3.11 or newer; every target sets up its own virtual environment.
# Another interpreter: make test PYTHON=python3.13

PYTHON ?= python3
VENV ?= .venv$(if $(filter-out python3,$(PYTHON)),-$(notdir $(PYTHON)))
BIN := $(VENV)/bin

NODE := $(shell command -v npm)
FRONT_END := cjm_notebooks/static/widget.js
FRONT_END_SOURCES := $(shell find extension/src extension/schema extension/style extension/tools \
	-type f -not -path '*/generated/*')

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test companions lint format bench lab extension sentences lock

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

demo: $(VENV)/runtime.stamp ## audit the example data and say where the page is
	$(BIN)/cjm demo

test: lint $(if $(NODE),extension) ## lint, types, tests and notebooks; names what this machine had to leave out
	$(if $(NODE),cd extension && npm test)
	$(BIN)/pytest -n 2 --dist loadfile --ignore tests/companions

companions: .venv-companions/stamp ## run a template under Dagster and jupyter-scheduler, and grade an exercise with nbgrader
	.venv-companions/bin/pytest --override-ini addopts=--import-mode=importlib tests/companions

lint: $(VENV)/dev.stamp $(if $(NODE),$(FRONT_END)) ## style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(if $(NODE),cd extension && npm run --silent lint)

format: $(VENV)/dev.stamp $(if $(NODE),extension/node_modules/.package-lock.json) ## put the code into its usual form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(if $(NODE),cd extension && npm run --silent format)

bench: $(VENV)/dev.stamp ## measure, side by side with what others offer
	$(BIN)/python -m benchmarks

lab: $(VENV)/lab.stamp extension ## open the examples in JupyterLab, with the editor of maps
	$(BIN)/jupyter lab examples

extension: $(FRONT_END) $(VENV)/labextension.stamp ## build the editor, the widgets and the script of pages; needs node and npm

$(FRONT_END): $(FRONT_END_SOURCES) extension/node_modules/.package-lock.json | $(VENV)/dev.stamp
	@rm -rf cjm_notebooks/labextension extension/lib
	cd extension && PATH="$(abspath $(BIN)):$$PATH" npm run --silent build

extension/node_modules/.package-lock.json: extension/package.json extension/package-lock.json
	cd extension && npm ci
	@touch $@

$(VENV)/labextension.stamp: | $(FRONT_END) $(VENV)/dev.stamp
	@mkdir -p $(VENV)/share/jupyter/labextensions
	@rm -rf $(VENV)/share/jupyter/labextensions/cjm-notebooks
	@ln -s $(abspath cjm_notebooks/labextension) $(VENV)/share/jupyter/labextensions/cjm-notebooks
	@touch $@

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
	$(BIN)/uv pip compile pyproject.toml requirements/companions.in --upgrade --quiet \
		--universal --python-version 3.11 --fork-strategy fewest \
		--no-annotate --no-emit-index-url --custom-compile-command "make lock" \
		--output-file requirements/companions.txt

.venv-companions/stamp: requirements/companions.txt requirements/companions.in pyproject.toml
	@echo "Setting up .venv-companions, once; this takes a minute or two and 800 MB."
	@$(PYTHON) -m venv .venv-companions
	@SKIP_JUPYTER_BUILDER=1 .venv-companions/bin/pip install -qq \
		--constraint requirements/companions.txt --requirement requirements/companions.in --editable .
	@touch $@

$(VENV)/runtime.stamp: WANTED = .
$(VENV)/dev.stamp: WANTED = .[dev,lab,collaboration,spark,dask]
$(VENV)/lab.stamp: WANTED = .[lab]

$(VENV)/%.stamp: requirements/lock.txt pyproject.toml extension/package.json
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("cjm_notebooks needs Python 3.11 or newer. Name one: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) with $(WANTED), once; this takes a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@SKIP_JUPYTER_BUILDER=1 $(BIN)/pip install -qq --constraint requirements/lock.txt --editable '$(WANTED)'
	@touch $@
