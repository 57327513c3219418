"""Write the settings of the VS Code extension, ``contributes.configuration`` of its manifest, from the server's.

    python scripts/generate_client_settings.py [--check]

With ``--check`` nothing is written: exit code 1 when the manifest is stale.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hatchet_ls.project.editor_settings import EDITOR_ONLY
from hatchet_ls.project.options import OPTIONS, SEVERITIES
from hatchet_ls.project.selectors import ALL, families
from hatchet_ls.rules import rules

MANIFEST = Path(__file__).parents[1] / "client-vscode" / "package.json"

OWN: Mapping[str, Mapping[str, Any]] = {
    "interpreter": {
        "type": "string",
        "default": "",
        "scope": "machine-overridable",
        "markdownDescription": (
            "The Python (3.10 or newer) that runs the server: a path, which may begin with `~` or `${workspaceFolder}` "
            "and may be relative to the workspace folder, or a command such as `python3.12`. Your project's code does "
            "not run in it. Without it, the Python of your project's environment is taken, or else one in `PATH`."
        ),
    },
    "importStrategy": {
        "type": "string",
        "enum": ["useBundled", "fromEnvironment"],
        "enumDescriptions": [
            "The server that comes with the extension.",
            "The hatchet-ls that is installed in your project's environment; the bundled one where there is none.",
        ],
        "default": "useBundled",
        "scope": "window",
        "markdownDescription": "Which server runs.",
    },
    "dashboardUrl": {
        "type": "string",
        "default": "",
        "scope": "resource",
        "markdownDescription": (
            f"{EDITOR_ONLY['dashboardUrl'].description} "
            "For the command *Open the Runs of the Workflow under the Cursor*."
        ),
    },
    "trace.server": {
        "type": "string",
        "enum": ["off", "messages", "verbose"],
        "default": "off",
        "scope": "window",
        "markdownDescription": "What client and server say to each other, in the output *Hatchet*.",
    },
}
"""What the server does not have, or has only from editors."""

BESIDE_THE_FILE: Mapping[str, str] = {
    "select": "Counts in the place of {file}, whose `ignore` and `off` say nothing then.",
    "ignore": "Adds to {file}, which says nothing where `#hatchet.select#` is set.",
    "rules": "Goes over {file} where both speak of the same rules.",
    "exclude": "Adds to {file}, and decides before it.",
}
"""How settings go together with those of a file, where one does not simply go over the other."""

DEFAULTS: Mapping[str, Any] = {"array": [], "object": {}, "string": ""}


def properties() -> dict[str, object]:
    """All settings, by their names in the editor."""
    shared = {camel_case(name): setting(name) for name in OPTIONS}
    return {f"hatchet.{name}": each for name, each in sorted({**OWN, **shared}.items())}


def setting(name: str) -> dict[str, object]:
    """A setting of ``pyproject.toml`` as one of the editor."""
    option = OPTIONS[name]
    kind = str(option.schema["type"])
    about = option.description.replace("the directory of this file", "the workspace folder")
    about = about.replace("beside this file", "beside the nearest `pyproject.toml`")
    schema: dict[str, object] = {"type": kind, "default": DEFAULTS.get(kind, True)}
    if name == "rules":
        schema |= {"properties": severities(), "additionalProperties": False}
    elif name in ("select", "ignore"):
        schema |= {"items": selectors(), "uniqueItems": True}
    elif kind == "array":
        schema["items"] = option.schema["items"]
    scope = "machine-overridable" if name == "environment" else "resource"
    file = f"`{name}` in `[tool.hatchet-ls]` of `pyproject.toml`"
    over = BESIDE_THE_FILE.get(name, "Goes over {file}.").format(file=file)
    return {**schema, "scope": scope, "markdownDescription": f"{about} {over}"}


def severities() -> dict[str, object]:
    """A severity for all rules, for each family and for each rule."""
    summaries = {"all": "All rules.", **{family: f"All rules of the family `{family}`." for family in families()}}
    summaries |= {name: f"{rule.summary} Without this: `{rule.severity.value}`." for name, rule in rules().items()}
    return {
        name: {"type": "string", "enum": list(SEVERITIES), "markdownDescription": about}
        for name, about in summaries.items()
    }


def selectors() -> dict[str, object]:
    """What chooses rules."""
    summaries = {ALL: "All rules.", **{family: f"All rules of the family {family}." for family in families()}}
    summaries |= {name: rule.summary for name, rule in rules().items()}
    return {"type": "string", "enum": list(summaries), "enumDescriptions": list(summaries.values())}


def camel_case(name: str) -> str:
    """``semanticTokens`` for ``semantic-tokens``."""
    return re.sub("-(.)", lambda match: match.group(1).upper(), name)


def manifest() -> str:
    """The manifest as it must be."""
    content = json.loads(MANIFEST.read_text(encoding="utf-8"))
    content["contributes"]["configuration"]["properties"] = properties()
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """The entry point."""
    parser = argparse.ArgumentParser(description="Write the settings of the VS Code extension.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the manifest is stale")
    check = parser.parse_args().check
    stale = MANIFEST.read_text(encoding="utf-8") != manifest()
    if stale:
        print(MANIFEST.relative_to(MANIFEST.parents[1]))
        if not check:
            MANIFEST.write_text(manifest(), encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
