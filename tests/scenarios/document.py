"""Reading a scenario file.

    # `rule-name`
    ## A case, as a sentence
    sdk: 1.37.5                      (optional: with the facts of that release)
    oracle: not run (a reason)       (optional: the real SDK is not asked)
    `app/client.py`:                 (optional: the path of the block that follows; else `tasks.py`)
    ```py
    ...
    ```
    ```fixed
    ...                              (that file's text after all fixes of the rule)
    ```

A ``toml`` block is the workspace's ``pyproject.toml``. Blocks in other languages are prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scenarios.marks import Mark, MarkError, strip_marks

RULES = Path(__file__).parent.parent / "rules"
DEFAULT_PATH = "tasks.py"

_PATH = re.compile(r"`([^`]+)`:")
_SDK = re.compile(r"sdk:\s*(\d+\.\d+\.\d+)")
_NOT_RUN = re.compile(r"oracle: not run \((.+)\)")


class ScenarioError(ValueError):
    """A scenario file does not keep to the format."""


@dataclass
class File:
    """One file of a case's workspace, without its marks."""

    path: str
    text: str
    marks: tuple[Mark, ...]
    fixed: str | None = None


@dataclass
class Case:
    """One workspace and what is expected of it."""

    title: str
    rule: str
    family: str
    """As the directory is named: with underscores."""
    line: int
    """Of its heading, from 1."""
    files: list[File] = field(default_factory=list)
    settings: str = ""
    sdk: str | None = None
    not_run: str | None = None
    """Why the real SDK is not asked; None when it is."""

    @property
    def marks(self) -> list[Mark]:
        """The marks of all files."""
        return [mark for file in self.files for mark in file.marks]

    @property
    def has_fixed(self) -> bool:
        """Whether the case tells what the fixes make of it."""
        return any(file.fixed is not None for file in self.files)

    @property
    def name(self) -> str:
        """For the test's id."""
        return f"{self.rule}: {self.title}"


def read_document(path: Path) -> list[Case]:
    """The cases of a scenario file, in order.

    Raises:
        ScenarioError: the file has no rule as its title, no case, a case without a ``py`` block, two cases of one
            name, or a comment that is almost a mark.
    """
    rule = ""
    cases: list[Case] = []
    named: str | None = None
    tokens = MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8"))
    for index, token in enumerate(tokens):
        where = f"{path}:{_line(token)}"
        if token.type == "heading_open":
            title = tokens[index + 1].content.strip()
            if token.tag == "h1":
                rule = title.strip("`")
            elif token.tag == "h2":
                cases.append(Case(title, rule, path.parent.name, _line(token)))
        elif token.type == "paragraph_open" and cases:
            for line in tokens[index + 1].content.splitlines():
                if match := _PATH.fullmatch(line.strip()):
                    named = match[1]
                elif match := _SDK.fullmatch(line.strip()):
                    cases[-1].sdk = match[1]
                elif match := _NOT_RUN.fullmatch(line.strip()):
                    cases[-1].not_run = match[1]
        elif token.type == "fence" and cases:
            try:
                _add_block(cases[-1], token.info.strip(), token.content, named)
            except (MarkError, ScenarioError) as error:
                raise ScenarioError(f"{where}: {error}") from None
            named = None
    _check(path, rule, cases)
    return cases


def _add_block(case: Case, language: str, content: str, named: str | None) -> None:
    """Give a case one code block."""
    if language in ("py", "python"):
        text, marks = strip_marks(content)
        case.files.append(File(named or DEFAULT_PATH, text, marks))
    elif language == "toml":
        case.settings = content
    elif language == "fixed":
        target = next((file for file in reversed(case.files) if named in (None, file.path)), None)
        if target is None:
            raise ScenarioError("a fixed block belongs to no file")
        target.fixed = content


def _check(path: Path, rule: str, cases: list[Case]) -> None:
    if rule != path.stem:
        raise ScenarioError(f"{path}: the title must be `{path.stem}`, not {rule!r}")
    if not cases:
        raise ScenarioError(f"{path}: no case (a heading of the second level)")
    titles: set[str] = set()
    for case in cases:
        where = f"{path}:{case.line}"
        if not case.files:
            raise ScenarioError(f"{where}: no py block")
        if len({file.path for file in case.files}) < len(case.files):
            raise ScenarioError(f"{where}: two files of one path")
        if case.title in titles:
            raise ScenarioError(f"{where}: two cases of one name")
        titles.add(case.title)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def read_all() -> list[Case]:
    """The cases of every scenario file, in the order of families and rules."""
    return [case for path in sorted(RULES.rglob("*.md")) for case in read_document(path)]
