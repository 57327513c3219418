"""One line for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from hatchet_ls.cli.formats.report import Checked, all_findings, place, severity_of


def write(files: Sequence[Checked], out: TextIO) -> None:
    """Write ``path:row:column: severity[rule] message``."""
    for source, finding in all_findings(files):
        message = " ".join(finding.message.split())
        out.write(f"{place(source, finding.span)}: {severity_of(finding)}[{finding.rule}] {message}\n")
