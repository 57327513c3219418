# Shortcuts for development. Everything here only wraps commands that work without just.

# All checks and tests, as CI runs them, in a fresh environment.
all:
    bash scripts/test.sh

# A development environment in .venv.
setup:
    python3 -m venv .venv
    .venv/bin/pip install 'pip>=25.1'
    .venv/bin/pip install --editable . --group dev

# Tests, quickly: `just test tests/rules -k retries`.
test *arguments:
    .venv/bin/pytest {{arguments}}

# Linter, formatter, types and import contracts.
lint:
    .venv/bin/ruff check
    .venv/bin/ruff format
    .venv/bin/mypy
    .venv/bin/lint-imports

# Write every generated file anew.
generate:
    .venv/bin/python scripts/generate_docs.py
    .venv/bin/python scripts/generate_schemas.py
    .venv/bin/python scripts/generate_excerpts.py
    .venv/bin/python scripts/make_readme_picture.py
    .venv/bin/python scripts/generate_client_settings.py

# The VS Code extension, as a VSIX.
package:
    cd client-vscode && npm ci --ignore-scripts
    .venv/bin/python scripts/build_vsix.py

# Measure beside other servers (some ten minutes, on a quiet machine).
benchmark:
    .venv/bin/python -m benchmarks.run
