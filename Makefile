# make run · test · check · terminals · package · bench · torture · rehearse · pictures: a venv, an install, the command.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint types contracts check terminals package bench torture rehearse pictures clean
run: .venv/run
	@$(BIN)/warroom $(ARGS)

test: .venv/dev
	@$(BIN)/pytest -n auto $(ARGS)

lint: .venv/dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/dev
	@$(BIN)/mypy

contracts: .venv/dev
	@$(BIN)/lint-imports

check: lint types contracts test

# In tmux, in screen, over SSH, and in zsh and fish: all must be there; `.ci/run` says what Debian calls them.
terminals: .venv/dev
	@SHELLS="zsh fish" $(BIN)/pytest -n 2 tests/cli/test_completion.py -k real_shell
	@$(BIN)/pytest -n 2 tests/terminal/multiplexers.py tests/terminal/over_ssh.py $(ARGS)

# Installed as anybody would install it, which needs the network.
package: .venv/dev
	@$(BIN)/pytest -n 0 tests/installed.py $(ARGS)

bench: .venv/dev
	@$(BIN)/python -m benchmarks $(ARGS)

torture: .venv/dev
	@$(BIN)/python -m tests.faults $(ARGS)

# What needs a quiet machine: forty minutes of an outage, second for second.
rehearse: .venv/dev
	@$(BIN)/pytest -n 0 tests/terminal/rehearsal.py $(ARGS)

pictures: .venv/dev
	@$(BIN)/python -m docs.pictures

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# pip 25.1 is the first that installs dependency groups.
.venv/run: pyproject.toml constraints.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/dev: .venv/run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev
	@touch $@
