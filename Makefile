# Everything runs in .venv, which the first target that needs it creates. PYTHON may name any Python >= 3.11.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := test

.PHONY: dev lint test docs bench package image action-lock

dev: $(BIN)/.installed

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

lint: dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

test: dev
	$(BIN)/pytest -n auto

docs: dev
	$(BIN)/python -m skillaudit.explain --write docs/checks

# ARCHIVES="ZIP …" are OSV dumps to build the advisory database from, beside invented ones.
# TREES="DIR …" names the repositories to measure; without it, only the generated tree is.
bench: dev
	$(BIN)/python -m bench $(TREES)
	$(BIN)/python -m bench.dependencies $(ARCHIVES)

package: dev
	$(BIN)/python -m build --outdir dist

# ENGINE may name what speaks like docker. The image audits the example as README.md says: no network, nothing to write to.
ENGINE ?= docker
image:
	$(ENGINE) build --tag skillaudit .
	$(ENGINE) run --rm --network none --read-only --tmpfs /tmp --volume "$(CURDIR)/examples/weather-server:/repository:ro" \
	  skillaudit audit /repository --offline

# What action.yml installs, with hashes: after a change of the dependencies in pyproject.toml. Needs uv.
action-lock:
	echo hatchling | uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --upgrade --output-file requirements-action.txt pyproject.toml -
