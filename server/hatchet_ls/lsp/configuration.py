"""What the editor's settings say, as they come over the wire: for each folder the section ``hatchet``."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from hatchet_ls.lsp.server import Server

log = logging.getLogger(__name__)

SECTION = "hatchet"
"""The editor's settings are under this name."""

Section = Mapping[str, object]


class Configuration:
    """What was said last. What is said with ``initialize`` holds for what is left out later."""

    def __init__(self) -> None:
        self._first: Section = {}
        self._later: dict[Path | None, Section] = {}
        self._questions = 0

    def begin(self, options: object) -> None:
        """Take the initialization options: the section, by itself or under ``hatchet`` or ``settings``."""
        if isinstance(options, Mapping) and isinstance(options.get("settings"), Mapping):
            options = options["settings"]
        self._first = section_of(options)

    def push(self, settings: object) -> None:
        """Take what a client tells that cannot be asked: for all folders the same."""
        self._later = {None: section_of(settings)}

    async def ask(self, server: Server) -> bool:
        """Ask for the settings of each folder and of what is in none; whether no newer question is out."""
        self._questions += 1
        question, folders = self._questions, dict(server.folders)
        scopes: list[tuple[Path | None, str | None]] = [(None, None), *folders.items()]
        items = [types.ConfigurationItem(scope_uri=uri, section=SECTION) for _, uri in scopes]
        try:
            answers = await server.workspace_configuration_async(types.ConfigurationParams(items))
        except JsonRpcException as error:
            log.warning("the editor does not tell its settings: %s", error)
            answers = None
        if question != self._questions:
            return False
        if isinstance(answers, Sequence):
            self._later = {path: section_of(answer) for (path, _), answer in zip(scopes, answers, strict=False)}
        return True

    def of(self, folder: Path | None) -> Section:
        """The section for a folder; for None of what is in no folder."""
        return {**self._first, **self._later.get(folder, self._later.get(None, {}))}


def section_of(settings: object) -> Section:
    """``{"hatchet": {...}}`` or what is inside; empty when it is neither."""
    if isinstance(settings, Mapping) and isinstance(settings.get(SECTION), Mapping):
        settings = settings[SECTION]
    return settings if isinstance(settings, Mapping) and SECTION not in settings else {}
