"""What a rule is, and where all of them are found.

A rule is one module ``rules/<family>/<rule_name>.py`` whose docstring is the rule's page and whose one function
decorated with ``@rule`` is the check. Adding a rule is adding that file and its scenario file.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hatchet_ls.hatchet.facts import Version
from hatchet_ls.rules.finding import Finding, Severity

DOCS_URL = "https://github.com/hatchet-dev/hatchet-ls/blob/main/docs/rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check."""

    name: str
    """kebab-case; names the bad pattern: "allow <name>" reads as a sentence."""
    family: str
    severity: Severity
    since: str
    """The release of hatchet-ls that brought it."""
    sdk: Version | None
    """The first SDK release to which it applies; None for all."""
    subjects: tuple[type, ...]
    """The kinds of things of the program that it is run on."""
    check: Callable[..., Iterator[Finding]]
    takes_program: bool
    page: str
    """Markdown: the module's docstring."""

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]

    @property
    def url(self) -> str:
        """Where the page is on the web."""
        return f"{DOCS_URL}/{self.name}.md"


def rule(
    *, severity: Severity, since: str, sdk: str | None = None
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a check a rule.

    The check takes one subject (its annotation says which: ``Task``, ``Workflow``, ``Call``, ``Task | Call`` …) and, if
    it wants, the ``Program`` as a second parameter. Its name is the rule's name with underscores, and its module's.
    ``sdk`` is the first release that it applies to, such as ``"1.31.0"``.

    Raises:
        ValueError: ``sdk`` is no version.
    """
    first = Version.parse(sdk) if sdk is not None else None
    if sdk is not None and first is None:
        raise ValueError(f"not a version: {sdk!r}")

    def make(check: Callable[..., Iterator[Finding]]) -> Rule:
        module = sys.modules[check.__module__]
        hints = typing.get_type_hints(check)
        parameters = list(inspect.signature(check).parameters)
        return Rule(
            name=check.__name__.replace("_", "-"),
            family=check.__module__.split(".")[-2].replace("_", "-"),
            severity=severity,
            since=since,
            sdk=first,
            subjects=typing.get_args(hints[parameters[0]]) or (hints[parameters[0]],),
            check=check,
            takes_program=len(parameters) > 1,
            page=inspect.cleandoc(module.__doc__ or ""),
        )

    return make


@functools.cache
def rules() -> Mapping[str, Rule]:
    """All rules by name, in the order of families and names."""
    import hatchet_ls.rules as package

    found: dict[str, Rule] = {}
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if info.ispkg or info.name.count(".") < 3:
            continue
        module: Any = importlib.import_module(info.name)
        for value in vars(module).values():
            if isinstance(value, Rule) and value.check.__module__ == module.__name__:
                found[value.name] = value
    return dict(sorted(found.items(), key=lambda item: (item[1].family, item[0])))
