"""Attributes that an object of the SDK does not have, and what is meant by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hatchet_ls.hatchet.facts import Class, Facts, Member, MemberKind
from hatchet_ls.hatchet.program import Access, Argument, BodyCall, Known, Object
from hatchet_ls.rules import Applicability, Fix
from hatchet_ls.rules.api._fitting import takes
from hatchet_ls.rules.api._keywords import display, is_of_another_release, of_another_release
from hatchet_ls.rules.api._replacements import BY_NAME, CHILD_RUNS, MEMBERS, Instead
from hatchet_ls.rules.api._spelling import Likeness, guess, snake_case
from hatchet_ls.text import Edit, Span

# Where else to look for the attribute.
_RELATED = {
    "Hatchet": ("Workflow",),
    "Task": ("Standalone", "Workflow"),
    "Standalone": ("Workflow",),
    "Workflow": ("Hatchet", "Standalone"),
    "Worker": ("Hatchet",),
}
_ASYNC = re.compile(r"(?:a|aio|async)_?(\w+)|(\w+)_(?:aio|async)")
_AWAIT = re.compile(r"\bawait\s+\Z")
_CHAIN = re.compile(r"(?:\s*\.\s*[A-Za-z_]\w*)*")


@dataclass(frozen=True, slots=True)
class Advice:
    """What is meant by an attribute that is not there."""

    text: str = ""
    fix: Fix | None = None


def is_certainly_missing(access: Access, facts: Facts) -> bool:
    """Whether the facts know all attributes of the class, and this is none of them.

    Private names are nobody's promise; a method of the durable context on a plain one has a rule of its own.
    """
    cls = facts.classes.get(access.owner)
    if cls is None or cls.has(access.name):
        return False
    return not (access.owner == "Context" and _belongs_to_durable(access.name, facts))


def _belongs_to_durable(name: str, facts: Facts) -> bool:
    if facts.member("DurableContext", name) is not None:
        return True
    return f"DurableContext.{name}" in facts.history and f"Context.{name}" not in facts.history


def advise_member(access: Access, facts: Facts) -> Advice:
    """What is meant by the attribute."""
    cls = facts.classes[access.owner]
    chain = _chain(access)
    for names, end in reversed(chain):
        written = ".".join(names)
        if instead := _documented(cls, written):
            stubs = instead.by_name and facts.member("Hatchet", "stubs") is not None
            text = instead.text + (BY_NAME if stubs else "")
            return Advice(text, _replace(access, cls, end, instead.rename, Applicability.SAFE))
        if written in CHILD_RUNS and "Context" in (cls.name, *cls.bases):
            return _run_child(access, end, CHILD_RUNS[written])
    if access.name == "aio" and len(chain) > 1:
        name = f"aio_{chain[1][0][1]}"
        if name in cls.members:
            return Advice(f"it is `{name}`", _replace(access, cls, chain[1][1], name, Applicability.SAFE))
    for base in (cls.name, *cls.bases):
        lifetime = facts.history.get(f"{base}.{access.name}")
        if lifetime is not None and is_of_another_release(lifetime, facts):
            return Advice(f"it {of_another_release(lifetime, facts)}")
    return _spelled_alike(access, cls, facts)


def _documented(cls: Class, chain: str) -> Instead | None:
    for base in (cls.name, *cls.bases):
        if instead := MEMBERS.get((base, chain)):
            return instead
    return None


def _chain(access: Access) -> list[tuple[tuple[str, ...], int]]:
    """The attribute and the attributes after it as they are written: ``aio``, ``aio.run_child``, each with its end."""
    found: list[tuple[tuple[str, ...], int]] = [((access.name,), access.span.end)]
    text = access.source.text
    matched = _CHAIN.match(text, access.span.end)
    for name in re.finditer(r"\w+", matched.group() if matched else ""):
        found.append(((*found[-1][0], name.group()), access.span.end + name.end()))
    return found


def _replace(access: Access, cls: Class, end: int, name: str | None, applicability: Applicability) -> Fix | None:
    """Write another attribute (or chain) in the place of this one, when the rest of the line fits it."""
    if name is None:
        return None
    edits = [Edit(Span(access.span.start, end), name)]
    member = cls.members.get(name)
    if "." not in name:
        called, awaited = _use(access, end)
        if member is None or called != (member.kind is MemberKind.METHOD) or (awaited and not member.is_async):
            return None
        call = _body_call(access) if called else None
        if call is not None and not takes(member, call):
            applicability = Applicability.UNSAFE
        if member.is_async and not awaited:
            if call is None or not call.discarded or access.task is None or access.task.function is None:
                return None
            if not access.task.function.is_async:
                return None
            edits.insert(0, Edit(Span(call.span.start, call.span.start), "await "))
    return Fix(f"Replace with `{name}`", tuple(edits), applicability)


def _use(access: Access, end: int) -> tuple[bool, bool]:
    """Whether the chain that ends there is called, and whether that is awaited."""
    if end == access.span.end:
        return access.called, access.awaited
    text = access.source.text
    return text[end : end + 1] == "(", _AWAIT.search(text, 0, access.owner_span.start) is not None


def _spelled_alike(access: Access, cls: Class, facts: Facts) -> Advice:
    members = {name: member for name, member in cls.members.items() if not name.startswith("_")}
    awaited = [name for name, member in members.items() if access.called and access.awaited and member.is_async]
    plain = [name for name in members if not name.startswith("aio_")]
    match _asyncio_method(access.name, members) or guess(access.name, awaited) or guess(access.name, [*members], plain):
        case name, likeness:
            pass
        case _:
            return _related(access, facts) or Advice()
    if likeness is Likeness.SAME:
        return Advice(f"it is `{name}`", _replace(access, cls, access.span.end, name, Applicability.SAFE))
    if likeness is not Likeness.TYPO and (related := _related(access, facts)):
        return related
    if members[name].deprecated is not None:
        return Advice(f"did you mean `{name}`, which is deprecated?")
    rename = name if likeness is not Likeness.SHORTER else None
    return Advice(f"did you mean `{name}`?", _replace(access, cls, access.span.end, rename, Applicability.UNSAFE))


def _asyncio_method(name: str, members: Mapping[str, Member]) -> tuple[str, Likeness] | None:
    """``aio_run``, by the other ways to name it: ``arun``, ``async_run``, ``run_async``."""
    matched = _ASYNC.fullmatch(snake_case(name))
    meant = f"aio_{matched[1] or matched[2]}" if matched else ""
    return (meant, Likeness.TYPO) if meant in members else None


def _related(access: Access, facts: Facts) -> Advice | None:
    for owner in _RELATED.get(access.owner, ()):
        if facts.member(owner, access.name) is not None:
            if access.owner == "Task":
                return Advice("a task of a workflow has no runs of its own, run the workflow or use `@hatchet.task()`")
            return Advice(f"it belongs to `{owner}`: `{display(f'{owner}.{access.name}')}`")
    return None


def _run_child(access: Access, end: int, method: str) -> Advice:
    """``ctx.aio.run_child(child, x)`` is ``child.aio_run(x)``."""
    call = _body_call(access)
    child = call.arguments[0] if call is not None and call.arguments else None
    if call is None or child is None or child.keyword_span is not None or isinstance(_plain(child), str):
        return Advice(f"run the child itself: `await child.{method}(...)`")
    source = access.source
    text = source.slice(child.span)
    rest = call.arguments[1].keyword_span or call.arguments[1].span if len(call.arguments) > 1 else None
    after = rest.start if rest is not None else _end_of_argument(access, child.span.end)
    advice = f"run the child itself: `await {text}.{method}(...)`"
    path = value.path if isinstance(value := _plain(child), Object) else ""
    is_first = source.text[end : child.span.start].strip() == "("
    is_name = re.fullmatch(r"[\w.]+", text) is not None
    if path.endswith(".Task()") or not is_first or not is_name or "#" in source.text[child.span.end : after]:
        return Advice(advice)
    edits = (
        Edit(Span(access.owner_span.start, end), f"{text}.{method}"),
        Edit(Span(child.span.start, after), ""),
    )
    fits = path.endswith((".Standalone()", ".Workflow()")) and call.awaited and len(call.arguments) <= 2
    return Advice(advice, Fix(f"Run `{text}` itself", edits, Applicability.SAFE if fits else Applicability.UNSAFE))


def _plain(argument: Argument) -> object:
    return argument.value.value if isinstance(argument.value, Known) else None


def _end_of_argument(access: Access, end: int) -> int:
    """Past a trailing comma."""
    matched = re.compile(r"\s*,?\s*").match(access.source.text, end)
    return matched.end() if matched else end


def _body_call(access: Access) -> BodyCall | None:
    """The call of the attribute (or of the chain that begins with it), when it stands in a task's body."""
    function = access.task.function if access.task is not None else None
    if function is None or function.source is not access.source:
        return None
    calls = (
        call
        for call in function.calls()
        if not call.trail and call.span.start == access.owner_span.start and call.span.contains(access.span)
    )
    # Of `ctx.wait_for(...).result()` it is the shorter one.
    return min(calls, key=lambda call: call.span.end, default=None)
