"""What an accepted expression will do: on every run, and with a typed input."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from hatchet_ls.languages.cel.check import Checked, check
from hatchet_ls.languages.cel.environments import Environment
from hatchet_ls.languages.cel.runs import Run
from hatchet_ls.languages.cel.trap import Binding, Trap, TrapKind

_MOST_REMEMBERED = 500
_FAILURES = frozenset((TrapKind.JSON_NUMBER, TrapKind.FAILS))


def traps(checked: Checked, *, unbound: Collection[str] = (), empty: Collection[str] = ()) -> tuple[Trap, ...]:
    """What fails or never holds on every run, whatever the input is; nothing for a refused expression.

    ``unbound`` and ``empty`` are variables that a place does not bind, or binds to an object without fields, beyond
    what the environment says.
    """
    if checked.problems:
        return ()
    binding = Binding.without(unbound, empty)
    found = _without_models(checked.text, checked.environment, binding)
    if checked.input_type is None or not any(trap.kind in _FAILURES for trap in found):
        return _sorted(found)
    # What fails with any input fails with this one as well, and its type says better why.
    typed = {trap.span: trap for trap in Run(checked, binding, checked.input_type).traps if trap.kind in _FAILURES}
    return _sorted(
        [typed.get(trap.span, trap)._replace(kind=trap.kind) if trap.kind in _FAILURES else trap for trap in found]
    )


def hints(checked: Checked, *, unbound: Collection[str] = (), empty: Collection[str] = ()) -> tuple[Trap, ...]:
    """What the types of input and output tell beyond ``traps``; nothing without any, or for a refused expression."""
    if checked.problems or (checked.input_type is None and checked.output_type is None):
        return ()
    binding = Binding.without(unbound, empty)
    known = {trap.span for trap in _without_models(checked.text, checked.environment, binding)}
    typed = Run(checked, binding, checked.input_type, checked.output_type).traps
    return _sorted([trap for trap in typed if trap.span not in known])


@lru_cache(maxsize=_MOST_REMEMBERED)
def _without_models(text: str, environment: Environment, binding: Binding) -> tuple[Trap, ...]:
    """What is found in an accepted expression whatever the models are; both functions ask for it, edit after edit."""
    return tuple(Run(check(text, environment), binding, None).traps)


def _sorted(found: Iterable[Trap]) -> tuple[Trap, ...]:
    # One variable of a macro's range can be told more than once.
    return tuple(sorted(dict.fromkeys(found), key=lambda trap: trap.span))
