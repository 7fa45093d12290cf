# `make` alone lists the targets. Another interpreter: make clean setup PYTHON=python3.12

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null)) python3)
VENV := .venv
BIN := $(VENV)/bin

# Two stamps: the environment is made anew when the lock file changes, and this
# project put into it again when its own settings change.
LOCKED := $(VENV)/.locked
INSTALLED := $(VENV)/.installed

# uv where there is one, else plain pip: the same packages, only slower.
UV = $(shell command -v uv)
INSTALL = $(if $(UV),uv pip install --quiet --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install -qq)

# What only tests of the site need. Where it cannot be fetched, these tests skip and say how to get it.
BROWSER = $(if $(or $(CHROMIUM),$(shell command -v chromium || command -v google-chrome)),,chromium)
VALIDATOR = $(if $(shell command -v npm),node_modules/.package-lock.json)
AS_ROOT = $(if $(filter-out 0,$(shell id -u)),sudo -n)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: chromium help setup reproduce test nightly coverage lint lab bench mutants lock sbom audit clean FORCE

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) ## make .venv from the lock file, with uv or plain pip

reproduce: setup ## tables to figures, notebooks and data: rebuild every output
	@$(BIN)/ypp reproduce --force

test: setup lint $(BROWSER) $(VALIDATOR) ## lint, then every test; fetches chromium (apt) and html-validate (npm) where it can
	@$(BIN)/python -m pytest -n logical --dist loadgroup

nightly: setup ## the tests with 10,000 generated inputs each, and a second rebuild: hours
	@HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -n logical --dist loadgroup

# Apart from test, for measuring takes as long again.
coverage: setup ## every test, failing below 95 % of lines and branches
	@$(BIN)/python -m pytest -n logical --dist loadgroup --cov

lint: setup ## style, types and the order of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@! grep -n '://' requirements.lock || { echo 'requirements.lock must carry no addresses: make lock' >&2; exit 1; }

lab: setup ## open JupyterLab on the notebooks
	@$(BIN)/ypp lab

# The first run fetches the tools to compare with into build/, over a gigabyte. The site shows the times.
bench: setup ## measure, and write benchmarks/ and the times in README.md
	@$(BIN)/python -m benchmarks
	@$(BIN)/ypp reproduce

# The tool stands apart from the environment, which nothing but the lock file fills.
mutants: setup ## change arithmetic and ledger line by line: does a test fail?
	@$(BIN)/python -m pip install -qq --upgrade --target build/mutmut --no-deps mutmut==3.8.1 libcst==1.9.0
	@PYTHONPATH=build/mutmut $(BIN)/python -m benchmarks.mutants $(MODULES)

lock: ## renew requirements.lock (needs uv)
	uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	  --all-extras --generate-hashes --only-binary :all: --emit-build-options \
	  --no-header --upgrade --output-file requirements.lock pyproject.toml
	$(PYTHON) tools/sbom.py

sbom: ## write sbom.cdx.json, the bill of materials, from requirements.lock
	@$(PYTHON) tools/sbom.py

# Asks an outside database by name and version: the one target besides lock that needs a network.
# --strict: a package that the database does not know is a failure, not a pass.
audit: ## look for known faults of the pinned packages (needs uv and a network)
	uvx pip-audit@2.10.1 --strict --disable-pip --no-deps --requirement requirements.lock

clean: ## remove the environment and caches; outputs stay
	rm -rf $(VENV) node_modules build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Ubuntu's package of that name only asks for a snap.
chromium:
	@! grep -qsx ID=debian /etc/os-release || \
	  { $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || \
	  echo "Chromium could not be installed: tests in a browser skip"

node_modules/.package-lock.json: package-lock.json
	@npm ci --silent || echo "npm could not install html-validate: its test skips"

# --no-deps: the lock file names every package, and older pips look for the newest `coverage[toml]`
# although `coverage` is pinned.
# An environment holds the full path of its folder: a copied or moved one is made anew.
ifneq ($(shell cat $(LOCKED) 2>/dev/null),$(CURDIR))
$(LOCKED): FORCE
endif

$(LOCKED): requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found; name yours: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v < (3, 15) or sys.exit("$(PYTHON) is Python %d.%d; this project needs 3.11 to 3.14: make setup PYTHON=python3.12" % v)'
	@echo "Installing the pinned requirements into $(VENV) with $(if $(UV),uv,plain pip (a minute or two))"
	@rm -rf $(VENV)
	@$(if $(UV),uv venv --quiet --no-project --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')",$(PYTHON) -m venv) $(VENV)
	@$(INSTALL) --no-deps --require-hashes --requirement requirements.lock
	@printf '%s\n' "$(CURDIR)" > $@

$(INSTALLED): $(LOCKED) pyproject.toml
	@$(INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q ypp_analysis
	@touch $@ && echo "Ready: make reproduce"
