"""The LSP door: one real server over stdio, asked as an editor asks."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from hatchet_ls.text import Edit, Source, Span, apply_edits
from scenarios.findings import Place

T = TypeVar("T")

COMMAND = str(Path(sys.executable).with_name("hatchet-ls"))
SECONDS = 60
"""After which a silent server counts as hung."""

_SEVERITIES = {
    types.DiagnosticSeverity.Error: "error",
    types.DiagnosticSeverity.Warning: "warning",
    types.DiagnosticSeverity.Information: "information",
    types.DiagnosticSeverity.Hint: "hint",
}

CAPABILITIES = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf32]),
    text_document=types.TextDocumentClientCapabilities(
        diagnostic=types.DiagnosticClientCapabilities(dynamic_registration=False),
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(data_support=True),
        code_action=types.CodeActionClientCapabilities(
            code_action_literal_support=types.ClientCodeActionLiteralOptions(
                types.ClientCodeActionKindOptions([types.CodeActionKind.QuickFix])
            ),
            is_preferred_support=True,
            data_support=True,
        ),
    ),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
    ),
)
"""A client that pulls and counts code points, so that its positions need no conversion."""


class Editor:
    """A client with its server. Its methods wait for the answer."""

    def __init__(self, root: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._client = LanguageClient("scenarios", "1")
        self._client.feature(types.WINDOW_LOG_MESSAGE)(lambda params: None)
        self._client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: None)
        self._wait(self._start(root))

    async def _start(self, root: Path) -> None:
        await self._client.start_io(COMMAND, "server")
        answer = await self._client.initialize_async(
            types.InitializeParams(capabilities=CAPABILITIES, root_uri=root.as_uri(), process_id=None)
        )
        assert answer.capabilities.position_encoding == types.PositionEncodingKind.Utf32
        self._client.initialized(types.InitializedParams())

    def close(self) -> None:
        """End the server as an editor does."""
        self._wait(self._client.shutdown_async(None))
        self._tell(self._client.exit, None)
        stop: Any = self._client.stop
        self._wait(stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def check(self, folder: Path, places: Mapping[str, Path]) -> list[Place]:
        """The diagnostics of all documents of a workspace, all of them open."""
        texts = {path: place.read_text(encoding="utf-8") for path, place in places.items()}
        for path, text in texts.items():
            self._open(folder / path, text)
        found = [
            _place(path, item)
            for path in texts
            for item in self._diagnostics(folder / path)
            if item.source == "hatchet"
        ]
        for path in texts:
            self._close(folder / path)
        return sorted(found)

    def fix(self, folder: Path, places: Mapping[str, Path], rule: str) -> dict[str, str]:
        """The texts after all quick fixes of a rule have been taken, one by one, until there is none left."""
        texts = {path: place.read_text(encoding="utf-8") for path, place in places.items()}
        versions = dict.fromkeys(texts, 1)
        for path, text in texts.items():
            self._open(folder / path, text)
        for path in texts:
            while action := self._first_fix(folder / path, rule):
                texts[path] = _apply(folder / path, texts[path], action)
                versions[path] += 1
                assert versions[path] < 100, f"the fixes of {rule} do not come to an end"
                change = types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(versions[path], (folder / path).as_uri()),
                    [types.TextDocumentContentChangeWholeDocument(texts[path])],
                )
                self._tell(self._client.text_document_did_change, change)
        for path in texts:
            self._close(folder / path)
        return texts

    def _first_fix(self, file: Path, rule: str) -> types.CodeAction | None:
        for item in self._diagnostics(file):
            if item.code != rule:
                continue
            params = types.CodeActionParams(
                types.TextDocumentIdentifier(file.as_uri()),
                item.range,
                types.CodeActionContext([item], only=[types.CodeActionKind.QuickFix]),
            )
            for action in self._wait(self._client.text_document_code_action_async(params)) or []:
                if not isinstance(action, types.CodeAction) or "gnore" in action.title:
                    continue
                if any(diagnostic.code == rule for diagnostic in action.diagnostics or []):
                    return action if action.edit else self._wait(self._client.code_action_resolve_async(action))
        return None

    def _diagnostics(self, file: Path) -> list[types.Diagnostic]:
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(file.as_uri()))
        report = self._wait(self._client.text_document_diagnostic_async(params))
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)

    def _open(self, file: Path, text: str) -> None:
        item = types.TextDocumentItem(file.as_uri(), "python", 1, text)
        self._tell(self._client.text_document_did_open, types.DidOpenTextDocumentParams(item))

    def _close(self, file: Path) -> None:
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(file.as_uri()))
        self._tell(self._client.text_document_did_close, params)

    def _tell(self, notify: Callable[[T], None], params: T) -> None:
        """Send a notification where everything else is sent: the pipe is not for two threads."""
        self._loop.call_soon_threadsafe(notify, params)

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, SECONDS), self._loop).result()


def _place(path: str, item: types.Diagnostic) -> Place:
    assert item.severity is not None
    return Place(
        path,
        item.range.start.line + 1,
        item.range.start.character + 1,
        item.range.end.line + 1,
        item.range.end.character + 1,
        _SEVERITIES[item.severity],
        str(item.code),
        item.message,
    )


def _apply(file: Path, text: str, action: types.CodeAction) -> str:
    """The text of a file after an action's edits."""
    assert action.edit is not None
    edits: list[Any] = list((action.edit.changes or {}).get(file.as_uri(), []))
    for change in action.edit.document_changes or []:
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.uri == file.as_uri()
        edits += change.edits
    source = Source(file, text)
    return apply_edits(
        text,
        [
            Edit(
                Span(
                    source.offset(edit.range.start.line, edit.range.start.character),
                    source.offset(edit.range.end.line, edit.range.end.character),
                ),
                edit.new_text,
            )
            for edit in edits
        ],
    )
