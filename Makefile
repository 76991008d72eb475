# Two commands are enough: `make run` and `make test`. `make help` lists the others.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROCESSES ?= 2
# Commands that only read the code: no server is asked, and none has to be there.
MANAGE := DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -W ignore::RuntimeWarning manage.py
PRODUCTION := SECRET_KEY=only-to-see-whether-the-settings-are-safe-0123456789-abcdefghij DEBUG=false DEMO=false
.DEFAULT_GOAL := help
.PHONY: help setup run test check format messages screenshots bench lock

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## Prepare .venv; starts nothing

$(VENV)/.ready: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("factcheck needs Python 3.11 or newer; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(MANAGE) messages compile
	@touch $@

run: setup ## Run the workbench with the demo newsroom (PORT=8000)
	$(BIN)/python manage.py local

test: setup ## Run all tests, over real PostgreSQL and Redis (PROCESSES=2)
	$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile $(ARGS)

check: setup ## Run the linters, the types, the contracts and the schema check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy annotations factcheck
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet templates
	$(MANAGE) messages check
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) spectacular --validate --fail-on-warn --file $(VENV)/openapi.yaml
	diff -u docs/openapi.yaml $(VENV)/openapi.yaml
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: setup ## Put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet templates

messages: setup ## Gather the words of the interface into its catalogues
	$(MANAGE) messages update

bench: setup ## Print the measurements side by side with their targets
	$(BIN)/python bench/run.py $(ARGS)

screenshots: setup ## Take pictures of every page into screenshots/ (ARGS="--also zoomed")
	$(BIN)/python -m bench.screenshots $(ARGS)

lock: setup ## Compile the pinned requirements anew
	for name in base dev; do $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet requirements/$$name.in -o requirements/$$name.txt; done
