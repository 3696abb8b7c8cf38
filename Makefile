# Everything starts from nothing: all it takes is make and a Python of 3.11 or later.
.DELETE_ON_ERROR:
.PHONY: help run test bench lint translations requirements wheel

python := .venv/bin/python
pip := $(python) -m pip --disable-pip-version-check --quiet

help:
	@echo "make run           a demonstration of Trackr in demo/, on 127.0.0.1:8080"
	@echo "make test          all tests"
	@echo "make bench         the benchmarks"
	@echo "make lint          ruff, mypy, djlint"
	@echo "make translations  texts from the code into the catalogues, and the catalogues compiled"
	@echo "make requirements  the hashed requirements, made anew from pyproject.toml"
	@echo "make wheel         the package to install, in dist/"

run: .venv/run.stamp
	.venv/bin/trackr demo --data demo
	.venv/bin/trackr serve --data demo --port 8080

test: .venv/dev.stamp
	@sh tests/run

bench: .venv/dev.stamp
	$(python) -m bench

lint: .venv/dev.stamp
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/djlint --lint templates

# The compiled catalogues are committed too, so that a fresh clone needs no build step.
catalogues := trackr/translations
translations: .venv/dev.stamp
	.venv/bin/pybabel --quiet extract -F pyproject.toml --add-location=file --sort-by-file --omit-header \
		-o .venv/messages.pot .
	.venv/bin/pybabel update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		-i .venv/messages.pot -d $(catalogues)
	.venv/bin/pybabel compile -d $(catalogues)

# Both files are made with the oldest Python that Trackr runs on: it needs the longest list. The settings of pip on
# this machine are left aside, so that the hashes are those of the index itself, for every platform.
compile := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make requirements" \
	.venv/pip-tools/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
requirements: .venv/bin/python
	@$(python) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Remove .venv, and run: make requirements PYTHON=python3.11" >&2; exit 1; }
	$(python) -m venv .venv/pip-tools
	.venv/pip-tools/bin/python -m pip install --quiet pip-tools
	$(compile) --build-deps-for editable -o requirements.txt pyproject.toml
	$(compile) --build-deps-for editable --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

wheel: .venv/dev.stamp
	$(python) -m build --wheel --no-isolation

.venv/bin/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
			package=$$($$python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
			echo "$$python cannot make a virtual environment yet. Install what it lacks, then run make again:" >&2; \
			echo "    sudo apt-get install $$package" >&2; \
			exit 1; \
		fi; \
		exec $$python -m venv --clear .venv; \
	done; \
	echo "Trackr needs Python 3.11 or later, and found none. Name one with: make PYTHON=/path/to/python3" >&2; \
	exit 1

# The requirements carry the build backend too, so that nothing without a hash is downloaded.
.venv/run.stamp: .venv/bin/python requirements.txt pyproject.toml
	@echo "Installing what Trackr needs into .venv ..."
	@$(pip) install --require-hashes -r requirements.txt
	@$(pip) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/bin/python requirements-dev.txt pyproject.toml
	@echo "Installing what the tests need into .venv ..."
	@$(pip) install --require-hashes -r requirements-dev.txt
	@$(pip) install --no-deps --no-build-isolation -e .
	@touch $@
