"""Attributes that the bodies of the SDK's classes declare: fields, class variables, enum members."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hatchet_ls.hatchet.facts import ClassKind, MemberKind
from hatchet_ls.hatchet.facts_annotations import dotted_name
from hatchet_ls.hatchet.facts_docs import constant_text, docstring, parameter_docs
from hatchet_ls.hatchet.facts_signature import field_parameter
from hatchet_ls.hatchet.facts_source import Definition


@dataclass(frozen=True)
class DeclaredField:
    """One attribute that a class body declares."""

    name: str
    kind: MemberKind
    annotation: ast.expr | None
    docs: str
    deprecated: str | None = None


def fields_of(owner: Definition, kind: ClassKind) -> Iterator[DeclaredField]:
    """The public attributes that the class's own body declares."""
    assert isinstance(owner.node, ast.ClassDef)
    documented = parameter_docs(docstring(owner.node))
    body = owner.node.body
    for index, statement in enumerate(body):
        following = body[index + 1] if index + 1 < len(body) else None
        below = constant_text(following.value) if isinstance(following, ast.Expr) else None
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            field = field_parameter(statement, owner.module, {})
            docs = below or (field[1] if field else "") or documented.get(name, "")
            warned = field[0].deprecated if field else None
            is_member = kind is ClassKind.ENUM and statement.value is not None
            declared = MemberKind.ENUM_MEMBER if is_member else MemberKind.FIELD
            fields = [DeclaredField(name, declared, statement.annotation, " ".join(docs.split()), warned)]
        elif isinstance(statement, ast.Assign):
            declared = MemberKind.ENUM_MEMBER if kind is ClassKind.ENUM else MemberKind.FIELD
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            docs = " ".join((below or "").split())
            fields = [DeclaredField(name, declared, None, docs or documented.get(name, "")) for name in names]
        elif isinstance(statement, ast.ClassDef):
            fields = [DeclaredField(statement.name, MemberKind.FIELD, None, "")]
        else:
            continue
        yield from (field for field in fields if not field.name.startswith("_") and field.name != "model_config")


def is_field(node: ast.AST, name: str) -> bool:
    """Whether a class body declares the attribute."""
    for statement in getattr(node, "body", []):
        if isinstance(statement, ast.AnnAssign) and dotted_name(statement.target) == name:
            return True
    return False


def is_class_variable(annotation: ast.expr) -> bool:
    """Whether an annotation says ``ClassVar``."""
    head = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return dotted_name(head).rpartition(".")[2] == "ClassVar"


def statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement of a body and of the blocks in it; those of nested functions and classes are left out."""
    for statement in body:
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for block in ("body", "orelse", "finalbody"):
            yield from statements(getattr(statement, block, []))
        for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
            yield from statements(part.body)
