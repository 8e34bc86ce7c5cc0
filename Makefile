# Everything runs from a plain clone. What a target needs is installed first, and nothing is done twice.
#
# `make` itself ends with 2 whenever a target fails; the scripts it calls keep the meaning: tools/setup ends with 3
# when the machine lacks something that it may not install.

.DEFAULT_GOAL := help
.PHONY: help setup pack test test-src check bench soak gallery lock clean

PYTHON := .venv/bin/python

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## .venv with the locked dependencies; Pango and HarfBuzz where they are missing
	@tools/setup

pack: setup ## build the briefing pack of this repository
	@.venv/bin/briefpack build

test: test-src ## the tests, against the sources and then against the built wheel
	@tools/test-wheel

test-src: ## the tests, against the sources only
	@tools/setup --for-tests
	@$(PYTHON) -m pytest -n 2

check: setup ## format, lint, types and import layers
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m mypy --strict src tests
	@.venv/bin/lint-imports --no-cache

bench: setup ## how long the steps take on this machine
	@$(PYTHON) -m bench

soak: setup ## random edits and damages, each built twice and compared; COUNT=50 SEED=7
	@$(PYTHON) -m bench.soak --count $(or $(COUNT),50) --seed $(or $(SEED),7)

gallery: setup ## draw the pages that the README shows from what `make pack` built
	@$(PYTHON) tools/gallery

lock: ## resolve the dependencies anew into requirements.lock
	@tools/lock

clean: ## remove the environments and caches; what was built and published stays
	@rm -rf .venv .venv-bench .venv-wheel dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
