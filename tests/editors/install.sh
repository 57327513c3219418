#!/usr/bin/env bash
# Installs the editors that the tests start, from Debian's packages, where they are not there yet. The newest Neovim is
# not among them: it comes as a Python package.
set -euo pipefail

packages=(neovim emacs-nox elpa-eglot elpa-lsp-mode vim-nox vim-ale)

missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
done

if [ ${#missing[@]} = 0 ]; then
    exit 0
elif ! command -v apt-get >/dev/null; then
    echo "The tests start real editors, which are installed by themselves on Debian only." >&2
    echo "Here, install: ${packages[*]}" >&2
    exit 1
elif [ "$(id -u)" != 0 ]; then
    echo "The tests start real editors. Install them as root: apt-get install ${missing[*]}" >&2
    exit 1
fi
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
