"""A project on disk, and what is offered at a cursor in one of its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hatchet_ls.assist.complete import complete
from hatchet_ls.assist.completion import Completion
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program import Program
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.python.modules import Modules
from hatchet_ls.text import Edit, Source, apply_edits

HEADER = """\
from datetime import timedelta

from hatchet_sdk import ConcurrencyExpression, Context, DurableContext, EmptyModel, Hatchet, RateLimit

hatchet = Hatchet()
"""


class Project:
    """Files below a folder. ``|`` in a text is the cursor."""

    def __init__(self, root: Path, facts: Facts, site_packages: Path) -> None:
        self.root = root
        self.reader = Reader(Modules([root], [site_packages], library="hatchet_sdk"), facts)

    def write(self, name: str, text: str) -> Path:
        """Write a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def source(self, text: str, name: str = "tasks.py") -> tuple[Source, int]:
        """A text without its cursor, and where that was."""
        assert text.count("|") == 1, text
        return Source(self.root / name, text.replace("|", "")), text.index("|")

    def program(self, source: Source) -> Program:
        """What a source says."""
        program = self.reader.read(source)
        assert program is not None
        return program

    def offered(self, code: str, header: str = HEADER) -> Sequence[Completion]:
        """What is offered at the cursor."""
        source, offset = self.source(header + code)
        found = complete(source, offset, self.reader.read)
        for each in found:
            assert each.span.start <= offset <= each.span.end
            assert "\n" not in source.slice(each.span)
        return found

    def labels(self, code: str, header: str = HEADER) -> list[str]:
        """The labels of what is offered at the cursor."""
        return [each.label for each in self.offered(code, header)]

    def taken(self, code: str, label: str, header: str = HEADER) -> str:
        """The text after one of the offers has been taken."""
        source, _ = self.source(header + code)
        (chosen,) = (each for each in self.offered(code, header) if each.label == label)
        return apply_edits(source.text, [Edit(chosen.span, chosen.snippet or chosen.content or ""), *chosen.edits])
