"""Hovers on attributes, classes and functions of the SDK."""

from __future__ import annotations

from hatchet_ls.hatchet.facts import Class, Facts, Member, MemberKind
from hatchet_ls.hatchet.member_docs import MEMBER_DOCS
from hatchet_ls.hatchet.program import Access, Call, Program
from hatchet_ls.hover.words import one_line, owners, python, signature, since


def about_member(access: Access, program: Program) -> str | None:
    """An attribute of an SDK object; None when the SDK has none of that name or the project's subclass has its own."""
    if access.call is not None and access.call.overridden is not None:
        return None
    return _about(f"{access.owner}.{access.name}", program.facts)


def about_callable(call: Call, program: Program) -> str | None:
    """What a call of the SDK calls; None when the project's subclass has its own."""
    if call.overridden is not None:
        return None
    return _about(call.key, program.facts)


def _about(key: str, facts: Facts) -> str | None:
    owner, _, name = key.partition(".")
    if not name:
        cls = facts.classes.get(owner)
        if cls is not None:
            return _join(
                python(f"class {signature(cls.name, cls.parameters)}"), one_line(cls.docs), _class_facts(cls, facts)
            )
        function = facts.functions.get(owner)
        return _about_member(owner, function, facts) if function is not None else None
    member = facts.member(owner, name)
    return _about_member(key, member, facts) if member is not None else None


def _about_member(key: str, member: Member, facts: Facts) -> str:
    docs = one_line(member.docs) or next((text for each in owners(key, facts) if (text := MEMBER_DOCS.get(each))), "")
    lines = []
    if member.is_async:
        lines.append("- Asynchronous: `await` it")
    if version := since(key if "." in key else f"hatchet_sdk.{key}", facts):
        lines.append(f"- Since hatchet-sdk {version}")
    if member.deprecated:
        lines.append(f"- **Deprecated:** {one_line(member.deprecated)}")
    return _join(python(_head(key, member)), docs, "\n".join(lines))


def _head(key: str, member: Member) -> str:
    if member.kind is MemberKind.METHOD:
        word = "async def" if member.is_async else "def"
        return f"{word} {signature(key, member.parameters, member.result)}"
    result = f": {member.result}" if member.result else ""
    return f"({member.kind.value.replace('_', ' ')}) {key}{result}"


def _class_facts(cls: Class, facts: Facts) -> str:
    version = facts.since(cls.name)
    return f"- Since hatchet-sdk {version}" if version is not None else ""


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
