"""Findings in the words of LSP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.positions import to_range

if TYPE_CHECKING:
    from hatchet_ls.lsp.capabilities import Client
    from hatchet_ls.project.settings import SettingsProblem
    from hatchet_ls.rules import Finding
    from hatchet_ls.text import Source

SOURCE = "hatchet"
"""Who says it, in the client's list of problems."""

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


def to_diagnostic(finding: Finding, source: Source, client: Client, uri_of: Callable[[Path], str]) -> types.Diagnostic:
    """A finding of a source, with as much as the client can take. ``uri_of`` spells files as the client does."""
    from hatchet_ls.rules import rules

    rule = rules().get(finding.rule)
    return types.Diagnostic(
        range=to_range(source, finding.span, client.encoding),
        message=finding.message,
        severity=None if finding.severity is None else _SEVERITIES[finding.severity.value],
        code=finding.rule,
        code_description=types.CodeDescription(rule.url) if rule is not None and client.code_description else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Deprecated] if finding.deprecated and client.deprecated_tag else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(uri_of(related.path), to_range(related.source, related.span, client.encoding)),
                related.message,
            )
            for related in finding.related
        ]
        if finding.related and client.related_information
        else None,
        data={"rule": finding.rule, "fix": finding.fix.applicability.value if finding.fix else None}
        if client.diagnostic_data
        else None,
    )


def to_settings_diagnostic(problem: SettingsProblem, client: Client) -> types.Diagnostic:
    """Something wrong in a ``pyproject.toml``."""
    return types.Diagnostic(
        range=to_range(problem.source, problem.span, client.encoding),
        message=problem.message,
        severity=types.DiagnosticSeverity.Warning,
        source=SOURCE,
    )


def result_id(diagnostics: Sequence[types.Diagnostic]) -> str:
    """What is equal for equal diagnostics."""
    return blake2b(repr(diagnostics).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
