"""Programs to findings: runs the rules, settles severities, leaves out what is suppressed."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from hatchet_ls.hatchet.program import Program
from hatchet_ls.rules import Finding, Rule, Severity, rules

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Selection:
    """Which rules speak, and how loud."""

    rules: frozenset[str] | None = None
    """Names of the rules that are on; None for all."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """The user's severity of a rule, over whatever the rule says itself."""


def check(program: Program, selection: Selection) -> list[Finding]:
    """All findings of one source, before suppressions, in the order of their places and names."""
    found: list[Finding] = []
    subjects = program.subjects
    for kind, group in _by_subject(program, selection).items():
        # Rule by rule on each subject, not subject by subject for each rule: what is in the processor's cache stays.
        for subject in subjects[kind]:
            for rule in group:
                for finding in _run(rule, subject, program):
                    grade = selection.severities.get(rule.name) or finding.severity or rule.severity
                    found.append(dataclasses.replace(finding, rule=rule.name, severity=grade))
    return sorted(dict.fromkeys(found), key=lambda finding: (finding.span, finding.rule, finding.message))


def _by_subject(program: Program, selection: Selection) -> dict[type, list[Rule]]:
    """The rules that are on, by what they are run on."""
    groups: dict[type, list[Rule]] = {}
    for rule in rules().values():
        if selection.rules is not None and rule.name not in selection.rules:
            continue
        if rule.sdk is None or program.facts.version >= rule.sdk:
            for subject in rule.subjects:
                groups.setdefault(subject, []).append(rule)
    return groups


def _run(rule: Rule, subject: object, program: Program) -> list[Finding]:
    """One rule's findings. A rule that raises is logged and silent: the others still run."""
    found: list[Finding] = []
    try:
        found += rule.check(subject, program) if rule.takes_program else rule.check(subject)
    except Exception:
        log.exception("rule %s failed on %s", rule.name, program.source.path)
    return found
