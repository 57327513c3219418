"""The options that settings are made of, wherever they come from: how each is read, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hatchet_ls.project.selectors import did_you_mean, is_selector, unknown_selector
from hatchet_ls.project.toml_places import Key
from hatchet_ls.rules import Severity

SEVERITIES: Mapping[str, Severity | None] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "information": Severity.INFORMATION,
    "info": Severity.INFORMATION,
    "hint": Severity.HINT,
    "off": None,
}
"""How a severity is spelled in the settings; ``off`` silences the rule."""


class TableProblem(NamedTuple):
    """Something wrong in a settings table, wherever that table comes from (a file, an editor)."""

    path: tuple[Key, ...]
    """The keys that lead to it, from the table."""
    message: str


def read_options(
    table: Mapping[str, object], root: Path, options: Mapping[str, Option]
) -> tuple[dict[str, Any], tuple[TableProblem, ...]]:
    """The values of a table, by the options' fields: whatever in it is right, and what is wrong."""
    values: dict[str, Any] = {}
    problems: list[TableProblem] = []
    for name, value in table.items():
        option = options.get(name)
        if option is None:
            problems.append(TableProblem((name,), f"unknown setting `{name}`{did_you_mean(name, options)}"))
            continue
        kept, wrong = option.read(name, value)
        if kept is not None:
            values[option.field] = root / kept if isinstance(kept, Path) else kept
        problems.extend(TableProblem((name, *problem.path), problem.message) for problem in wrong)
    return values, tuple(problems)


def _read_selectors(name: str, value: object) -> tuple[tuple[str, ...] | None, list[TableProblem]]:
    kept, problems = _read_strings(name, value)
    for index, each in enumerate(kept or ()):
        if not is_selector(each):
            problems.append(TableProblem((index,), unknown_selector(each)))
    return kept and tuple(each for each in kept if is_selector(each)), problems


def _read_globs(name: str, value: object) -> tuple[tuple[str, ...] | None, list[TableProblem]]:
    from pathspec import GitIgnoreSpec

    kept, problems = _read_strings(name, value)
    good: list[str] = []
    for index, each in enumerate(kept or ()):
        try:
            GitIgnoreSpec.from_lines([each])
        except ValueError:
            problems.append(TableProblem((index,), f"`{each}` is no glob as in `.gitignore`"))
        else:
            good.append(each)
    return tuple(good), problems


def _read_strings(name: str, value: object) -> tuple[tuple[str, ...] | None, list[TableProblem]]:
    if not isinstance(value, list):
        return None, [TableProblem((), f"`{name}` must be a list of strings, not {kind(value)}")]
    wrong = [each for each in value if not isinstance(each, str)]
    if wrong:
        return None, [TableProblem((), f"`{name}` must be a list of strings, but it holds {kind(wrong[0])}")]
    return tuple(value), []


def _read_severities(name: str, value: object) -> tuple[dict[str, Severity | None] | None, list[TableProblem]]:
    if not isinstance(value, dict):
        return None, [TableProblem((), f"`{name}` must be a table of rule = severity, not {kind(value)}")]
    kept: dict[str, Severity | None] = {}
    problems: list[TableProblem] = []
    for rule, severity in value.items():
        if not is_selector(rule):
            problems.append(TableProblem((rule,), unknown_selector(rule)))
        elif not isinstance(severity, str):
            problems.append(TableProblem((rule,), f"the severity of `{rule}` must be a string, not {kind(severity)}"))
        elif severity not in SEVERITIES:
            names = ", ".join(f"`{each}`" for each in SEVERITIES)
            hint = did_you_mean(severity, SEVERITIES)
            problems.append(TableProblem((rule,), f"unknown severity `{severity}` (one of {names}){hint}"))
        else:
            kept[rule] = SEVERITIES[severity]
    return kept, problems


def read_path(name: str, value: object) -> tuple[Path | None, list[TableProblem]]:
    """A path, perhaps relative."""
    if not isinstance(value, str):
        return None, [TableProblem((), f"`{name}` must be a string, not {kind(value)}")]
    if not value.strip() or "\0" in value:
        return None, [TableProblem((), f"`{name}` must be a path")]
    try:
        return Path(value).expanduser(), []
    except RuntimeError:
        return None, [TableProblem((), f"`{value}` names the home directory of nobody here")]


def _read_boolean(name: str, value: object) -> tuple[bool | None, list[TableProblem]]:
    if not isinstance(value, bool):
        return None, [TableProblem((), f"`{name}` must be a boolean, not {kind(value)}")]
    return value, []


def kind(value: object) -> str:
    """A value's kind in TOML's words."""
    for kind, word in _KINDS:
        if isinstance(value, kind):
            return word
    return "a date or time"


_KINDS = (
    (bool, "a boolean"),
    (str, "a string"),
    (int, "an integer"),
    (float, "a float"),
    (list, "an array"),
    (dict, "a table"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One key of the table: the one home of its meaning, for the reader and for the schema."""

    field: str
    """Of ``Settings``."""
    description: str
    read: Callable[[str, object], tuple[Any, list[TableProblem]]]
    schema: Mapping[str, object]
    """JSON schema, with ``#/definitions/selector`` and ``#/definitions/severity``."""


_SELECTORS: Mapping[str, object] = {"type": "array", "items": {"$ref": "#/definitions/selector"}}

OPTIONS: Mapping[str, Option] = {
    "select": Option("select", "Rules or families that are on, or `ALL` (the default).", _read_selectors, _SELECTORS),
    "ignore": Option(
        "ignore",
        "Rules or families that are off. A rule's own name wins over its family's, a family's over `ALL`.",
        _read_selectors,
        _SELECTORS,
    ),
    "rules": Option(
        "severities",
        "The severity of a rule, of a family, or of `all` rules; `off` silences it.",
        _read_severities,
        {
            "type": "object",
            "propertyNames": {"$ref": "#/definitions/selector"},
            "additionalProperties": {"$ref": "#/definitions/severity"},
        },
    ),
    "exclude": Option(
        "exclude",
        "Files and directories that are not checked: globs as in `.gitignore`, relative to the directory of this "
        "file, on top of the usual ones (`.git`, `.venv`, `node_modules`, `build`…); `!build` takes one of those back.",
        _read_globs,
        {"type": "array", "items": {"type": "string"}},
    ),
    "environment": Option(
        "environment",
        "The virtual environment (its directory or its interpreter) in which `hatchet_sdk` is installed, relative "
        "to the directory of this file. It is read, never run. The default is `.venv` or `venv` beside this file.",
        read_path,
        {"type": "string", "minLength": 1},
    ),
    "semantic-tokens": Option(
        "semantic_tokens",
        "Whether editors that colour by meaning are told how to colour CEL strings (the default is `true`).",
        _read_boolean,
        {"type": "boolean"},
    ),
}
