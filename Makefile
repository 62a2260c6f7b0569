# What you can do here. `make help` lists it; `make demo` is the place to start.

# Another Python:                make PYTHON=python3.13 test
# Some of the tests:             make test PYTEST_ARGS='tests/scheduler -x'
# Less than everything:         make bench BENCH_ARGS='--people 500 --country 0'
# Newer versions in the locks:   make lock LOCK_ARGS=--upgrade
PYTHON ?= python3
PYTEST_ARGS ?=
BENCH_ARGS ?=
LOCK_ARGS ?=
export CHROMIUM ?= chromium
# What starts again starts in half the time, whatever the machine's habit is.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--system-certs --custom-compile-command 'make lock' \
	$(LOCK_ARGS) pyproject.toml

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: demo test check bench lock clean help chromium

demo: .venv/ready-to-run ## Try it in the browser: invented people, no accounts, nothing is sent
	$(BIN)/nazorg demo

test: chromium ## Run all tests, on SQLite and PostgreSQL and in Chromium
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: .venv/ready-to-test ## Check format, style, types, floors, languages and migrations
	$(BIN)/ruff format --check --output-format concise .
	$(BIN)/ruff check --output-format concise .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.checks

bench: .venv/ready-to-test ## Measure how fast it is and how much it carries
	@$(BIN)/python -m benchmarks $(BENCH_ARGS)

lock: .venv/ready-to-test ## Write both lock files anew, from pyproject.toml
	$(LOCK) --group dev --output-file requirements-dev.lock
	$(LOCK) --group build --constraint requirements-dev.lock --output-file requirements.lock

clean: ## Remove .venv and everything else that was made here
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@awk -F ': .*## ' '/^[a-z]+:.*## / { printf "  make %-7s%s\n", $$1, $$2 }' Makefile

# The stamps say which lock the environment was filled from.

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Nazorgbot needs Python 3.11 or newer. Name yours: make PYTHON=python3.13 ...'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment. On Debian: apt-get install python3-venv"; \
		exit 1; }
	@$(PYTHON) -m venv .venv

.venv/ready-to-run: requirements.lock pyproject.toml .venv/pyvenv.cfg
	@echo 'Installing what Nazorgbot needs into .venv: half a minute the first time.'
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-to-test: requirements-dev.lock pyproject.toml .venv/pyvenv.cfg
	@echo 'Installing what the tests and checks need into .venv: a minute the first time.'
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch .venv/ready-to-run $@

# Playwright drives the Chromium of the system; its driver needs libatomic, which a bare Debian lacks.
chromium: .venv/ready-to-test
	@{ command -v "$(CHROMIUM)" && $(BIN)/playwright --version; } >/dev/null 2>&1 || { \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo 'The browser tests need Chromium. On Debian, as root: apt-get install chromium libatomic1'; \
			echo 'If it is there under another name: make test CHROMIUM=/path/to/chromium'; \
			exit 1; \
		fi; \
		echo 'Installing Chromium for the browser tests: a minute or two.'; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
			--no-install-recommends chromium libatomic1 >/dev/null; \
	}
