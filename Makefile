# The two commands of this project are `make run` and `make test`; the others are for people who change it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help run centre test faults setup lint messages compile bundle bench fonts compare lock

PYTHON ?= python3
# one more than two cores: tests wait for servers, timers and processes now and then, and a third fills those gaps
WORKERS ?= 3
BIN := .venv/bin
export PYTHON
# compiled code is kept, whatever this machine says: the tests start the program some hundred times, each time to be read anew otherwise
export PYTHONDONTWRITEBYTECODE :=

help: ## say what can be typed here
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

run: ## set up what is missing and start the window (or the tour, where there is no display)
	@tools/setup_system.sh run
	tools/setup_venv.sh
	$(BIN)/python -m tools.messages compile
	exec tools/start.sh

centre: setup ## run a centre on this machine for trying the whole way by hand (fictional people only)
	@$(BIN)/python -m tools.try_centre

setup: ## only the set-up; quick when nothing changed
	@tools/setup_system.sh test
	tools/setup_venv.sh
	$(BIN)/python -m tools.messages compile

lint: ## style, types and import contracts
	@$(BIN)/ruff check .
	$(BIN)/mypy -n auto
	$(BIN)/lint-imports --no-logo

test: setup ## set up, then every check and every test
	@mkdir -p build
	echo "== style";     $(BIN)/ruff check .
	echo "== types";     $(BIN)/mypy -n auto
	echo "== imports";   $(BIN)/lint-imports --no-logo
	echo "== texts";     $(BIN)/python -m tools.messages check; $(BIN)/python -m tools.leaflet_catalogues check
	echo "== tests"
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report= 2>&1 | tee build/tests.log
	$(BIN)/python -m tools.check_coverage
	tail -n 1 build/tests.log

faults: setup ## cut the power, kill and fail at every call (about three hours); writes the figures into docs/reliability.md
	@rm -rf build/faults
	OUTREACH_FAULTS=all $(BIN)/python -m pytest -n $(WORKERS) -o faulthandler_timeout=0 tests/faults/test_faults.py tests/faults/test_chaos.py tests/fuzz/test_guided.py tests/journeys/test_any_order_at_the_centre.py
	$(BIN)/python -m tools.reliability

messages: ## extract the texts, bring the catalogues up to date and compile them
	@$(BIN)/python -m tools.messages extract
	$(BIN)/python -m tools.leaflet_catalogues update
	$(BIN)/python -m tools.messages update
	$(BIN)/python -m tools.messages compile

compile: ## only compile the catalogues
	@$(BIN)/python -m tools.messages compile

bundle: setup ## build the one-folder program into dist/ and start it in an empty environment
	@rm -rf dist/outreach
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller build.spec
	$(BIN)/python -m tools.smoke dist/outreach

bench: setup ## measure; fails where a ratio is over its limit
	@$(BIN)/python -m tools.bench

fonts: setup ## for maintainers: make the shipped fonts again, byte for byte (needs npm)
	@$(BIN)/python -m tools.make_fonts

compare: setup ## set a page of each script beside Typst into build/compare, to be looked at
	@$(BIN)/python -m tools.compare_typesetting build/compare

lock: ## for maintainers: work out requirements.lock again from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
		--extra dev pyproject.toml --output-file requirements.lock
