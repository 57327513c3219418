"""What a method of the project's makes of the parameters of the library's method that it overrides."""

from __future__ import annotations

from hatchet_ls.python.parse import Node, walk

ANY = "**"
"""Stands for all parameters."""


def redefined(function: Node) -> frozenset[str]:
    """The parameters that it may give another meaning: its own, and all of them (``ANY``) when it does more with its
    ``**kwargs`` than to hand them on as they are."""
    parameters = function.get_params()
    names = frozenset(each.name.value for each in parameters)
    rest = next((each.name.value for each in parameters if each.star_count == 2), None)
    uses = [each for each in walk(function.children[-1]) if each.type == "name" and each.value == rest]
    return names if all(_handed_on(each, names) for each in uses) else names | {ANY}


def _handed_on(use: Node, names: frozenset[str]) -> bool:
    """Whether a call takes it as ``**kwargs``, and sets nothing else."""
    argument = use.parent
    if argument.type != "argument" or argument.children[0] != "**":
        return False
    beside = argument.parent.children if argument.parent.type == "arglist" else [argument]
    keywords = [each.children[0] for each in beside if each.type == "argument" and each.children[1] == "="]
    return all(keyword.value in names for keyword in keywords)
