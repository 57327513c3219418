#!/usr/bin/env bash
# Runs all checks and tests, from nothing but Python (>= 3.10, with venv), node (>= 20) and a checkout: it makes a fresh
# virtual environment, installs the project with what its development needs, and removes the environment in the end. The
# editors in which the tests run are installed from Debian's packages; on other systems they have to be there.
#
#   bash scripts/test.sh [arguments of pytest]
#
# PYTHON names another interpreter than python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python="${PYTHON:-python3}"
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q && apt-get install -q -y --no-install-recommends python3-venv
fi

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch/venv"
export PATH="$scratch/venv/bin:$PATH"
export VIRTUAL_ENV="$scratch/venv"
export COVERAGE_FILE="$scratch/coverage"
export PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONPATH PYTHONHOME

step() { printf '\n== %s\n' "$*"; }

step "install"
pip install --quiet 'pip>=25.1'
pip install --quiet --editable . --group dev

step "editors"
bash tests/editors/install.sh

step "lint"
ruff check
ruff format --check

step "examples"
ruff check --isolated --line-length 120 --select E,F,UP examples
ruff format --isolated --line-length 120 --check examples

step "types"
mypy

step "import contracts"
lint-imports

step "generated files"
python scripts/generate_docs.py --check
python scripts/generate_schemas.py --check
python scripts/generate_excerpts.py --check
python scripts/make_readme_picture.py --check
python scripts/generate_client_settings.py --check

step "VS Code client"
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "node 20 or newer is needed" >&2; exit 1; }
(cd client-vscode && npm ci --ignore-scripts --no-audit --no-fund && npm run lint && npm run compile && npm run unit)
export HATCHET_VSIX="$scratch/hatchet-ls.vsix"
python scripts/build_vsix.py --out "$HATCHET_VSIX"

step "tests"
pytest -n 2 --dist worksteal --cov --cov-report= "$@" | tee "$scratch/pytest.log"

step "coverage of the engine"
python scripts/check_coverage.py

step "VS Code"
bash client-vscode/test/run.sh

step "all is well"
tail -n 1 "$scratch/pytest.log"
