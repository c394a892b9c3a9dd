# README's two commands are `make run` and `make test`; both start from a fresh clone with Python >= 3.11 and make.
PYTHON ?= python3
BIN := .venv/bin
RUN_LOCK := requirements.txt
DEV_LOCK := requirements-dev.txt
# Two processes more than there are processors, because the browser's tests wait a good deal, and not many, because each
# takes 1.7 GB; in the order of the folders, so that the browser's long files come early and no process works alone at the end.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min((os.cpu_count() or 1) + 2, 6))')
PYTEST = $(BIN)/pytest -q -rs -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: setup run test check cover fuzz format eval eval-pdf bench lock clauses matcher samples screens migration clean

setup: .venv/run.done

run: setup
	$(BIN)/kyodo ingest
	$(BIN)/kyodo serve

test: .venv/dev.done
	$(PYTEST)

check: .venv/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST)

cover: .venv/dev.done
	$(PYTEST) --cov --cov-report=term

# The fuzz tests with many more examples than in CI; a failure prints the smallest case, which is kept as a test.
fuzz: .venv/dev.done
	FUZZ_EXAMPLES=20000 $(BIN)/pytest -q tests/assistant/readers/test_pdf_fuzz.py
	FUZZ_EXAMPLES=2000 $(BIN)/pytest -q tests/assistant/readers/test_fuzz.py

format: .venv/dev.done
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: setup
	$(BIN)/kyodo ingest
	$(BIN)/kyodo eval run --all --html reports/evaluation.html
	$(BIN)/kyodo eval gate

# The built-in documents printed by Chromium and added to a home through the PDF reader, beside the same as text.
eval-pdf: .venv/dev.done
	$(BIN)/python -m tests.printed_corpus reports/printed
	for kind in text pdf; do \
	  KYODO_HOME=reports/printed/$$kind $(BIN)/kyodo ingest && \
	  KYODO_HOME=reports/printed/$$kind $(BIN)/kyodo eval run --only facts,routing,refuse --no-peer || exit 1; done

bench: setup
	$(BIN)/kyodo eval bench
	$(BIN)/kyodo eval load

# After a change of assistant/clauses/{examples,marks.toml,features.py}: fit the classifier anew.
clauses: .venv/dev.done
	$(BIN)/python -m pip install -q --disable-pip-version-check 'scikit-learn>=1.7'
	$(BIN)/python -m assistant.clauses.train

# After a change of assistant/match/{pairs.tsv,conversations.tsv,network.py,train_known.py} or much new in the corpus: make weights.npz and known.npz anew
# (some four hours, 8 GB).
matcher: .venv/dev.done
	$(BIN)/python -m pip install -q --disable-pip-version-check 'torch>=2.6'
	$(BIN)/kyodo ingest
	$(BIN)/python -m assistant.match.train
	$(BIN)/kyodo ingest --ship

# The sample drafts of docs/samples; the pictures need LibreOffice, Japanese fonts and Poppler.
samples: setup
	$(BIN)/kyodo ingest
	$(BIN)/python docs/samples/make.py

# The database's schema: anew as its first revision (before a release), or with NAME=what_changes one more revision.
migration: .venv/dev.done
	$(BIN)/python -m server.store.migrations.make $(NAME)
	$(BIN)/ruff format -q server/store/migrations/versions

# The pictures of the pages in docs/screens; need Chromium and Japanese fonts.
screens: .venv/dev.done
	$(BIN)/kyodo ingest
	$(BIN)/python docs/screens/make.py

# Hashes, no addresses; the installer's own configuration says where packages come from.
lock: .venv/dev.done
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o $(RUN_LOCK)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -c $(RUN_LOCK) -o $(DEV_LOCK)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/run.done: .venv/bin/python $(RUN_LOCK) pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(RUN_LOCK)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.done: .venv/run.done $(DEV_LOCK)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(DEV_LOCK)
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .coverage build *.egg-info
