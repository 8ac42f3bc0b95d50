# Two commands for a new user: make demo, make test.
PY ?= python3
V := .venv
STATUTES ?= $(wildcard ../shared/statutes)
WORKERS ?= 3

$(V)/.ok: constraints.txt pyproject.toml
	@$(PY) -c 'import sys; assert sys.version_info >= (3, 11), "Hegui needs Python 3.11 or later"'
	@echo "Setting up (about half a minute, once) ..."
	@$(PY) -m venv $(V)
	@$(V)/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

demo: $(V)/.ok
	@$(V)/bin/hegui demo

test: check rules $(V)/.ok
	@$(V)/bin/python -m pytest -q -n $(WORKERS)

check: $(V)/.ok
	@$(V)/bin/ruff format --check -q .
	@$(V)/bin/ruff check -q .
	@$(V)/bin/mypy
	@$(V)/bin/lint-imports --no-cache | tail -n 3

rules: $(V)/.ok
	@$(V)/bin/hegui rules lint $(if $(STATUTES),--statutes $(STATUTES))
	@$(V)/bin/hegui rules test

test-slow: $(V)/.ok
	@$(V)/bin/python -m pytest -q -m slow

coverage: $(V)/.ok
	@$(V)/bin/python -m pip install -q --disable-pip-version-check coverage
	@$(V)/bin/python -m coverage run -m pytest -q
	@$(V)/bin/python -m coverage report --skip-covered

bench: $(V)/.ok
	@$(V)/bin/python -m bench

migration: $(V)/.ok
	@$(V)/bin/python -m tests.draft_migration "$(MESSAGE)"

constraints: $(V)/.ok
	@uv pip compile pyproject.toml --extra test --extra ocr --universal --no-emit-index-url --no-annotate --no-header -q -o constraints.txt

.PHONY: demo test check rules test-slow coverage bench migration constraints
