# Two commands are enough: `make run` and `make test`. Each sets up what it needs; a second call reuses it.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
TORCH := torch==2.13.0
# The CPU build, a tenth of the CUDA one. Installed first, so that nothing else pulls in its larger sister.
BUILD := setuptools==84.2.1
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: setup run test lint bench bench-full notices repairs messages lock chromium

setup: .venv/.compiled

run: setup
	$(BIN)/jiebang migrate
	$(BIN)/jiebang demo
	$(BIN)/jiebang serve --port $(PORT)

test: setup chromium lint
	OMP_NUM_THREADS=1 $(BIN)/pytest --database=both

lint: setup
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary

# Every goal at a small size, in minutes; at the sizes that the goals name, in hours, written into docs/benchmarks.md.
bench: setup .venv/.bench
	$(BIN)/python -m benchmarks

bench-full: setup .venv/.bench
	$(BIN)/python -m benchmarks --full --out benchmarks/results
	$(BIN)/python -m benchmarks.report

# How well notices are read: facts right, wrong and missed against the tables in benchmarks/notices.
notices: setup
	$(BIN)/python -m benchmarks.notices

# How well damaged text is repaired: line breaks, words, losses and tables against benchmarks/repairs.
repairs: setup
	$(BIN)/python -m benchmarks.repairs

# The Chinese of the pages is what is translated. New words stand empty in the catalogue until their English is written.
CATALOGUE := -d web/translations -l en
messages: setup
	mkdir -p build
	$(BIN)/pybabel --quiet extract -F babel.cfg -k _l -k lazy_pgettext:1c,2 --add-location=file --sort-by-file \
	  -o build/messages.pot .
	$(BIN)/pybabel --quiet update -i build/messages.pot $(CATALOGUE) --no-fuzzy-matching --ignore-obsolete \
	  --ignore-pot-creation-date --no-wrap
	$(BIN)/pybabel --quiet compile $(CATALOGUE)

# What pyproject.toml asks for, pinned with all it pulls in.
lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet $(TORCH)+cpu $(BUILD)
	build/lock/bin/pip install --quiet --no-build-isolation .
	build/lock/bin/pip freeze --exclude torch --exclude jiebang > requirements.txt
	build/lock/bin/pip install --quiet --no-build-isolation '.[dev]'
	build/lock/bin/pip freeze --exclude torch --exclude jiebang | grep -Fvxf requirements.txt > requirements-dev.txt
	build/lock/bin/pip install --quiet --no-build-isolation '.[bench]'
	build/lock/bin/pip freeze --exclude torch --exclude jiebang | grep -Fvxf requirements.txt \
	  | grep -Fvxf requirements-dev.txt > requirements-bench.txt

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo 'jiebang needs Python 3.11. Where it has another name: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)'; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	  else \
	    echo 'Python came without venv. As root: apt-get install python3-venv. Then again: make $(MAKECMDGOALS)'; exit 1; \
	  fi; \
	fi
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.torch: .venv/.created
	$(BIN)/pip install --quiet '$(TORCH)+cpu' $(BUILD) || { \
	  echo 'No CPU build of torch in the configured package index: taking the general one, which may be several GB.'; \
	  $(BIN)/pip install --quiet '$(TORCH)' $(BUILD); }
	@touch $@

.venv/.installed: .venv/.torch requirements.txt requirements-dev.txt pyproject.toml
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -r requirements.txt -r requirements-dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# The loops of the search, compiled once into this account's cache: half a minute that no first page waits for.
.venv/.compiled: .venv/.installed $(wildcard matching/lexical/*.py) matching/index/comparing.py matching/encoders/kernels.py
	$(BIN)/python -m matching.compiling
	@touch $@

# The peers of the benchmarks. Neither `make run` nor `make test` needs them.
.venv/.bench: .venv/.installed requirements-bench.txt
	$(BIN)/pip install --quiet --no-deps -r requirements-bench.txt
	@touch $@

# The browser tests drive a real Chromium; any build that stands in the PATH will do.
chromium:
	@if ! command -v chromium >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	  else \
	    echo 'The browser tests need Chromium. As root: apt-get install chromium. Then again: make test'; exit 1; \
	  fi; \
	fi
