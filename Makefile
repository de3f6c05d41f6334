# Front Door: `make run` to try it, `make test` before you propose a change.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check bench lock words ruff format types floors spelling templates dependencies unused docstrings documents

BIN := .venv/bin
STATIC := platform/frontdoor/web/static/manifest.json
WORDS := $(wildcard platform/frontdoor/web/translations/*/LC_MESSAGES/*.po)
READY := .venv/.ready $(STATIC) $(WORDS:.po=.mo)

help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: $(READY) ## Start Front Door on this machine with synthetic families (PORT=8000, MONGODB_URI=… to use another server)
	@exec $(BIN)/frontdoor run --demo --tethered $(if $(PORT),--port $(PORT))

test: .venv/.system $(READY) check ## Everything that must hold: the checks, then every test (COVERAGE=1: what they run, at twice the time)
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not bench"$(if $(COVERAGE), --cov=platform/frontdoor)

check: ruff format types floors spelling templates dependencies unused docstrings documents ## The static checks alone

bench: $(READY) .venv/bench-peers ## Measure: rules, pages, forms, the lab
	$(BIN)/python -m pytest tests/bench -m bench -q

lock: .venv/.ready ## Bring requirements.lock up to date with pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra local-db --extra dev --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --custom-compile-command "make lock" --quiet -o requirements.lock

words: .venv/.ready ## Bring the Welsh catalogue up to date with the pages
	$(BIN)/pybabel extract -F platform/frontdoor/web/translations/babel.cfg -k lazy_gettext --add-location=file --sort-by-file --no-wrap -o .venv/messages.pot platform/frontdoor
	$(BIN)/pybabel update -i .venv/messages.pot -d platform/frontdoor/web/translations -N --ignore-obsolete --ignore-pot-creation-date --no-wrap

ruff: .venv/.ready
	$(BIN)/ruff check .

format: .venv/.ready
	$(BIN)/ruff format --check .

types: .venv/.ready
	$(BIN)/mypy

floors: .venv/.ready
	$(BIN)/lint-imports

spelling: .venv/.ready
	$(BIN)/codespell

templates: .venv/.ready
	$(BIN)/djlint --lint --quiet platform/frontdoor/web/templates

dependencies: .venv/.ready
	$(BIN)/deptry .

unused: .venv/.ready
	$(BIN)/vulture

docstrings: .venv/.ready
	$(BIN)/interrogate --quiet platform/frontdoor

documents: .venv/.ready
	$(BIN)/python -m frontdoor check

# ── What the commands above need; each is made once and again when its sources change ──────────────────────────────
.venv/.ready: pyproject.toml requirements.lock
	PYTHON=$$(.ci/preflight) && "$$PYTHON" -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

node_modules/.ready: package.json package-lock.json
	.ci/preflight >/dev/null
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(STATIC): node_modules/.ready $(wildcard platform/frontdoor/web/assets/* platform/frontdoor/web/assets/*/*)
	npm run --silent build

%.mo: %.po .venv/.ready
	$(BIN)/pybabel compile -i $< -o $@

# It brings the module `json_logic`, as json-logic-qubit does: it stands in a folder of its own and runs in its own process.
.venv/bench-peers: .venv/.ready
	$(BIN)/uv pip install --quiet --target $@ panzi-json-logic==1.0.1
	@touch $@

.venv/.system: .ci/system-packages .venv/.ready
	.ci/system-packages
	@touch $@
