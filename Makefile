# Everything is installed into .venv; nothing else of the system is changed by `run`.
.DEFAULT_GOAL := help
.PHONY: help run test check bench torture setup parts lock pictures mutants english

VENV := .venv/bin
TESTS ?= tests

help:
	@echo "make run       Puente with a demo consultation, in the browser"
	@echo "make test      all tests, with what they need"
	@echo "make check     lint, types and import contracts"
	@echo "make mutants   whether a changed line of the engine or a check would go unseen"
	@echo "make setup     install only, into .venv"
	@echo "make pictures  the README's pictures anew, into docs/pictures/"
	@echo "make english   new sentences of the staff's pages into the English catalogue, empty"
	@echo "make bench     each figure beside its limit, into bench/results.json"
	@echo "make torture   pull the plug 1,000 times while people answer, and compare three logs"
	@echo "make lock      pin the dependencies of pyproject.toml anew (needs uv)"

run: .venv/installed
	@exec $(VENV)/puente demo

# The floors only ever rise.
test: parts
	$(VENV)/coverage erase
	$(VENV)/pytest -n 2 --cov --cov-report= $(TESTS)
	$(VENV)/coverage report --include='flows/*' --fail-under=100
	$(VENV)/coverage report --include='storage/*' --fail-under=100
	$(VENV)/coverage report --include='bot/*' --fail-under=95
	$(VENV)/coverage report --include='admin/*' --fail-under=97
	$(VENV)/coverage report --include='puente/*' --fail-under=95

check: .venv/complete
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/mypy tests bench
	$(VENV)/lint-imports

pictures: parts
	$(VENV)/pytest -q --pictures tests/browser/test_pictures.py

english: .venv/complete
	$(VENV)/python tools/catalogue.py

bench: parts
	$(VENV)/python -m bench

torture: parts
	$(VENV)/python -m tests.faults.torture --faults $(or $(FAULTS),1000)

# By hand: half an hour and more on two free cores. What it changes lies in mutants/, a copy.
mutants: .venv/complete
	$(VENV)/mutmut run --max-children 2
	$(VENV)/mutmut export-cicd-stats
	$(VENV)/mutmut results

setup: .venv/complete

parts: .venv/complete
	@sh tools/test-parts.sh

.venv/installed: requirements.lock pyproject.toml
	@sh tools/setup.sh requirements.lock
	@touch $@

# What is needed to check and test as well; it holds what the other lock does.
.venv/complete: requirements-dev.lock pyproject.toml
	@sh tools/setup.sh requirements-dev.lock
	@touch .venv/installed $@

LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	--python-version 3.11 pyproject.toml

lock:
	@command -v uv > /dev/null || { echo "make lock needs uv (https://docs.astral.sh/uv/)"; exit 1; }
	$(LOCK) --all-extras --output-file requirements-dev.lock
	$(LOCK) --extra formats --extra install --constraints requirements-dev.lock \
		--output-file requirements.lock
