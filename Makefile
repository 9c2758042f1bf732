# The developers' commands. `make` alone lists them.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done || true)
BOOTSTRAP = $(if $(PYTHON),,$(error Frontdesk needs Python 3.11 or newer (package python3)))\
	$(PYTHON) tools/bootstrap.py
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test check bench chaos soak simulate format lock clean

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1  \2/p' $(MAKEFILE_LIST)

run: ## Prepare all and serve a demo company (ARGS="--port 9000")
	@$(BOOTSTRAP) run
	@exec $(BIN)/frontdesk run --demo $(ARGS)

test: ## Every test, those in the browser too (ARGS="tests/kernel -k offer")
	@$(BOOTSTRAP) develop
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

check: ## Formatting, types, import contracts, dependencies, the web's own checks
	@$(BOOTSTRAP) develop
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent api:check
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

bench: ## Measure, each figure beside its anchor (ARGS="routing")
	@$(BOOTSTRAP) develop
	@$(BIN)/python -m bench $(ARGS)

chaos: ## Kill the server fifty times under traffic
	@$(BOOTSTRAP) develop
	@$(BIN)/pytest -m chaos --kills 50 -s $(ARGS)

soak: ## An hour of telephone calls, and whether they leave anything behind
	@$(BOOTSTRAP) develop
	@$(BIN)/pytest -m soak --soak 3600 --calls 100 -s $(ARGS)

simulate: ## Hold the kernel against exact and published results (ARGS="my.toml" for a scenario)
	@$(BOOTSTRAP) run
	@$(BIN)/frontdesk simulate $(or $(ARGS),--check)

format: ## Format everything, and fix what can be fixed
	@$(BOOTSTRAP) develop
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent format

lock: ## Write the locks again from pyproject.toml (ARGS=--upgrade)
	@$(BOOTSTRAP) develop
	@tools/lock.sh $(ARGS)

clean: ## Remove what was built; data stays
	@rm -rf .venv web/node_modules src/frontdesk/api/static .pytest_cache .ruff_cache
