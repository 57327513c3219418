"""What is wrong with the settings, on the line of the ``pyproject.toml`` that says it.

That is no Python document, so a client does not ask about it unless it has it open with this server. Hence it is
published, to clients that pull as well, except while such a client has it open: then it asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from hatchet_ls.lsp.findings import to_settings_diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatchet_ls.lsp.documents import Document
    from hatchet_ls.lsp.server import Server
    from hatchet_ls.project.settings import SettingsProblem


class SettingsDiagnostics:
    """The problems with all settings that are known, and the files for which some are published."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._problems: tuple[SettingsProblem, ...] = ()
        self._published: dict[str, list[types.Diagnostic]] = {}

    def of(self, document: Document) -> list[types.Diagnostic]:
        """The diagnostics of an open ``pyproject.toml``."""
        path = document.source.path
        return [self._diagnostic(problem) for problem in self._problems if problem.source.path == path]

    def learn(self, problems: Sequence[SettingsProblem]) -> bool:
        """Take the newest state and tell the client what is new; whether anything is."""
        before, self._problems = self._problems, tuple(problems)
        if [_words(problem) for problem in before] == [_words(problem) for problem in self._problems]:
            return False
        self.publish()
        if self._server.client.pulls and any(document.is_settings for document in self._server.documents):
            self._server.ask_to_pull()
        return True

    def publish(self) -> None:
        """Publish what has changed: the problems, or which documents are open."""
        wanted: dict[str, list[types.Diagnostic]] = {}
        for problem in self._problems:
            if not (self._server.client.pulls and self._server.documents.at(problem.source.path)):
                uri = self._server.uri_of(problem.source.path)
                wanted.setdefault(uri, []).append(self._diagnostic(problem))
        for uri in {**self._published, **wanted}:
            items = wanted.get(uri, [])
            if items != self._published.get(uri):
                self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items))
        self._published = wanted

    def _diagnostic(self, problem: SettingsProblem) -> types.Diagnostic:
        return to_settings_diagnostic(problem, self._server.client)


def _words(problem: SettingsProblem) -> tuple[object, ...]:
    """What is equal for a problem that was read twice."""
    return problem.source.path, problem.span, problem.message
