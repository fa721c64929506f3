# `make demo` and `make test` set everything up first; once set up, that costs nothing.
# Another interpreter: make test PYTHON=/path/to/python3.12. Newer versions of the parts: make lock UPGRADE=--upgrade.

PYTHON ?=
UPGRADE ?=
PY := .venv/bin/python
STAMP := .venv/.installed-for

# The newest that runs, is 3.11 or later and can make an environment; a name alone proves nothing (pyenv's shims).
find_python = for p in $(if $(PYTHON),'$(PYTHON)',python3.14 python3.13 python3.12 python3.11 python3 python); do \
	  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  "$$p" -c 'import ensurepip, venv' >/dev/null 2>&1 && { python=$$p; break; }; bare=$$p; \
	done

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint lock peers clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' Makefile

demo: $(STAMP) ## a draft from the shipped case, in output/demo
	@.venv/bin/jiping demo --out output/demo

test: $(STAMP) ## all tests, without network
	@$(PY) -m pytest

lint: $(STAMP) ## format, style, types, order of imports
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo

lock: $(STAMP) ## requirements.lock anew from pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(UPGRADE) \
	  --group dev pyproject.toml -o requirements.lock
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(UPGRADE) \
	  evals/peers.in -o evals/peers.lock

peers: evals/peers.lock | $(PY) ## others' readers of numbers, in .venv-peers, for jiping eval speed
	@$(PY) -m venv --clear .venv-peers
	@.venv-peers/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes -r evals/peers.lock

clean: ## removes what make, tests and tools have made, .venv and output/demo among them
	@rm -rf .venv .venv-peers build dist *.egg-info output/demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@$(find_python); \
	if [ -z "$${python:-}" ] && [ -n "$${bare:-}" ]; then \
	  echo "$$bare cannot make a virtual environment (no venv or ensurepip). On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; fi; \
	if [ -z "$${python:-}" ]; then \
	  echo "jiping needs Python 3.11 or later; found here: $$('$(or $(PYTHON),python3)' --version 2>/dev/null || echo none). Install one, or: make PYTHON=/path/to/python3.12 …" >&2; exit 1; fi; \
	echo "Setting up .venv with $$("$$python" --version) …"; \
	"$$python" -m venv --clear .venv

# The stamp holds the folder's path: the command and the editable install point into it, so a copied or moved folder installs again.
ifneq ($(shell test -x $(PY) && cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif
$(STAMP): requirements.lock pyproject.toml | $(PY)
	@echo "Installing what requirements.lock names …"
	@$(PY) -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	@$(PY) -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@$(PY) -m compileall -q assistant evals  # pip does it for a wheel; without it a read-only folder compiles at every start
	@pwd -P > $@
