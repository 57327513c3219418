"""Code that stands where a failure is expected, never happens, or is of another release of the SDK."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hatchet_ls.hatchet.sdk import PREFIX
from hatchet_ls.python.annotations import is_never_evaluated
from hatchet_ls.python.entities import Instance, Library, ProjectClass, ProjectModule
from hatchet_ls.python.expr import Expr, call_arguments, chains
from hatchet_ls.python.parse import Module, Node, walk, walk_inner
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.scopes import Assignment, Binding, Definition, Import

_LACKING = ("TypeError", "AttributeError", "ImportError", "ModuleNotFoundError")
"""What is raised for want of something that another release has."""
_EXPECTED_FAILURES = (*_LACKING, "ValueError", "ValidationError")
_KEY_FAILURES = (*_EXPECTED_FAILURES, "KeyError")
_IMPORT_FAILURES = (*_EXPECTED_FAILURES, "except")
"""Around an import it does not matter what is caught."""
_QUESTIONS = frozenset({"dir", "getattr", "getattr_static", "getfullargspec", "hasattr", "signature", "vars"})
"""Functions that tell what their first argument has or takes."""
_DESCRIPTIONS = frozenset(
    {"__annotations__", "__code__", "__dict__", "__fields__", "__signature__", "__version__", "model_fields"}
)
_DISTRIBUTION = re.compile(r"\w*[\"']+hatchet[-_]sdk\b")
_IMPORT = re.compile(r"\b(?:from|import)\s+hatchet_sdk\b")
_LEAVING = re.compile(r"(?:return|raise|continue|break)\b|(?:\w+\.)?(?:_?exit|skip|skipTest)\(")
_RAISES = re.compile(r"aises(?:Regex|Group)?\(")
"""``pytest.raises``, ``self.assertRaises`` and the like."""
_BLOCKS = frozenset({"suite", "file_input"})
_GUARDING = _BLOCKS | {
    "and_test",
    "decorated",
    "if_stmt",
    "lambdef",
    "or_test",
    "test",
    "try_stmt",
    "while_stmt",
    "with_stmt",
}
_MAX_HOPS = 8
"""From name to name in search of a question."""


class Guards:
    """Tells what is guarded, for one reading (it remembers what it found)."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._asking: dict[int, bool] = {}
        """By the id of a condition or value: whether it asks what the SDK has."""
        self._exits: dict[int, tuple[int, int] | None] = {}
        """By the id of a block: where the first statement ends that leaves it for the sake of such a question."""
        self._hops = 0
        self._above: dict[int, list[tuple[Node, Node]]] = {}
        """By the id of a block: what stands around it."""

    def is_guarded(self, module: Module, node: Node, attribute: str | None = None, *, key: bool = False) -> bool:
        """Whether no failure is to be reported of code; of an ``attribute`` also behind a test for its name, and of one
        that is taken as a ``key`` where that may fail."""
        is_import = node.type == "import_from"
        expected = _IMPORT_FAILURES if is_import else _KEY_FAILURES if key else _EXPECTED_FAILURES
        line = module.source.line_span(module.source.position(module.span(node).end).row)
        if "# type: ignore" in module.source.slice(line) or is_never_evaluated(module, node):
            return True
        for parent, child in self._around(node):
            if _expects_failure(parent, child, expected):
                return True
            text = " ".join(each.get_code() for each in _conditions(parent, child))
            if "TYPE_CHECKING" in text or (attribute is not None and "hasattr" in text and attribute in text):
                return True
        return self._is_of_some_release(module, node, _IMPORT_FAILURES if is_import else _LACKING)

    def asks_for(self, module: Module, node: Node, keyword: str) -> bool:
        """Whether code runs only behind a test that names a keyword, whatever it does with the name:
        ``if accepts(hatchet.worker, "max_runs"): ...``."""
        for parent, child in self._around(node):
            if any(self._names(module, each, keyword) for each in _conditions(parent, child)):
                return True
            if parent.type in _BLOCKS:
                earlier = parent.children[: parent.children.index(child)]
                exits = (each for each in earlier if each.type == "if_stmt" and _leaves(each))
                if any(self._names(module, each.children[1], keyword) for each in exits):
                    return True
        return False

    def _around(self, node: Node) -> list[tuple[Node, Node]]:
        """What stands around a node and may guard it, inner things first, each with the child that leads to the
        node."""
        found: list[tuple[Node, Node]] = []
        child, parent = node, node.parent
        while parent is not None:
            if parent.type in _GUARDING and (parent.type != "decorated" or _may_be_skipped(parent, child)):
                found.append((parent, child))
                if parent.type in _BLOCKS:
                    if id(parent) not in self._above:
                        self._above[id(parent)] = self._around(parent)
                    return found + self._above[id(parent)]
            child, parent = parent, parent.parent
        return found

    def _names(self, module: Module, condition: Node, keyword: str, hops: int = 1) -> bool:
        for node in walk(condition):
            if node.type == "string" and node.value.strip("\"'") == keyword:
                return True
            if node.type == "name" and hops and _is_variable(node):
                found = module.scopes.of(node).lookup(node.value)
                for binding in found[1] if found is not None else ():
                    value = binding.value if isinstance(binding, Assignment) else None
                    if value is not None and self._names(module, value, keyword, hops - 1):
                        return True
        return False

    def _is_of_some_release(self, module: Module, node: Node, lacking: tuple[str, ...] = _LACKING) -> bool:
        """Whether code runs only with an SDK that has, or has not, what is asked for: ``if hasattr(hatchet, ...)``."""
        for parent, child in self._around(node):
            if any(self._asks(module, condition) for condition in _conditions(parent, child)):
                return True
            if parent.type in _BLOCKS:
                exit_ = self._exit(module, parent)
                if exit_ is not None and exit_ <= child.start_pos:
                    return True
            elif parent.type == "try_stmt" and _catches(parent, lacking) and self._uses_sdk(module, parent):
                return True
        return False

    def _exit(self, module: Module, block: Node) -> tuple[int, int] | None:
        if id(block) not in self._exits:
            self._exits[id(block)] = None
            for each in block.children:
                if each.type == "if_stmt" and _leaves(each) and self._asks(module, each.children[1]):
                    self._exits[id(block)] = each.end_pos
                    break
        return self._exits[id(block)]

    def _uses_sdk(self, module: Module, statement: Node) -> bool:
        """Whether the body of a ``try`` takes something from the SDK."""
        body = statement.children[2]
        key = id(body)
        if key not in self._asking:
            self._asking[key] = _IMPORT.search(body.get_code()) is not None or any(
                self._is_sdk(parts[0]) for expr in chains(module, body) if (parts := expr.split()) is not None
            )
        return self._asking[key]

    def _asks(self, module: Module, node: Node) -> bool:
        """Whether a condition or value depends on the members, the signatures or the release of the SDK."""
        key = id(node)
        if key not in self._asking:
            self._asking[key] = False  # A name may lead back to itself.
            self._asking[key] = any(self._is_question(module, each) for each in walk(node))
        return self._asking[key]

    def _is_question(self, module: Module, node: Node) -> bool:
        match node.type:
            case "string":
                return _DISTRIBUTION.match(node.value) is not None
            case "name" if _is_variable(node):
                return self._is_answer(module, node)
            case "trailer" if node.parent.type == "atom_expr":
                base, _ = Expr(module, node.parent, node.parent.children.index(node) + 1).split() or (None, None)
                if base is None:
                    return False
                if node.children[0] == ".":
                    return self._is_answering_attribute(base, node.children[1].value)
                name = base.text.rpartition(".")[2]
                first = next(call_arguments(module, node), None) if name in _QUESTIONS else None
                return first is not None and self._is_sdk(first.value)
        return False

    def _is_answering_attribute(self, base: Expr, name: str) -> bool:
        """``hatchet_sdk.__version__``, and what the project's own classes and modules keep: ``compat.LEGACY``."""
        match self._resolver.infer(base):
            case Library():
                return name in _DESCRIPTIONS and self._is_sdk(base)
            case ProjectModule(module):
                bindings: Sequence[Binding] = module.scopes.module.bindings.get(name, ())
            case Instance(ProjectClass(module, node)) | ProjectClass(module, node):
                scope = module.scopes.by_node[id(node)]
                bindings = [*scope.bindings.get(name, ()), *scope.attributes.get(name, ())]
            case _:
                return False
        return any(self._is_answered_by(module, each) for each in bindings)

    def _is_sdk(self, expr: Expr) -> bool:
        entity = self._resolver.infer(expr)
        return isinstance(entity, Library) and f"{entity.path}.".startswith(PREFIX)

    def _is_answer(self, module: Module, name: Node) -> bool:
        entity = self._resolver.infer(Expr(module, name))
        if isinstance(entity, Library) and entity.path == f"{PREFIX}__version__":
            return True
        found = module.scopes.of(name).lookup(name.value)
        return found is not None and any(self._is_answered_by(module, each) for each in found[1])

    def _is_answered_by(self, module: Module, binding: Binding) -> bool:
        """Whether a name's binding takes its value from a question, or is made behind one."""
        if self._hops >= _MAX_HOPS:
            return False
        self._hops += 1
        try:
            match binding:
                case Assignment(value=value) if value is not None:
                    return self._asks(module, value) or self._is_of_some_release(module, value)
                case Definition(node) if node.type == "funcdef":
                    returned = (each for each in walk_inner(node.children[-1]) if each.type == "return_stmt")
                    return any(self._asks(module, each) for each in returned)
                case Import(name=str(name)):
                    target = self._resolver.imported_module(module, binding)
                    bindings = target.scopes.module.bindings.get(name, ()) if target is not None else ()
                    return target is not None and any(self._is_answered_by(target, each) for each in bindings)
            return False
        finally:
            self._hops -= 1


