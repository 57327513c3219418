"""Write the rules' pages, ``docs/rules/*.md``, from the rules' docstrings.

    python scripts/generate_docs.py [--check]

With ``--check`` nothing is written: exit code 1 and the names of the files that are stale, missing or superfluous.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hatchet_ls.rules import Rule, rules

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "rules"


def page(rule: Rule) -> str:
    """One rule's page."""
    module = rule.check.__module__.replace(".", "/")
    facts = [
        f"**{rule.severity.value}**",
        f"family: {rule.family}",
        f"since hatchet-ls {rule.since}",
        *([f"for hatchet-sdk ≥ {rule.sdk}"] if rule.sdk else []),
        "has a fix" if has_fix(rule) else "no fix",
    ]
    return (
        f"<!-- Written by scripts/generate_docs.py from server/{module}.py -->\n\n"
        f"# `{rule.name}`\n\n{' · '.join(facts)}\n\n{rule.page.strip()}\n"
    )


def has_fix(rule: Rule) -> bool:
    """Whether the rule offers a fix: then its page says how safe it is."""
    return "\n## Fix safety\n" in rule.page


def index(all_rules: list[Rule]) -> str:
    """The table of all rules."""
    rows = [
        f"| [`{rule.name}`]({rule.name}.md) | {rule.family} | {rule.severity.value} "
        f"| {'yes' if has_fix(rule) else ''} | {rule.summary.replace('|', chr(92) + '|')} |"
        for rule in all_rules
    ]
    return (
        "<!-- Written by scripts/generate_docs.py -->\n\n# Rules\n\n"
        "| rule | family | severity | fix | |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def expected() -> dict[Path, str]:
    """What ``docs/rules`` must hold."""
    all_rules = list(rules().values())
    return {FOLDER / "README.md": index(all_rules), **{FOLDER / f"{rule.name}.md": page(rule) for rule in all_rules}}


def stale() -> list[str]:
    """The files of ``docs/rules`` that are not as they should be, relative to the project."""
    wanted = expected()
    wrong = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    wrong += [path for path in FOLDER.glob("*") if path not in wanted]
    return sorted(path.relative_to(ROOT).as_posix() for path in wrong)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    if parser.parse_args(arguments).check:
        for name in stale():
            print(f"stale: {name} (run python scripts/generate_docs.py)", file=sys.stderr)
        return 1 if stale() else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = expected()
    for path in FOLDER.glob("*.md"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
