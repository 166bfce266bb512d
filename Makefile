# Each target is the real command; what it does is in tools/ and in the product's own `fidelio`.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve test lint schema docs test-deep bench lock migration release

serve: .venv/ready var/graphiql/ready
	@$(BIN)/fidelio serve --demo --development --port $(PORT)

test: lint
	$(BIN)/pytest

# Documents by the thousand: what the contract allows, as staff and as a customer, for two minutes each; what it does not; and the measure's properties.
test-deep: .venv/ready-dev
	$(BIN)/pytest --deep --sqlite -n0 tests/clients/test_schemathesis.py tests/api/attacks/test_fuzz.py tests/api/attacks/test_linearity.py

lint: .venv/ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks.product_page
	$(BIN)/python -m benchmarks.kept_page
	$(BIN)/python -m benchmarks.review_feed
	$(BIN)/python -m benchmarks.attacks
	$(BIN)/python -m benchmarks.seo_check
	$(BIN)/python -m benchmarks.seo_pages
	$(BIN)/python -m benchmarks.seo_crawl
	$(BIN)/python -m benchmarks.seo_truth

schema: .venv/ready
	$(BIN)/fidelio schema --write schema.graphql
	@$(BIN)/python -m tests.api.permission_table

docs: .venv/ready
	$(BIN)/fidelio seo rules --write docs/seo-rules

# make release VERSION=0.2.0: dates what CHANGELOG has under Unreleased, and freezes the contract that clients may rely on.
release: schema
	@$(PYTHON) tools/release.py $(VERSION)

# Keeps the versions that the locks name; `make lock UPGRADE=--upgrade` takes the newest.
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --python-platform linux $(UPGRADE)
lock: .venv/ready
	$(COMPILE) requirements.in --output-file requirements.lock
	$(COMPILE) requirements-browser.in --constraints requirements.lock --output-file requirements-browser.lock
	$(COMPILE) requirements-dev.in --constraints requirements.lock --output-file requirements-dev.lock
	$(COMPILE) tools/uv.in --no-annotate --output-file tools/uv.lock
	$(COMPILE) tests/clients/requirements.in --output-file tests/clients/requirements.lock
	cd tests/clients && npm install --package-lock-only --ignore-scripts --silent

# make migration NAME="photos of a review": compares the rooms' tables with a scratch database at the newest revision.
SCRATCH := FIDELIO_DATABASE_URL=sqlite:///var/migration.db
NEXT = $$(printf %04d $$(($$(ls migrations/versions | grep -c '^[0-9]') + 1)))
migration: .venv/ready-dev
	@mkdir -p var migrations/versions && rm -f var/migration.db*
	@test $(NEXT) = 0001 || $(SCRATCH) $(BIN)/fidelio migrate
	$(SCRATCH) $(BIN)/alembic revision --autogenerate --rev-id $(NEXT) --message "$(NAME)"
	@$(BIN)/ruff check --quiet --fix migrations/versions; $(BIN)/ruff format --quiet migrations/versions

.venv/ready: requirements.lock tools/uv.lock pyproject.toml
	@$(PYTHON) tools/setup_environment.py runtime

.venv/ready-dev: requirements-dev.lock tools/uv.lock pyproject.toml
	@$(PYTHON) tools/setup_environment.py development

var/graphiql/ready: tools/fetch_graphiql.py
	@$(PYTHON) tools/fetch_graphiql.py
