#!/usr/bin/env bash
# Installs what the tests need: Chromium with fonts, the test runner, and VS Code in both versions (as code-server).
#
# No package may run scripts of its own: Playwright would fetch browsers, code-server would compile what it can do
# without. As root on Debian it installs Chromium; elsewhere CHROMIUM names one. `install.sh newest` leaves out the
# older VS Code.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true npm_config_loglevel=error

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q
    apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core fonts-liberation
fi

npm ci
[ $# -gt 0 ] || set -- newest older
for version in "$@"; do
    (cd "vscode/$version" && npm ci)
    # The libraries of VS Code itself. Its lock file lacks an entry or two, which `npm ci` would not forgive.
    (cd "vscode/$version/node_modules/code-server/lib/vscode" && npm install --omit=dev --no-save)
done