def _may_be_skipped(decorated: Node, child: Node) -> bool:
    """``@pytest.mark.skipif(...)``"""
    return child is decorated.children[-1] and "skip" in decorated.children[0].get_code()


def _conditions(parent: Node, child: Node) -> list[Node]:
    """The conditions on which a child of a statement or expression is run at all."""
    children = parent.children
    match parent.type:
        case "if_stmt" | "while_stmt":
            earlier = children[: children.index(child)]
            return [each for word, each in pairwise(earlier) if word in ("if", "elif", "while")]
        case "test" if child is not children[2]:
            return [children[2]]
        case "and_test" | "or_test":
            return list(children[: children.index(child) : 2])
        case "decorated":
            return [children[0]]
    return []


def _expects_failure(parent: Node, child: Node, failures: tuple[str, ...]) -> bool:
    if parent.type == "with_stmt" and child is parent.children[-1]:
        entered = " ".join(each.get_code() for each in parent.children[1:-2])
        return _RAISES.search(entered) is not None or (
            "suppress(" in entered and any(name in entered for name in failures)
        )
    if parent.type == "lambdef":
        return _is_given_to_raises(parent)
    if parent.type == "try_stmt" and child is parent.children[2]:
        return _catches(parent, failures) or _swallows_all(parent)
    return False


