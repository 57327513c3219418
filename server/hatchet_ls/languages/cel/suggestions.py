"""What to write instead of what the engine refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from hatchet_ls.languages.cel.checker import Complaint
from hatchet_ls.languages.cel.functions import MACROS, STRINGS
from hatchet_ls.languages.cel.names import CONSTANTS, FUNCTIONS, HOLDERS, NEGATION, VARIABLES, nearest
from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement, Rewrite, apply_all
from hatchet_ls.languages.cel.runs import Run
from hatchet_ls.languages.cel.trap import Binding
from hatchet_ls.languages.cel.tree import (
    Binary,
    Call,
    Conditional,
    Index,
    Literal,
    Logical,
    Name,
    Node,
    Select,
    Unary,
    ungroup,
    walk,
)
from hatchet_ls.languages.cel.types import BOOL, DOUBLE, DURATION, INT, STRING, TIMESTAMP, UINT, Record
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hatchet_ls.languages.cel.check import Checked

_MOST_TRIED = 8
"""How many suggestions of one text are tried one by one."""
_HYPHENATED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")

_OF_NAMES = frozenset((ProblemKind.UNDECLARED_VARIABLE, ProblemKind.HYPHENATED_FIELD, ProblemKind.UNKNOWN_FUNCTION))

Recheck = Callable[[str], "Checked"]
Rewrites = Callable[[str], Iterable[Rewrite]]
"""The texts that a text which is no CEL at all may be meant for, the likeliest first."""


def completed(checked: Checked) -> tuple[Problem, ...]:
    """The problems of a refused expression with what may be meant."""
    problems = checked.problems
    if problems[0].kind in (ProblemKind.SYNTAX, ProblemKind.LIMIT):
        return problems
    # A text with many unknown names is not one with a slip in it.
    complaints = sorted(checked.checker.complaints, key=lambda complaint: complaint.position)
    finder = _Finder(checked)
    return tuple(
        finder.completed(problem, complaint) if place < _MOST_TRIED else problem
        for place, (problem, complaint) in enumerate(zip(problems, complaints, strict=True))
    )


def verified(
    checked: Checked, problems: tuple[Problem, ...], recheck: Recheck, rewrites: Rewrites | None
) -> tuple[Problem, ...]:
    """The problems with only those suggestions that lead to an expression which the engine takes, or towards one."""
    if problems[0].kind is ProblemKind.SYNTAX and not any(problem.suggestion for problem in problems):
        return _rewritten(checked.text, problems, recheck, rewrites) if rewrites is not None else problems
    with_suggestion = [problem for problem in problems if problem.suggestion is not None][:_MOST_TRIED]
    if not with_suggestion:
        return problems
    together = apply_all(checked.text, [problem.suggestion for problem in with_suggestion if problem.suggestion])
    if not recheck(together).problems:
        kept = set(with_suggestion)
    else:
        tried = {
            problem: recheck(problem.suggestion.apply(checked.text))
            for problem in with_suggestion
            if problem.suggestion
        }
        kept = {problem for problem, after in tried.items() if not after.problems}
        kept = kept or {problem for problem, after in tried.items() if _leads_on(problems, after)}
    return tuple(problem if problem in kept else problem._replace(suggestion=None) for problem in problems)


def _rewritten(text: str, problems: tuple[Problem, ...], recheck: Recheck, rewrites: Rewrites) -> tuple[Problem, ...]:
    whole = Span(0, len(text))
    for rewrite in rewrites(text):
        after = recheck(rewrite.text)
        if not after.problems:
            is_sure = not rewrite.wants_bool or _begins_with_bool(after)
            first = problems[0]._replace(suggestion=Replacement(whole, rewrite.text, is_sure))
            return (first._replace(span=whole, message=rewrite.message),) if rewrite.message else (first, *problems[1:])
    return problems


def _leads_on(before: Sequence[Problem], after: Checked) -> bool:
    """Whether there is less to do after a suggestion, and nothing that comes of it."""
    if before[0].kind is not ProblemKind.SYNTAX:
        return len(after.problems) < len(before)
    # Types are told only once the syntax is right, and a word that becomes an operator may stand between other types.
    kinds = {complaint.kind for complaint in after.checker.complaints}
    left, wrong = (sum(each.kind is ProblemKind.SYNTAX for each in problems) for problems in (after.problems, before))
    return left < wrong and kinds <= _OF_NAMES and after.problems[0].kind is not ProblemKind.LIMIT


def _begins_with_bool(checked: Checked) -> bool:
    tree = ungroup(checked.tree)
    values = Run(checked, Binding(), checked.input_type).values
    return isinstance(tree, Conditional) and values[tree.condition] == (BOOL,)


class _Hyphen(NamedTuple):
    """``input.user-id`` as the engine reads it."""

    left: Select
    minus: int
    """Where the hyphen before the name stands."""
    field: str
    """With all its hyphens."""


class _Finder:
    """Finds what may be meant in one refused expression."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.text = checked.text
        self.environment = checked.environment
        self.parents: Mapping[Node, Node] = {child: node for node in walk(checked.tree) for child in node.children}

    def completed(self, problem: Problem, complaint: Complaint) -> Problem:
        node = complaint.node
        if problem.kind is ProblemKind.UNDECLARED_VARIABLE and isinstance(node, Name):
            hyphen = self._hyphen(node)
            told = self._hyphenated(problem, node, hyphen) if hyphen is not None else None
            return told or problem._replace(suggestion=self._variable(node, complaint.locals))
        if problem.kind is ProblemKind.UNKNOWN_FUNCTION and isinstance(node, Call):
            return self._unknown_function(problem, node)
        if problem.kind is ProblemKind.NO_OVERLOAD:
            return problem._replace(suggestion=self._fitting(node))
        return problem

    def _source(self, node: Node) -> str:
        return self.text[node.start : node.end]

    # Variables

    def _hyphen(self, node: Name) -> _Hyphen | None:
        """The subtraction without spaces of which a name is a part: ``input.user-id``."""
        right: Node = node
        parent = self.parents.get(right)
        while parent is not None and not isinstance(parent, Binary):
            if not isinstance(parent, (Select, Index, Call)) or parent.start != right.start:
                return None
            right, parent = parent, self.parents.get(parent)
        left: Node | None = parent
        while isinstance(left, Binary):
            if left.operator != "-" or left.left.end != left.position or left.right.start != left.position + 1:
                return None
            left = left.left
        if not isinstance(left, Select) or not isinstance(parent, Binary) or parent.start == right.start or left.quoted:
            return None
        end = left.field_span.start
        while end < len(self.text) and self.text[end] in _HYPHENATED:
            end += 1
        return _Hyphen(left, parent.position, self.text[left.field_span.start : end].rstrip("-"))

    def _hyphenated(self, problem: Problem, node: Name, hyphen: _Hyphen) -> Problem | None:
        """The problem of a field with a hyphen; None where the model says that it is a subtraction."""
        left, minus, field = hyphen
        owner = self._record(left.operand)
        fields = owner.fields if owner is not None else {}
        key = f"['{field}']"
        whole = Span(left.position, left.field_span.start + len(field))
        suggestion: Replacement | None = Replacement(whole, key)
        told = f"a field with a hyphen is `{key}`"
        if owner is not None and field not in fields:
            if left.field in fields:
                if node.name not in fields:
                    return None
                other = f" - {self._source(left.operand)}.{node.name}"
                return problem._replace(suggestion=Replacement(Span(minus, node.end), other))
            plain = field.replace("-", "_")
            if plain in fields:
                told = f"`{self._source(left.operand)}` has `{plain}`"
                suggestion = Replacement(whole, f".{plain}", is_sure=False)
            else:
                suggestion = None if owner.closed else Replacement(whole, key, is_sure=False)
        message = f"{problem.message}: `-` is a subtraction, and {told}"
        return problem._replace(kind=ProblemKind.HYPHENATED_FIELD, message=message, suggestion=suggestion)

    def _record(self, node: Node) -> Record | None:
        """The model of an object, where the input's tells it."""
        if self.checked.input_type is None:
            return None
        values = Run(self.checked, Binding(), self.checked.input_type).values[node]
        return values[0] if len(values) == 1 and isinstance(values[0], Record) else None

    def _variable(self, node: Name, local: tuple[str, ...]) -> Replacement | None:
        name = node.name.lstrip(".")
        variables = self.environment.variables
        if name in CONSTANTS:
            return Replacement(node.span, CONSTANTS[name])
        parent = self.parents.get(node)
        field = parent.field if isinstance(parent, Select) else None
        if isinstance(parent, Select) and name in HOLDERS:
            held = next(
                (each for each in (field, f"{name}_{field}", *VARIABLES.get(field or "", ())) if each in variables),
                None,
            )
            if held is not None:
                return Replacement(parent.span, held)
        if self._is_bound_by_unknown(node):
            return None
        fields = self._input_fields()
        if name in fields:
            return Replacement(node.span, f"input.{name}")
        meant = next((each for each in VARIABLES.get(name, ()) if each in variables), None)
        meant = meant or nearest(name, (*variables, *local))
        if meant is not None:
            return Replacement(node.span, meant)
        near_field = nearest(name, fields)
        if near_field is not None:
            return Replacement(node.span, f"input.{near_field}")
        if field is None and not fields and "input" in variables and not isinstance(parent, Call):
            return Replacement(node.span, f"input.{name}")
        return None

    def _is_bound_by_unknown(self, node: Name) -> bool:
        """Whether the name is the variable of a macro that is misspelt: ``list.existsOne(x, x > 1)``."""
        around: Node | None = node
        while around is not None:
            around = self.parents.get(around)
            if isinstance(around, Call) and around.target is not None and len(around.arguments) > 1:
                first = ungroup(around.arguments[0])
                if isinstance(first, Name) and first.name == node.name:
                    return True
        return False

    def _input_fields(self) -> tuple[str, ...]:
        kind = self.checked.input_type
        return tuple(kind.fields) if isinstance(kind, Record) and "input" in self.environment.variables else ()

    # Functions

    def _unknown_function(self, problem: Problem, node: Call) -> Problem:
        function = node.function.lstrip(".")
        if function.lower() == NEGATION and node.target is None:
            return problem._replace(suggestion=Replacement(node.name_span, "!"))
        if function == "get" and node.target is not None and len(node.arguments) == 1:
            key = f"{self._source(node.target)}[{self._source(node.arguments[0])}]"
            return problem._replace(suggestion=Replacement(node.span, key))
        meant = FUNCTIONS.get(function)
        if meant is None and function in STRINGS:
            meant = function
        if meant in STRINGS and meant not in self.environment.functions:
            return problem._replace(message=f"{problem.message}: this place has none of the string functions")
        macros = {name for name, _ in MACROS} if node.target is not None else set()
        if meant is None or (meant not in self.environment.functions and meant not in macros):
            named = [name for name in self.environment.functions if name[0].isalpha() and "." not in name]
            meant = nearest(function, (*named, *macros))
        if meant is None or meant == function:
            return problem
        return problem._replace(suggestion=self._called(node, meant))

    def _called(self, node: Call, function: str) -> Replacement:
        """The same call of another function: as a function or as a method, as that is declared."""
        overloads = self.environment.functions.get(function, ())
        has_method = not overloads or any(overload.method for overload in overloads)
        has_plain = any(not overload.method for overload in overloads)
        if node.target is not None and not has_method:
            arguments = ", ".join(map(self._source, (node.target, *node.arguments)))
            return Replacement(node.span, f"{function}({arguments})")
        if node.target is None and not has_plain and node.arguments:
            arguments = ", ".join(map(self._source, node.arguments[1:]))
            return Replacement(node.span, f"{self._operand(node.arguments[0])}.{function}({arguments})")
        return Replacement(node.name_span, function)

    def _operand(self, node: Node) -> str:
        """A node's text as something that a dot can follow."""
        loose = isinstance(node, (Unary, Binary, Logical, Conditional)) or (
            isinstance(node, Literal) and node.type in (INT, UINT, DOUBLE)
        )
        return f"({self._source(node)})" if loose else self._source(node)

    # Types

    def _fitting(self, node: Node) -> Replacement | None:
        if isinstance(node, Call):
            return self._called(node, node.function)
        if not isinstance(node, Binary):
            return None
        kinds = [self.checked.type_of(node.left), self.checked.type_of(node.right)]
        parts = [node.left, node.right]
        if node.operator == "+" and STRING in kinds:
            other = parts[1 - kinds.index(STRING)]
            if self.checked.type_of(other) in (INT, UINT, DOUBLE, BOOL, TIMESTAMP, DURATION):
                return Replacement(other.span, f"string({self._source(other)})")
        if set(kinds) == {INT, DOUBLE}:
            whole = parts[kinds.index(INT)]
            inner = ungroup(whole)
            if isinstance(inner, Literal):
                return Replacement(inner.span, f"{self._source(inner)}.0")
            return Replacement(whole.span, f"double({self._source(whole)})")
        return None
