"""Annotations as code: most are run where they stand, some never."""

from __future__ import annotations

import re

from hatchet_ls.python.parse import Module, Node

_POSTPONED = re.compile(r"^from[ \t]+__future__[ \t]+import\b[\s\w,(]*\bannotations\b", re.MULTILINE)


def is_never_evaluated(module: Module, node: Node) -> bool:
    """Whether a node stands in an annotation that no release of Python evaluates of itself: any in a file that
    postpones them, and those of variables and attributes in the body of a function."""
    child, annotates_variable = _annotation(node)
    if child is None:
        return False
    if _POSTPONED.search(module.source.text) is not None:
        return True
    while annotates_variable and child.parent is not None:
        child = child.parent
        if child.type in ("funcdef", "classdef"):
            return bool(child.type == "funcdef")
    return False


def _annotation(node: Node) -> tuple[Node | None, bool]:
    """The annotation that a node is part of, and whether it is one of a variable or attribute."""
    while (parent := node.parent) is not None and parent.type not in ("suite", "file_input"):
        siblings = parent.children
        match parent.type:
            case "annassign" if node is siblings[1]:
                return node, True
            case "tfpdef" if node is siblings[2]:
                return node, False
            case "funcdef" if node is not siblings[-1] and siblings[siblings.index(node) - 1] == "->":
                return node, False
        node = parent
    return None, False
