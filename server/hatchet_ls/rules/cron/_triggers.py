"""What crons start, and the input that they start it with."""

from __future__ import annotations

from collections.abc import Sequence

from hatchet_ls.hatchet.crons import takes_crons
from hatchet_ls.hatchet.models import InputModel
from hatchet_ls.hatchet.program import Call, Items, Known, Program, Task, Workflow

_NAMES = frozenset({"on_crons", "cron_input", "input_validator"})


def is_judged(call: Call) -> bool:
    """Whether the call makes what crons may start, by the SDK's own parameters, and no failure is expected there."""
    return takes_crons(call) and not (call.overridden or frozenset()) & _NAMES and not call.guarded


def has_crons(call: Call) -> bool:
    """Whether there is certainly a cron in ``on_crons``."""
    given = call.written("on_crons")
    match given.value if given is not None else None:
        case Known(Items(_, items)):
            return bool(items)
    return False


def has_no_crons(call: Call) -> bool:
    """Whether there is certainly none."""
    argument = call.argument("on_crons")
    if not argument.written:
        return call.omits("on_crons")
    match argument.value:
        case Known(None):
            return True
        case Known(Items(_, items) as found):
            return found.complete and not items
    return False


def input_model(call: Call, program: Program) -> InputModel | None:
    """What the input of what the call makes is; None when it is not known."""
    workflow = program.workflow_made_by(call)
    made: Sequence[Workflow | Task] = [workflow] if workflow is not None else program.tasks_made_by(call)
    return made[0].input_model if made else None
