"""The rules, one module each, in one package per family."""

from hatchet_ls.rules.finding import Applicability, Finding, Fix, Related, Severity
from hatchet_ls.rules.registry import Rule, rule, rules

__all__ = ["Applicability", "Finding", "Fix", "Related", "Rule", "Severity", "rule", "rules"]
