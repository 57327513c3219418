"""What the SDK's docstrings say."""

from __future__ import annotations

import ast
import inspect
import re

_FIELD = re.compile(r"^\s*:(?P<kind>\w+)(?:\s+(?P<name>[^:]*))?:\s*(?P<text>.*)$")
_SECTION = re.compile(r"^(?P<title>Args|Arguments|Attributes|Parameters):\s*$")
_ENTRY = re.compile(r"^(?P<indent>\s+)(?P<name>\w+)\s*(?:\([^)]*\))?:\s*(?P<text>.*)$")


def docstring(node: ast.AST) -> str:
    """The docstring of a class or function, its indentation taken away; empty if none."""
    body: list[ast.stmt] = getattr(node, "body", [])
    text = body and constant_text(body[0].value) if body and isinstance(body[0], ast.Expr) else None
    return inspect.cleandoc(text) if text else ""


def constant_text(node: ast.expr | None) -> str | None:
    """The string that a literal says, f-strings with their holes as ``{name}``; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"
            for part in node.values
            if isinstance(part, (ast.Constant, ast.FormattedValue))
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = constant_text(node.left), constant_text(node.right)
        return None if left is None or right is None else left + right
    return None


def first_paragraph(text: str) -> str:
    """The first paragraph on one line; empty when the docstring begins with its fields."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.strip() or _FIELD.match(line) or _SECTION.match(line):
            break
        lines.append(line.strip())
    return " ".join(lines)


def parameter_docs(text: str) -> dict[str, str]:
    """The texts of ``:param name:`` fields and of an ``Args:`` or ``Attributes:`` section, each on one line."""
    docs: dict[str, str] = {}
    for name, lines in (*_fields(text), *_section(text)):
        docs.setdefault(name, " ".join(line.strip() for line in lines if line.strip()))
    return docs


def _fields(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    current: list[str] | None = None
    for line in text.splitlines():
        match = _FIELD.match(line)
        if match:
            current = None
            if match["kind"] in ("param", "parameter", "arg") and match["name"]:
                current = [match["text"]]
                found.append((match["name"].split()[-1], current))
        elif not line.strip() or line.lstrip().startswith(".. "):
            current = None
        elif current is not None:
            current.append(line)
    return found


def _section(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    inside, indent, current = False, "", None
    for line in text.splitlines():
        if not inside:
            inside = bool(_SECTION.match(line))
            continue
        if line.strip() and not line[0].isspace():
            break
        match = _ENTRY.match(line)
        if match and (not found or match["indent"] == indent):
            indent, current = match["indent"], [match["text"]]
            found.append((match["name"], current))
        elif line.strip() and current is not None:
            current.append(line)
    return found
