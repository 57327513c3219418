#!/usr/bin/env bash
# Tests the built extension in real editors, from nothing but node and Debian's packages.
#
#   HATCHET_VSIX=... bash client-vscode/test/run.sh [arguments of playwright test]
#
# HATCHET_VSIX names the extension; without it, the one VSIX in client-vscode/ is taken. Screenshots land in artifacts/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

bash install.sh
npm run --silent check
npm run --silent test -- "$@" || { echo "screenshots: $PWD/artifacts" >&2; exit 1; }
echo "screenshots: $PWD/artifacts"
