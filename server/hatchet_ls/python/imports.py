"""Bringing a name into a module."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.scopes import Binding, Import
from hatchet_ls.text import Edit, Span


def import_name(module: Module, package: str, name: str) -> tuple[str, tuple[Edit, ...]]:
    """How to write ``package.name`` in a module, and the edits that import it where it is not imported yet.

    What is imported already, under whatever alias, is used, unless a function or class of the module has a name of its
    own that hides it. A name that means something else in the module is not touched: the import then takes an alias.
    """
    bindings = module.scopes.module.bindings
    for bound, found in bindings.items():
        if len(found) != 1 or (written := _written(found[0], package, name)) is None:
            continue
        if not _used_as_local(module, bound):
            return written.format(bound), ()
    used = name in bindings or _used_as_local(module, name)
    if module.scopes.module.stars and not used and _starred(module, package):
        return name, ()
    if used:
        alias = f"_{name}"
        return alias, (_insert(module, package, f"{name} as {alias}", extend=False),)
    return name, (_insert(module, package, name, extend=True),)


def _written(binding: Binding, package: str, name: str) -> str | None:
    """The pattern by which a binding gives the name: the binding's own name goes into ``{}``."""
    if not isinstance(binding, Import) or binding.level or binding.type_checking:
        return None
    if binding.name == name and (binding.module == package or binding.module.startswith(package + ".")):
        return "{}"
    if binding.name is None and binding.module == package:
        return "{}." + name
    return None


def _starred(module: Module, package: str) -> bool:
    return any(star.module == package and not star.level for star in module.scopes.module.stars)


def _used_as_local(module: Module, name: str) -> bool:
    """Whether any function or class of the module binds the name for itself."""
    scopes = module.scopes
    return any(name in scope.bindings for scope in scopes.by_node.values() if scope is not scopes.module)


def _insert(module: Module, package: str, item: str, *, extend: bool) -> Edit:
    newline = module.source.newline
    statements = list(_imports(module))
    for statement in statements:
        if extend and statement.type == "import_from" and _module_name(statement) == package and not statement.level:
            return _extend(module, statement, item)
    line = f"from {package} import {item}{newline}"
    if not statements:
        return _at_top(module, line)
    if package.partition(".")[0] not in sys.stdlib_module_names:
        return _at_line_after(module, statements[-1], line)
    standard = [statement for statement in statements if _root(statement) in sys.stdlib_module_names]
    if not standard:
        return _at_line_of(module, statements[0], line + newline)
    if _root(standard[-1]) == "__future__":
        line = newline + line
    return _at_line_after(module, standard[-1], line)


def _imports(module: Module) -> Iterator[Node]:
    """The import statements of the module's own level up to the first other statement that is no docstring."""
    for child in module.tree.children:
        statement = child.children[0] if child.type == "simple_stmt" else child
        if statement.type in ("import_name", "import_from"):
            yield statement
        elif statement.type in ("string", "strings"):
            continue
        elif statement.type in ("if_stmt", "try_stmt"):
            continue  # conditional imports often stand between the others
        else:
            return


def _module_name(statement: Node) -> str:
    return ".".join(name.value for name in statement.get_from_names())


def _root(statement: Node) -> str | None:
    """The top package that a statement imports from; None for a relative import."""
    if statement.type == "import_from":
        return _module_name(statement).partition(".")[0] if not statement.level else None
    root: str = statement.get_paths()[0][0].value
    return root


def _extend(module: Module, statement: Node, item: str) -> Edit:
    last = statement.children[-1]
    names = statement.children[-2] if last == ")" else last
    if names == "*":
        return _at_line_after(module, statement, f"from {_module_name(statement)} import {item}{module.source.newline}")
    leaf = names.get_last_leaf()
    if leaf == ",":
        leaf = leaf.get_previous_leaf()
    end = module.end(leaf)
    return Edit(Span(end, end), f", {item}")


def _at_line_of(module: Module, statement: Node, text: str) -> Edit:
    start = module.source.line_starts[module.source.position(module.span(statement).start).row]
    if module.source.text.startswith("\ufeff") and not start:
        start = 1
    return Edit(Span(start, start), text)


def _at_line_after(module: Module, statement: Node, line: str) -> Edit:
    source = module.source
    row = source.position(module.span(statement).end).row
    if row + 1 < source.line_count:
        start = source.line_starts[row + 1]
        return Edit(Span(start, start), line)
    end = len(source.text)
    return Edit(Span(end, end), source.newline + line.rstrip("\r\n"))


def _at_top(module: Module, line: str) -> Edit:
    """Before the first statement that is no docstring, and after the comments at the top of the file."""
    children = module.tree.children
    first = children[0]
    newline = module.source.newline
    if first.type == "simple_stmt" and first.children[0].type in ("string", "strings"):
        return _at_line_after(module, first.children[0], newline + line)
    start = module.offset(first.get_first_leaf().start_pos)
    text = module.source.text
    start = text.rfind("\n", 0, start) + 1 if "\n" in text[:start] else start
    return Edit(Span(start, start), line + ("" if first.type == "endmarker" else newline))
