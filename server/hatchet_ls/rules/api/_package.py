"""Names that the package ``hatchet_sdk`` does not have, and what is meant by them."""

from __future__ import annotations

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program import PackageName
from hatchet_ls.rules import Applicability, Fix
from hatchet_ls.rules.api._keywords import is_of_another_release, of_another_release
from hatchet_ls.rules.api._members import Advice
from hatchet_ls.rules.api._spelling import Likeness, guess
from hatchet_ls.text import Edit


def is_lacking(name: PackageName, facts: Facts) -> bool:
    """Whether the package certainly does not have the name."""
    if name.name == "*":
        return bool(facts.lacking) and not facts.open
    return not facts.may_have(name.name)


def describe_lacking(name: PackageName, facts: Facts) -> str:
    """What happens for want of the name."""
    if name.name == "*":
        listed = min(facts.lacking)
        return (
            f"`import *` raises `AttributeError`: `hatchet_sdk` lists `{listed}` in its `__all__`, but has no such name"
        )
    raised = "ImportError" if name.imported else "AttributeError"
    return f"`hatchet_sdk` has no `{name.name}`: it raises `{raised}`"


def advise_name(name: PackageName, facts: Facts) -> Advice:
    """What is meant by the name."""
    if name.name == "*":
        return Advice("import the names that are used")
    lifetime = facts.history.get(f"hatchet_sdk.{name.name}")
    other = lifetime if lifetime is not None and is_of_another_release(lifetime, facts) else None
    inside = facts.classes.get(name.name)
    if inside is not None:
        newer = f", only from {other.since} on in `hatchet_sdk` itself" if other and other.since > facts.version else ""
        return Advice(f"it is in `{inside.module}`{newer}")
    if other is not None:
        return Advice(f"it {of_another_release(other, facts)}")
    match guess(name.name, [*facts.exports]):
        case meant, Likeness.SAME:
            # `hatchet_sdk.ratelimit` may be the module, too.
            sure = guess(name.name, [*facts.others]) is None
            applicability = Applicability.SAFE if sure else Applicability.UNSAFE
            return Advice(f"it is `{meant}`", _rename(name, meant, applicability))
        case meant, likeness:
            rename = _rename(name, meant, Applicability.UNSAFE) if likeness is Likeness.TYPO else None
            return Advice(f"did you mean `{meant}`?", rename)
    return Advice()


def _rename(name: PackageName, meant: str, applicability: Applicability) -> Fix | None:
    """None for what the source uses by the name that it imports: all of that would have to change."""
    return Fix(f"Replace with `{meant}`", (Edit(name.span, meant),), applicability) if name.renamed else None
