"""What clients send with the server's own commands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from hatchet_ls.lsp.uris import path_of

if TYPE_CHECKING:
    from hatchet_ls.lsp.server import Server

T = TypeVar("T")


def field(argument: object, name: str, kind: type[T]) -> T | None:
    """A field of an argument; None when it is not there.

    Raises:
        JsonRpcInvalidParams: the argument is no object, or the field is of another kind.
    """
    if argument is not None and not isinstance(argument, Mapping):
        raise JsonRpcInvalidParams("the argument must be an object")
    value = None if argument is None else argument.get(name)
    if value is not None and not isinstance(value, kind):
        raise JsonRpcInvalidParams(f"`{name}` must be a {kind.__name__}")
    return value


def position_in(argument: object) -> types.Position:
    """The ``position`` of an argument.

    Raises:
        JsonRpcInvalidParams: there is none.
    """
    position = field(argument, "position", dict) or {}
    line, character = field(position, "line", int), field(position, "character", int)
    if line is None or character is None:
        raise JsonRpcInvalidParams("`position` must have a `line` and a `character`")
    return types.Position(max(line, 0), max(character, 0))


def path_in(server: Server, argument: object) -> Path:
    """The file that an argument's ``uri`` names; some file of the folder that it names, or of the first folder.

    Raises:
        JsonRpcInvalidParams: it is no URI.
    """
    uri = field(argument, "uri", str)
    document = server.documents.get(uri) if uri is not None else None
    if document is not None:
        return document.source.path
    path = (path_of(uri) if uri is not None else None) or server.root
    return path / "pyproject.toml" if path in server.folders or path.is_dir() else path
