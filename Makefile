PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV   := .venv
EXTRAS ?= test,torch,cluster,postgres
BIN    := $(VENV)/bin
DATA   ?= $(wildcard ../shared/data)
PIP    := $(BIN)/pip install --quiet --quiet --no-compile --disable-pip-version-check --constraint requirements.lock

# Compiled modules are kept, or every process of a run compiles this package and the tests' asserts again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check docs browser-test container-attacks pictures bench fuzz verify reproduce release mistakes lint lab lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.installed  ## install, then release, grade and give feedback for a small made-up class
	@$(BIN)/course demo

test: $(VENV)/.test  ## install what tests need, then run everything: ruff, mypy, walls, pytest with every set verified
	@$(MAKE) --no-print-directory lint
	@$(BIN)/pytest -n auto --dist worksteal

check: $(VENV)/.test  ## for every save, about a minute: ruff, mypy, walls, and the tests that need no sandbox, on few inputs
	@$(MAKE) --no-print-directory lint
	@HYPOTHESIS_PROFILE=quick $(BIN)/pytest -n auto --dist worksteal -m "not sandbox and not slow"

lint: $(VENV)/.test  ## ruff, mypy and the import walls
	@$(BIN)/ruff check .
	@$(BIN)/mypy -p helpers -p grading -p benchmarks
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/.test  ## grade the same class with plain nbgrader and with this course, and write benchmarks/README.md (ARGS=--quick)
	@$(BIN)/python -m benchmarks $(ARGS)

fuzz: $(VENV)/.test  ## hand malformed files and frames to everything that reads them, for about ten minutes
	@HYPOTHESIS_PROFILE=long $(BIN)/pytest -n auto tests/fuzz

container-attacks: $(VENV)/.test  ## the attacks of tests/hostile in the form of isolation for containers, as root, some minutes
	@CONTAINER_ATTACKS=1 $(BIN)/pytest tests/hostile/test_container.py

browser-test: $(VENV)/.browser  ## do what students and instructors do, in JupyterLab in a real browser (needs Chromium)
	@BROWSER_TESTS=1 $(BIN)/pytest tests/browser

pictures: browser-test  ## take the pictures of README and docs/ anew
	@$(BIN)/python tools/pictures.py

docs: $(VENV)/.docs  ## build docs/ as a site: build/docs/index.html
	@$(BIN)/sphinx-build --quiet --fail-on-warning --builder html docs build/docs
	@echo "Written: build/docs/index.html"

verify: $(VENV)/.installed  ## test the hidden tests
	@$(BIN)/course verify

reproduce: $(VENV)/.installed  ## measure the published results again (ARGS=--quick for the short mode)
	@$(BIN)/course reproduce $(addprefix --data ,$(DATA)) $(ARGS)

release: $(VENV)/.installed  ## regenerate release/ from source/ with nbgrader
	@$(BIN)/python tools/exercise_lines.py
	@for set in source/*/; do PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/nbgrader generate_assignment "$$(basename $$set)" --force || exit 1; done
	@$(BIN)/python tools/outlines.py

mistakes: $(VENV)/.installed  ## write docs/mistakes.md from the hidden tests
	@$(BIN)/python tools/mistakes.py

lab: $(VENV)/.installed  ## open JupyterLab (formgrader is in its menu)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab

lock: $(VENV)/.test  ## write requirements.lock and environment.yml anew from pyproject.toml (ARGS=--upgrade for the newest versions)
	@$(BIN)/python tools/lock.py $(ARGS)

$(VENV)/.browser: pyproject.toml requirements.lock $(VENV)/.test
	@echo "Installing Playwright ..."
	@$(PIP) --editable '.[browser]'
	@touch $@

$(VENV)/.docs: pyproject.toml requirements.lock $(VENV)/.installed
	@echo "Installing Sphinx ..."
	@$(PIP) --editable '.[docs]'
	@touch $@

clean:  ## remove the environment and everything that was built
	rm -rf $(VENV) build

# Markers: an environment is installed again when the list or the lock has changed, or when a run was interrupted.
$(VENV)/.installed: pyproject.toml requirements.lock
	$(call install,.)

# The same and what the tests need, in one go.
$(VENV)/.test: pyproject.toml requirements.lock
	$(call install,'.[$(EXTRAS)]')
	@touch $(VENV)/.installed

# The newest pip takes half the time of the one that comes with Python 3.11; pip compiles on one core, compileall on all.
# All but tests: a sandbox's server keeps nothing that it compiles, and torch._dynamo alone takes it four seconds.
define install
	@echo "Installing into $(VENV) (a minute or two the first time) ..."
	@test -x $(BIN)/pip || $(PYTHON) -m venv --upgrade-deps $(VENV)
	@$(PIP) --editable $(1)
	@$(BIN)/python -m compileall -qq -j 0 -x '/(tests|tensorflow_datasets)/' $(VENV)/lib/python3*/site-packages || true
	@$(BIN)/course read --enable >/dev/null
	@touch $@
endef
