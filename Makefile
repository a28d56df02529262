# Two commands matter: `make` and `make test`. POSIX sh, GNU make >= 3.81.
.POSIX:
.SUFFIXES:
SHELL = /bin/sh

UV_VERSION = 0.13.8
VENV = .venv
BIN = $(VENV)/bin
# One thread per BLAS call: jobs are the unit of parallelism here, and a threaded
# SVD on busy cores is many times slower than a serial one.
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1
export MKL_NUM_THREADS = 1

.PHONY: all quick snakemake-report test test-all cluster test-slurm lint env lock benchmarks recheck seeds verify untested crate help clean

all: $(VENV)/run.stamp ## set up, run the default workflow, write report/index.html
	$(BIN)/snakemake

quick: $(VENV)/run.stamp ## a first look in minutes, under quick/
	$(BIN)/snakemake --configfile config/quick.yaml

snakemake-report: $(VENV)/run.stamp ## Snakemake's own report on the results of make, report/snakemake.zip
	$(BIN)/snakemake --report report/snakemake.zip

env: $(VENV)/run.stamp ## only set up the environment

test: $(VENV)/dev.stamp ## the tests (minutes)
	$(BIN)/python -m pytest -n auto --dist loadfile

test-all: $(VENV)/dev.stamp ## the tests, the long ones too
	$(BIN)/python -m pytest -n auto --dist loadfile -m ""

cluster: $(VENV)/run.stamp ## set up the environment with the plugins for Slurm and HTCondor
	$(BIN)/uv pip sync -q --compile-bytecode --require-hashes -p $(BIN)/python requirements-cluster.lock
	touch $(VENV)/run.stamp $(VENV)/dev.stamp

test-slurm: cluster ## the workflow on a real Slurm of two nodes on this machine, and its faults
	sh tests/cluster/install.sh
	$(BIN)/python -m pytest tests/cluster -m ""

lint: $(VENV)/dev.stamp ## ruff, snakefmt, snakemake --lint, hadolint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile workflow tests/toy
	$(BIN)/snakemake --lint
	$(BIN)/hadolint Dockerfile

benchmarks: $(VENV)/dev.stamp ## kernels against named baselines: ratios in one run
	$(BIN)/uv pip sync -q --compile-bytecode --require-hashes -p $(BIN)/python requirements-bench.lock
	rm -f $(VENV)/run.stamp $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks

recheck: $(VENV)/run.stamp ## CLAIM=1.1-01: judge a failed claim again on ten fresh seeds
	$(BIN)/python -m scripts.common.recheck $(CLAIM)

seeds: $(VENV)/run.stamp ## the quick workflow with five seeds: no verdict may change
	$(BIN)/python -m scripts.common.other_seeds config/quick.yaml

verify: $(VENV)/run.stamp ## RESULTS=results AGAINST=other/results: is all as the manifest, or another run, says?
	$(BIN)/python -m scripts.common.verify $(RESULTS) --against "$(AGAINST)"

untested: $(VENV)/run.stamp ## RESULTS=results: numbers that could be wrong without a check that moves
	$(BIN)/python -m scripts.common.untested $(RESULTS)

crate: $(VENV)/run.stamp ## RESULTS=results: what made them, for machines: ro-crate-metadata.json
	$(BIN)/python -m scripts.common.crate $(RESULTS)

lock: $(VENV)/uv.stamp ## resolve pyproject.toml into the lock files and environment.yml
	$(BIN)/python -m workflow.lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

clean: ## remove everything that the machine wrote, but for the environment
	rm -rf results quick full logs .snakemake .cache report/*.html report/ja report/*.pdf report/*.zip report/files report/assets report/*.js report/*.txt

$(VENV)/uv.stamp:
	@for python in python3.13 python3.12 python3.11 python3; do \
	    if $$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	        exec $$python -m venv $(VENV); \
	    fi; \
	done; \
	echo 'make: no Python 3.11, 3.12 or 3.13 with venv found: install one (Debian: apt install python3-venv) and run make again' >&2; exit 1
	$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	touch $@

# The test environment holds the run environment: whichever was made last serves both.
$(VENV)/run.stamp: requirements.lock $(VENV)/uv.stamp
	$(BIN)/uv pip sync -q --compile-bytecode --require-hashes -p $(BIN)/python requirements.lock
	rm -f $(VENV)/dev.stamp
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/uv.stamp
	$(BIN)/uv pip sync -q --compile-bytecode --require-hashes -p $(BIN)/python requirements-dev.lock
	touch $(VENV)/run.stamp $@
