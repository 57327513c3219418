"""Whether an expression gives what its place wants."""

from __future__ import annotations

from enum import Enum

from hatchet_ls.languages.cel.check import Checked
from hatchet_ls.languages.cel.possible import words
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.languages.cel.runs import Run
from hatchet_ls.languages.cel.trap import Binding
from hatchet_ls.languages.cel.tree import Conditional, Has, Index, Literal, Node, Select, dotted, ungroup, walk
from hatchet_ls.languages.cel.types import BOOL, DOUBLE, INT, NULL, STRING, TIMESTAMP, Type
from hatchet_ls.languages.cel.unify import is_wild
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


class Demand(Enum):
    """What a place of the engine wants."""

    STRING = "a string"
    BOOL = "a boolean"
    NUMBER = "an int or a double"


class Verdict(Enum):
    """How sure it is that the place gets what it wants."""

    FITS = "fits"
    DYNAMIC = "dynamic"
    """Only the run can tell."""
    MISMATCH = "mismatch"
    """The engine's own type is another: every run fails."""
    INPUT_MISMATCH = "input-mismatch"
    """The engine does not know the type; with this input or output it is another."""
    MAY_BE_NULL = "may-be-null"
    """With this input or output it may be null, and then the run fails."""


class Judgement(NamedTuple):
    """The verdict, and a sentence for every verdict but the first two."""

    verdict: Verdict
    message: str = ""
    suggestion: Replacement | None = None


_ACCEPTED = {Demand.STRING: (STRING,), Demand.BOOL: (BOOL,), Demand.NUMBER: (INT, DOUBLE)}


def judge(checked: Checked, demand: Demand) -> Judgement:
    """What a place that wants one of the demands makes of an accepted expression; a refused one is dynamic."""
    kind = checked.type
    if kind is None:
        return Judgement(Verdict.DYNAMIC)
    if is_wild(kind):
        return _judge_values(checked, demand)
    if kind in _ACCEPTED[demand] or (kind.name == "wrapper" and kind.parameters[0] in _ACCEPTED[demand]):
        return Judgement(Verdict.FITS)
    message = f"the expression gives `{kind}` where the engine wants {demand.value}: every run fails"
    return Judgement(Verdict.MISMATCH, message, _converted(checked, demand, kind))


def _judge_values(checked: Checked, demand: Demand) -> Judgement:
    run = Run(checked, Binding(), checked.input_type, checked.output_type)
    values = run.values[checked.tree]
    accepted = _ACCEPTED[demand]
    if not any(is_wild(kind) or kind in accepted for kind in values):
        seen = "input" if checked.output_type is None else "output"
        message = f"with this {seen} the expression gives {words(values)} where the engine wants {demand.value}"
        suggestion = None
        if demand is Demand.STRING and len(values) == 1 and values[0] in (DOUBLE, BOOL):
            model = run.models.get(ungroup(checked.tree))
            inner = f"int({checked.text.strip()})" if model is not None and model.type is INT else checked.text.strip()
            suggestion = Replacement(Span(0, len(checked.text)), f"string({inner})")
        return Judgement(Verdict.INPUT_MISMATCH, message, suggestion)
    model = run.models.get(ungroup(checked.tree))
    if model is not None and model.optional and NULL in values:
        source = checked.text.strip()
        message = f"`{source}` may be null, and the engine wants {demand.value}"
        return Judgement(Verdict.MAY_BE_NULL, message, _with_default(checked, demand))
    if (field := _only_there(run, checked)) is not None:
        source = checked.text[field.start : field.end]
        message = f"`{source}` may be null, which `has({source})` lets through, and the engine wants {demand.value}"
        return Judgement(Verdict.MAY_BE_NULL, message, _and_not_null(checked, source))
    return Judgement(Verdict.DYNAMIC)


def _only_there(run: Run, checked: Checked) -> Node | None:
    """A field that may be null and is a result once ``has()`` says that it is there; nothing else looks at it."""
    if not run.tested:
        return None
    results = [node for node in _results(checked.tree) if node in run.models and run.models[node].optional]
    fields = [(node, run.spelled(node)) for node in walk(checked.tree) if isinstance(node, Select | Index)]
    tested = {spelled for node, spelled in fields if node in run.tested}
    looked_at = {spelled for node, spelled in fields if node not in run.tested and node not in results}
    return next((node for node in results if run.spelled(node) in tested - looked_at), None)


def _results(tree: Node) -> list[Node]:
    """What an expression gives, in one case or the other."""
    found: list[Node] = []
    waiting = [tree]
    while waiting:
        node = ungroup(waiting.pop())
        if isinstance(node, Conditional):
            waiting += [node.otherwise, node.then]
        else:
            found.append(node)
    return found


def _and_not_null(checked: Checked, field: str) -> Replacement | None:
    choice = ungroup(checked.tree)
    test = ungroup(choice.condition) if isinstance(choice, Conditional) else None
    return Replacement(Span(test.end, test.end), f" && {field} != null") if isinstance(test, Has) else None


def _with_default(checked: Checked, demand: Demand) -> Replacement | None:
    source = checked.text.strip()
    if demand is not Demand.STRING or dotted(checked.tree) is None:
        return None
    return Replacement(Span(0, len(checked.text)), f"{source} != null ? {source} : 'none'")


def _converted(checked: Checked, demand: Demand, kind: Type) -> Replacement | None:
    if demand is Demand.STRING and (kind in (INT, DOUBLE, BOOL, TIMESTAMP)):
        return Replacement(Span(0, len(checked.text)), f"string({checked.text.strip()})")
    if demand is Demand.NUMBER and kind is STRING:
        return _without_quotes(checked)
    literal = ungroup(checked.tree)
    if demand is Demand.BOOL and isinstance(literal, Literal) and literal.value in ("true", "false"):
        return Replacement(literal.span, str(literal.value))
    return None


def _without_quotes(checked: Checked) -> Replacement | None:
    """``input.paid ? '10' : '1'`` with the quotes taken off its numbers."""
    leaves: list[Literal] = []
    for node in _results(checked.tree):
        if not isinstance(node, Literal) or not str(node.value).isascii() or not str(node.value).isdigit():
            return None
        leaves.append(node)
    leaves.sort(key=lambda leaf: leaf.start)
    start = place = leaves[0].start
    parts: list[str] = []
    for leaf in leaves:
        parts += (checked.text[place : leaf.start], str(leaf.value))
        place = leaf.end
    return Replacement(Span(start, place), "".join(parts))
