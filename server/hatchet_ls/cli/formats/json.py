"""JSON, for programs. The types here are the home of ``schemas/findings.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Literal, TextIO, TypedDict, cast

from hatchet_ls.cli.formats.report import Checked, all_findings, severity_of
from hatchet_ls.rules import Finding, Fix, rules
from hatchet_ls.text import Source, Span

SeverityName = Literal["error", "warning", "information", "hint"]


class Location(TypedDict):
    """A place in a file."""

    row: Annotated[int, "From 1."]
    column: Annotated[int, "From 1, in Unicode code points."]


class Edit(TypedDict):
    """Put `content` in the place of what stands between the two locations."""

    location: Location
    end_location: Location
    content: str


class FixRecord(TypedDict):
    """A change of the file that mends the finding."""

    title: str
    applicability: Annotated[
        Literal["safe", "unsafe", "display"],
        "`--fix` applies safe ones, `--unsafe-fixes` unsafe ones, nothing the rest.",
    ]
    edits: list[Edit]


class RelatedRecord(TypedDict):
    """A further place, perhaps in another file, that explains the finding."""

    filename: Annotated[str, "Absolute."]
    location: Location
    end_location: Location
    message: str


class FindingRecord(TypedDict):
    """What one rule says about one place."""

    rule: str
    family: str
    severity: SeverityName
    message: str
    filename: Annotated[str, "Absolute."]
    location: Location
    end_location: Annotated[Location, "Behind the last character."]
    url: Annotated[str, "The rule's page."]
    fix: FixRecord | None
    related: list[RelatedRecord]


def write(files: Sequence[Checked], out: TextIO) -> None:
    """Write an array of finding records."""
    out.write(json.dumps([record(source, finding) for source, finding in all_findings(files)], indent=2) + "\n")


def record(source: Source, finding: Finding) -> FindingRecord:
    """A finding as a record."""
    rule = rules()[finding.rule]
    return {
        "rule": rule.name,
        "family": rule.family,
        "severity": cast("SeverityName", severity_of(finding)),
        "message": finding.message,
        "filename": str(source.path),
        "location": _location(source, finding.span.start),
        "end_location": _location(source, finding.span.end),
        "url": rule.url,
        "fix": _fix(source, finding.fix) if finding.fix is not None else None,
        "related": [
            {
                "filename": str(related.path),
                "location": _location(related.source, related.span.start),
                "end_location": _location(related.source, related.span.end),
                "message": related.message,
            }
            for related in finding.related
        ],
    }


def _fix(source: Source, fix: Fix) -> FixRecord:
    edits = [_edit(source, span, content) for span, content in fix.edits]
    return {"title": fix.title, "applicability": fix.applicability.value, "edits": edits}


def _edit(source: Source, span: Span, content: str) -> Edit:
    return {
        "location": _location(source, span.start),
        "end_location": _location(source, span.end),
        "content": content,
    }


def _location(source: Source, offset: int) -> Location:
    row, column = source.position(offset)
    return {"row": row + 1, "column": column + 1}
