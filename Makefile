# make run: trains the slides' DQN, evaluates it, films it.   make test: lints, runs the tests.
# make test-all: those too that take long.   make test-fast: only those that do not.
# make lab: opens the lessons; make lab-ko: in Korean.   make notebooks: builds them.
# make benchmark: measures speed.
# make site: builds the web site; make site-serve: shows it, too.
# make playground: the page on which a DQN learns, in one file; make playground-serve: shows it.
# make explorables: the small parts in the lessons, their pictures, and the lessons that show them.
# make address REPOSITORY=owner/name: writes where the repository lies into badges and install cells.
PYTHON ?= python3
PY = .venv/bin/python
DQN = $(PY) -m dqn_keras
# On all cores; one that has nothing left to do takes over tests of another.
PYTEST = $(PY) -m pytest -n logical --dist worksteal
# Root, as in a container, has to ask for it.
JUPYTER = $(PY) -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: setup run lint test test-all test-fast lab lab-ko notebooks address site site-serve \
  playground playground-serve explorables benchmark clean

setup: .venv/core

# What running needs; installed anew when the dependencies change.
.venv/core: pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "dqn_keras needs Python 3.11 or newer; try: make PYTHON=python3.12"; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install -qq --upgrade pip
	$(PY) -m pip install -qq --editable .
	@touch $@

# What tests and lessons need besides.
.venv/all: .venv/core
	$(PY) -m pip install -qq --editable ".[test,notebooks,cluster]"
	@touch $@

# What reading the lessons needs besides.
.venv/lab: .venv/core
	$(PY) -m pip install -qq --editable ".[notebooks]"
	@touch $@

run: setup
	$(DQN) train slides_dqn
	$(DQN) evaluate slides_dqn --env gymnasium:CartPole-v1
	$(DQN) play slides_dqn

lint: .venv/all
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	.venv/bin/lint-imports --no-logo --no-cache

test: lint
	$(PYTEST)

test-all: lint
	$(PYTEST) -m ""

test-fast: lint
	$(PYTEST) -m "not slow and not nightly"

lab: .venv/lab
	$(JUPYTER) notebooks/en/00_quick_start.ipynb

lab-ko: .venv/lab
	$(JUPYTER) notebooks/ko/00_quick_start.ipynb

notebooks: .venv/all
	$(PY) notebooks/build.py

.venv/site: .venv/core
	$(PY) -m pip install -qq --editable ".[site]"
	@touch $@

site: .venv/site
	$(PY) docs/build.py

site-serve: .venv/site
	$(PY) docs/build.py --serve

playground:
	$(PYTHON) playground/bundle.py

playground-serve:
	$(PYTHON) -m http.server --bind localhost --directory playground 8000

explorables: .venv/all
	$(PY) playground/bundle.py
	$(PY) playground/pictures.py
	$(PY) notebooks/build.py --explore

address: .venv/all
	$(PY) notebooks/address.py $(REPOSITORY)

# Stable-Baselines3 and JAX are measured beside it where they are installed:
# .venv/bin/pip install -e ".[benchmarks]"
benchmark: setup
	$(PY) benchmarks/speed.py

clean:
	rm -rf .venv
