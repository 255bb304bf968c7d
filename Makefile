# `make run`: install, build embeddings/ from seeds/, serve the page.  `make test`: install with test extras, run everything.
.DEFAULT_GOAL := help
.PHONY: help install run build test check fuzz bench peers browser clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export HF_HUB_OFFLINE ?= 1

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

# A stamp holds what was installed from; nothing is installed twice while these files stay the same.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Quoth needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade 'pip>=25.1'
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --group dev
	@touch $@

install: $(VENV)/.installed ## Make .venv and install

build: $(VENV)/.installed ## Bring embeddings/ up to date with seeds/
	@# 3: done, but some files could not be read; they are listed, and the rest is worth serving.
	$(BIN)/quoth build || [ $$? -eq 3 ]

run: build ## Build, then serve the page on http://127.0.0.1:7860
	$(BIN)/quoth serve

browser: $(VENV)/.installed-test
	@scripts/browser

test: $(VENV)/.installed-test browser ## Install with test extras, check everything
	@scripts/check

check: test

fuzz: $(VENV)/.installed-test ## Try broken files of every format for ten minutes
	$(BIN)/python -m tests.parsing.fuzz

bench: $(VENV)/.installed-test ## Measure; writes benchmarks/results.md
	$(BIN)/python -m benchmarks

peers: $(VENV)/.installed-test ## Measure other systems beside Quoth; writes benchmarks/peers.md
	$(BIN)/python -m benchmarks.peers

clean: ## Remove .venv, .venv-peers and caches; embeddings/ and seeds/ stay
	rm -rf $(VENV) .venv-peers .pytest_cache .mypy_cache .ruff_cache .hypothesis
