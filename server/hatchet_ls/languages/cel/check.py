"""A text to the engine's verdict."""

from __future__ import annotations

from hatchet_ls.languages.cel.checker import Checker
from hatchet_ls.languages.cel.environments import Environment
from hatchet_ls.languages.cel.parser import parse
from hatchet_ls.languages.cel.problems import Problem, ProblemKind
from hatchet_ls.languages.cel.tree import Node
from hatchet_ls.languages.cel.types import Type
from hatchet_ls.text.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hatchet_ls.languages.cel.suggestions import Rewrites


class Checked(NamedTuple):
    """What is known about an expression. The engine takes it when there are no problems."""

    text: str
    environment: Environment
    tree: Node
    """With holes where something is missing."""
    type: Type | None
    """What the engine's checker says that it gives; None when it is refused."""
    problems: tuple[Problem, ...]
    """Why the engine refuses it, by position; problems of types only when the syntax is right."""
    input_type: Type | None
    """What ``input`` is known to be, beyond what the engine declares."""
    checker: Checker
    output_type: Type | None = None
    """What ``output`` is known to be."""

    def type_of(self, node: Node) -> Type:
        """What the engine's checker says that a part gives; dynamic for what it does not look at."""
        return self.checker.final(node)


def check(
    text: str,
    environment: Environment,
    *,
    input_type: Type | None = None,
    output_type: Type | None = None,
    rewrites: Rewrites | None = None,
) -> Checked:
    """Parses and checks an expression as the engine does in one of its environments.

    ``input_type`` and ``output_type`` say what ``input`` and ``output`` are, for suggestions and for the modules that
    look beyond the engine's verdict; ``rewrites`` gives what a text in another language may be meant for. They never
    change the verdict. Raises nothing, takes time in proportion to the text. Source: cel-go and the engine's
    ``internal/cel``.
    """
    checked = _check(text, environment, input_type)._replace(output_type=output_type)
    if not checked.problems:
        return checked
    # Most expressions are right: what suggestions need is imported for one that is not.
    from hatchet_ls.languages.cel.suggestions import completed, verified

    problems = completed(checked)
    # A suggestion that helps nothing is worse than none.
    problems = verified(checked, problems, lambda repaired: _check(repaired, environment, input_type), rewrites)
    return checked._replace(problems=problems)


def _check(text: str, environment: Environment, input_type: Type | None) -> Checked:
    tree, problems = parse(text)
    checker = Checker(environment)
    try:
        kind: Type | None = checker.run(tree)
    except RecursionError:
        # Types of types can nest more deeply than the host leaves room for. Such a text is no one's expression.
        kind = None
    if not problems:
        complaints = sorted(checker.complaints, key=lambda complaint: complaint.position)
        problems = [
            Problem(found.span, found.message, found.kind, found.name, None, found.position) for found in complaints
        ]
    if problems and problems[0].kind is ProblemKind.LIMIT:
        problems = problems[:1]
    return Checked(text, environment, tree, None if problems else kind, tuple(problems), input_type, checker)
