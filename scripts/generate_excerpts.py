"""Write the parts of the documentation that come from the program itself: tables, and what commands print.

    python scripts/generate_excerpts.py [--check]

A part stands in ``README.md`` or ``docs/*.md`` between ``<!-- begin: NAME -->`` and ``<!-- end -->``. NAME is
``rules``, ``settings``, ``editor-settings``, ``file`` and a path from the root of the repository, or ``$`` and a
command line, which is run there. With ``--check`` nothing is written: exit code 1 and the names of the files that are
stale.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from hatchet_ls.project.editor_settings import EDITOR_ONLY, EDITOR_OPTIONS
from hatchet_ls.project.options import OPTIONS, SEVERITIES
from hatchet_ls.project.settings import DEFAULT_EXCLUDE
from hatchet_ls.rules import rules

ROOT = Path(__file__).resolve().parent.parent
PART = re.compile(r"(<!-- begin: (?P<name>[^\n]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def files() -> list[Path]:
    """The files that may have parts."""
    return [
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "docs" / "editors").glob("*.md")),
    ]


def renewed(text: str) -> str:
    """A file's text with every part as it should be."""

    def part(match: re.Match[str]) -> str:
        kind, _, rest = match["name"].partition(" ")
        content = _TABLES[kind]() if kind in _TABLES else _PARTS[kind](rest)
        return f"{match[1]}\n{content}\n{match[3]}"

    return PART.sub(part, text)


def _output(command: str) -> str:
    """A command and what it prints, as a block of code. Absolute paths are shown as if the checkout were ``/shop``."""
    program, *arguments = shlex.split(command)
    environment = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=ROOT,
        env={**environment, "NO_COLOR": "1", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.stderr:
        raise SystemExit(f"{command}: {done.stderr}")
    shown = done.stdout.replace(json.dumps(str(ROOT))[1:-1], "/home/me/shop").rstrip()
    return f"```console\n$ {command}\n{shown}\n```\n"


def _file(path: str) -> str:
    """A file, as a block of code."""
    file = ROOT / path
    return f"```{_LANGUAGES[file.suffix]}\n{file.read_text(encoding='utf-8')}```\n"


def _rules() -> str:
    rows: list[tuple[str, ...]] = [
        (f"[`{rule.name}`](docs/rules/{rule.name}.md)", rule.family, rule.severity.value, _sentence(rule.summary))
        for rule in rules().values()
    ]
    return _table(("rule", "family", "severity", ""), rows)


def _sentence(summary: str) -> str:
    """``Checks for x.`` as ``x``."""
    return summary.removeprefix("Checks for ").rstrip(".").replace("|", "\\|")


def _settings() -> str:
    table = _table(("key", "meaning"), [(f"`{name}`", option.description) for name, option in OPTIONS.items()])
    severities = ", ".join(f"`{name}`" for name in SEVERITIES)
    excluded = ", ".join(f"`{name}`" for name in DEFAULT_EXCLUDE)
    return f"{table}\nSeverities: {severities}.\n\nExcluded without being named: {excluded}.\n"


def _editor_settings() -> str:
    shared = [f"`hatchet.{name}`" for name in EDITOR_OPTIONS if name not in EDITOR_ONLY]
    rows = [(", ".join(shared), "As above.")]
    rows += [(f"`hatchet.{name}`", option.description) for name, option in EDITOR_ONLY.items()]
    return _table(("setting", "meaning"), rows)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    def lines() -> Iterator[str]:
        yield "| " + " | ".join(header) + " |"
        yield "|" + " --- |" * len(header)
        for row in rows:
            yield "| " + " | ".join(row) + " |"

    return "\n".join(lines()) + "\n"


_TABLES = {"rules": _rules, "settings": _settings, "editor-settings": _editor_settings}
_PARTS = {"$": _output, "file": _file}
_LANGUAGES = {
    ".el": "elisp",
    ".json": "json",
    ".lua": "lua",
    ".sublime-settings": "json",
    ".toml": "toml",
    ".vim": "vim",
    "": "vim",  # vimrc
}


def main() -> int:
    """0, or 1 when something is stale and was only to be checked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    check = parser.parse_args().check
    stale = False
    for file in files():
        text = file.read_text(encoding="utf-8")
        wanted = renewed(text)
        if wanted != text and check:
            stale = True
            name = file.relative_to(ROOT).as_posix()
            print(f"stale: {name} (run python scripts/generate_excerpts.py)", file=sys.stderr)
        elif wanted != text:
            file.write_text(wanted, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
