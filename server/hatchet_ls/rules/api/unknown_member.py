"""
Checks for attributes that an object of the SDK, or the package itself, does not have.

## What happens
`AttributeError`, when the line is reached: for the members of an enum in a decorator at import, in `main` when the
worker starts, in the body of a task at run, where the attempt fails and its retries fail the same way. For
`StickyStrategy["NAME"]` it is `KeyError`, for `from hatchet_sdk import Name` it is `ImportError` at import. All
releases so far refuse `from hatchet_sdk import *`: their `__all__` lists names that they do not have.

What the objects have comes from the SDK that is installed in the project's environment. The message says what is meant,
when that can be told: the documented name, the release that brought it or took it away, another object that has it, or
a name that is spelled alike. Well-known cases are names of other Hatchet SDKs (`worker.start_blocking()`), of the 0.x
SDK (`ctx.spawn_workflow`), and `.aio` before a method, which is `aio_` in its name today.

Where no SDK is found, and nothing is known of what is meant, it is a warning: a release that is newer than the bundled
facts may have the name.

Silent on assignments and on what the file replaces (`patch.object(hatchet, "event")`), on subclasses of one's own, on
private names and on those of mocks (`assert_called_once`), where failure is expected (`except AttributeError`,
`# type: ignore`), in branches for other releases (`if hasattr(hatchet, ...)`, `if version("hatchet-sdk") < ...`), and
in annotations that Python does not evaluate: all under `from __future__ import annotations`, and those of variables in
functions.

A method that only the durable context has is left to `durable-method-on-plain-task`.

## Example
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()


def main() -> None:
    worker = hatchet.worker("orders")
    worker.start_blocking()  # error: [unknown-member]


main()
```

## Use instead
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()


def main() -> None:
    worker = hatchet.worker("orders")
    worker.start()


if __name__ == "__main__":
    main()
```

## Fix safety
Safe when the replacement is documented, or differs only in case and underscores, and the rest of the line fits it. A
name that is imported is only renamed where it is imported `as` another one.
Unsafe when the name is merely spelled alike, when the arguments may have to change as well, and when it cannot be seen
that the child of `ctx.aio.run_child(child, ...)` can be run like that.

## References
- https://docs.hatchet.run/v1/workers
- https://docs.hatchet.run/v1/child-spawning
- https://docs.hatchet.run/v1/migrating/migration-guide-python
- `hatchet_sdk.Worker`
- `hatchet_sdk.Context`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.facts import ClassKind
from hatchet_ls.hatchet.program import Access, PackageName, Program
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.api._keywords import doubt
from hatchet_ls.rules.api._members import Advice, advise_member, is_certainly_missing
from hatchet_ls.rules.api._narrowing import is_looked_for, is_of_a_mock, may_be_of_a_subclass
from hatchet_ls.rules.api._package import advise_name, describe_lacking, is_lacking
from hatchet_ls.text import Span


@rule(severity=Severity.ERROR, since="0.1.0")
def unknown_member(taken: Access | PackageName, program: Program) -> Iterator[Finding]:
    """An attribute that the object's class or the package, as the facts know it, does not have, and that nobody gives
    it here."""
    if isinstance(taken, PackageName):
        yield from _of_the_package(taken, program)
    else:
        yield from _of_an_object(taken, program)


def _of_the_package(name: PackageName, program: Program) -> Iterator[Finding]:
    if not is_lacking(name, program.facts) or name.guarded or is_looked_for(program.source, name.name):
        return
    yield _finding(name.span, describe_lacking(name, program.facts), advise_name(name, program.facts), program)


def _of_an_object(access: Access, program: Program) -> Iterator[Finding]:
    if access.stored or access.subclassed or not is_certainly_missing(access, program.facts) or access.guarded:
        return
    if is_of_a_mock(access.name) or is_looked_for(access.source, access.name):
        return
    if may_be_of_a_subclass(access.source, access.owner_span):
        return
    owner = program.facts.classes[access.owner]
    kind = "member" if owner.kind is ClassKind.ENUM else "attribute"
    raised = "KeyError" if access.subscript else "AttributeError"
    said = f"`{access.owner}` has no {kind} `{access.name}`: it raises `{raised}`"
    yield _finding(access.span, said, advise_member(access, program.facts), program)


def _finding(span: Span, said: str, advice: Advice, program: Program) -> Finding:
    doubtful = doubt(program.facts, advice.text)
    more = advice.text or doubtful
    severity = Severity.WARNING if doubtful else None
    return Finding(span, f"{said}; {more}" if more else said, advice.fix, severity=severity)
