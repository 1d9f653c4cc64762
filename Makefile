# make run: trains the slides' DQN, evaluates it, films it.   make test: lints, runs every test.
PYTHON ?= python3
PY = .venv/bin/python
DQN = $(PY) -m dqn_keras

.PHONY: setup run test test-fast benchmark clean

setup: .venv/installed

# Installed anew when the dependencies change.
.venv/installed: pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "dqn_keras needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet --editable ".[test]"
	@touch $@

run: setup
	$(DQN) train slides_dqn
	$(DQN) evaluate slides_dqn --env gymnasium:CartPole-v1
	$(DQN) play slides_dqn

test: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m pytest

test-fast: setup
	$(PY) -m pytest -m "not slow"

benchmark: setup
	$(PY) benchmarks/speed.py

clean:
	rm -rf .venv