def _is_given_to_raises(function: Node) -> bool:
    """``pytest.raises(TypeError, lambda: ...)``"""
    parent = function.parent
    trailer = parent.parent if parent.type == "arglist" else parent
    before = trailer.get_previous_sibling() if trailer.type == "trailer" else None
    return before is not None and _RAISES.search(f"{before.get_code()}(") is not None


def _swallows_all(statement: Node) -> bool:
    """Whether a ``try`` catches whatever is raised, and raises nothing itself."""
    for clause, _, block in zip(statement.children, statement.children[1:], statement.children[2:], strict=False):
        is_bare = clause.type == "keyword" and clause == "except"
        if is_bare or (clause.type == "except_clause" and "BaseException" in clause.get_code()):
            return not any(each.type == "raise_stmt" or each == "raise" for each in walk(block))
    return False


def _catches(statement: Node, failures: tuple[str, ...]) -> bool:
    clauses = (child.get_code() for child in statement.children if child.type == "except_clause" or child == "except")
    return any(name in clause for clause in clauses for name in failures)


def _leaves(statement: Node) -> bool:
    """Whether a branch of an ``if`` ends what it stands in."""
    branches = (each for before, each in pairwise(statement.children) if before == ":")
    lasts = (each.children[-1] if each.type == "suite" else each for each in branches)
    return any(_LEAVING.match(each.get_code(include_prefix=False)) for each in lasts)


def _is_variable(name: Node) -> bool:
    """Whether a name stands for itself, rather than being an attribute's or a keyword's."""
    parent = name.parent
    if parent.type == "trailer":
        return bool(parent.children[0] != ".")
    return not (parent.type == "argument" and parent.children[0] is name and parent.children[1] == "=")
