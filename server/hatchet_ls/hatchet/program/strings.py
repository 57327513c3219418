"""CEL expressions, and strings that become such."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from hatchet_ls.hatchet.cel_places import Place
from hatchet_ls.hatchet.cel_records import input_record, output_record
from hatchet_ls.hatchet.cel_rewrites import rewrites
from hatchet_ls.hatchet.models import InputModel
from hatchet_ls.hatchet.program.calls import Argument, Call
from hatchet_ls.hatchet.program.made import Task, Workflow
from hatchet_ls.languages.cel import ENVIRONMENTS, Checked, Environment, Record, check
from hatchet_ls.languages.cel.trap import Trap
from hatchet_ls.languages.cel.traps import hints, traps
from hatchet_ls.python.values import Known
from hatchet_ls.text import Span

_MOST_REMEMBERED = 500


@lru_cache(maxsize=_MOST_REMEMBERED)
def _verdict(text: str, environment: Environment) -> Checked:
    """What the engine's checker says: it knows no models, and most expressions stay as they are from edit to edit."""
    return check(text, environment)


@dataclass(frozen=True, eq=False)
class Expression:
    """A CEL expression: a known string in an argument that takes one. It is empty only where that is a mistake."""

    call: Call
    argument: Argument
    value: Known
    """The string, where it is written."""
    place: Place
    owners: tuple[Workflow | Task, ...]
    """The workflows and tasks of this source that use the object which the call makes (or make the call)."""
    parent: Task | None = None
    """Of a condition on a parent task, the parent; its output is what the expression sees."""

    @property
    def text(self) -> str:
        """The expression."""
        return str(self.value.value)

    @cached_property
    def input_model(self) -> InputModel | None:
        """The model of the input that it sees; None when it sees none, or its users do not agree on one."""
        models = [owner.input_model for owner in self.owners] if self.place.sees_input else []
        known = [model for model in models if model is not None]
        same = len({(id(model.source), model.span, model.given) for model in known}) == 1
        return known[0] if same and len(known) == len(models) else None

    @property
    def output_model(self) -> InputModel | None:
        """The model of the output that it sees, which is that of ``parent``; None when it sees none that is known."""
        return self.parent.output_model if self.parent is not None else None

    @cached_property
    def input_record(self) -> Record | None:
        """``input_model`` as a type of CEL."""
        return input_record(self.input_model) if self.input_model is not None else None

    @cached_property
    def output_record(self) -> Record | None:
        """``output_model`` as a type of CEL."""
        return output_record(self.output_model) if self.output_model is not None else None

    @cached_property
    def checked(self) -> Checked:
        """What the engine's checker says of it in its place."""
        environment = ENVIRONMENTS[self.place.environment]
        verdict = _verdict(self.text, environment)
        if not verdict.problems:
            return verdict._replace(input_type=self.input_record, output_type=self.output_record)
        return check(
            self.text,
            environment,
            input_type=self.input_record,
            output_type=self.output_record,
            rewrites=rewrites,
        )

    @cached_property
    def traps(self) -> tuple[Trap, ...]:
        """What the engine takes, and what fails or never holds whenever it is evaluated."""
        return traps(self.checked)

    @cached_property
    def hints(self) -> tuple[Trap, ...]:
        """What the models of input and output tell beyond that."""
        return hints(self.checked)

    @property
    def early(self) -> bool:
        """Whether it is fixed when the workflow is defined, rather than by code that a task runs."""
        return self.place.early and self.call.task is None


@dataclass(frozen=True, eq=False)
class Hole:
    """One part of a ``Template`` that Python fills in."""

    span: Span
    """Of the expression in it."""
    before: str
    """The text right before it, up to the hole before."""
    after: str
    """The text right after it, up to the next hole."""
    constant: bool
    """It is known, or reads as something that is set once for all: a name in capitals, settings, the environment."""


@dataclass(frozen=True, eq=False)
class Template:
    """A CEL expression that Python puts together: an f-string with holes, ``%`` or ``.format(...)``."""

    call: Call
    argument: Argument
    place: Place
    holes: tuple[Hole, ...]
    at_import: bool
    """It stands in a module's own code, or in a class's: it is put together once."""
