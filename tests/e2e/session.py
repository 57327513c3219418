"""An editing session with a server of its own, over real stdio, counting positions in its own way."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import attrs
from lsprotocol import types
from lsprotocol.types import Position, PositionEncodingKind, Range
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES

COMMAND = [str(Path(sys.executable).with_name("hatchet-ls")), "server", "--stdio"]
SECONDS = 60
"""After which a silent server counts as hung."""

Settings = Mapping[Path | None, Mapping[str, object]]
"""The editor's settings by folder; those of None hold for the other folders."""

UTF8, UTF16, UTF32 = PositionEncodingKind.Utf8, PositionEncodingKind.Utf16, PositionEncodingKind.Utf32
_CODECS = {UTF8: ("utf-8", 1), UTF16: ("utf-16-le", 2), UTF32: ("utf-32-le", 4)}


@dataclass(frozen=True)
class Kind:
    """What sets clients apart most."""

    pulls: bool
    encoding: PositionEncodingKind

    def __str__(self) -> str:
        return f"{'pull' if self.pulls else 'push'}-{self.encoding.value}"

    @property
    def capabilities(self) -> types.ClientCapabilities:
        """A client of this kind that can do everything else."""
        tags = types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Deprecated])
        return types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=[self.encoding]),
            text_document=types.TextDocumentClientCapabilities(
                diagnostic=types.DiagnosticClientCapabilities() if self.pulls else None,
                publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                    version_support=True,
                    related_information=True,
                    tag_support=tags,
                    code_description_support=True,
                    data_support=True,
                ),
                hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
                code_action=types.CodeActionClientCapabilities(
                    code_action_literal_support=types.ClientCodeActionLiteralOptions(
                        types.ClientCodeActionKindOptions([types.CodeActionKind.QuickFix])
                    ),
                    is_preferred_support=True,
                ),
                completion=types.CompletionClientCapabilities(
                    completion_item=types.ClientCompletionItemOptions(
                        snippet_support=True,
                        preselect_support=True,
                        documentation_format=[types.MarkupKind.Markdown],
                    )
                ),
                definition=types.DefinitionClientCapabilities(link_support=True),
                document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True),
                rename=types.RenameClientCapabilities(prepare_support=True),
                semantic_tokens=types.SemanticTokensClientCapabilities(
                    requests=types.ClientSemanticTokensRequestOptions(full=True),
                    token_types=[],
                    token_modifiers=[],
                    formats=[types.TokenFormat.Relative],
                ),
            ),
            workspace=types.WorkspaceClientCapabilities(
                workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
                diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
                semantic_tokens=types.SemanticTokensWorkspaceClientCapabilities(refresh_support=True),
            ),
            experimental={"hatchetStatus": True},
        )


PULL = Kind(pulls=True, encoding=UTF16)
PUSH = Kind(pulls=False, encoding=UTF8)
KINDS = [
    PULL,
    PUSH,
    Kind(pulls=True, encoding=UTF8),
    Kind(pulls=False, encoding=UTF16),
    Kind(pulls=True, encoding=UTF32),
]


def with_document(capabilities: types.ClientCapabilities, **changes: Any) -> types.ClientCapabilities:
    """The same client, but for what it can do with a document."""
    assert capabilities.text_document is not None
    return attrs.evolve(capabilities, text_document=attrs.evolve(capabilities.text_document, **changes))


class Client(LanguageClient):
    """Keeps everything that is published, in order."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registrations: list[types.Registration] = []
        self.questions = 0
        """About settings, each of them answered."""
        self.token_refreshes = 0
        self.status_changes = 0
        self.news = asyncio.Condition()
        handlers: dict[str, Callable[..., Any]] = {
            **DEFAULT_CLIENT_FEATURES,
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: Client._published,
            types.CLIENT_REGISTER_CAPABILITY: Client._register,
            types.WORKSPACE_DIAGNOSTIC_REFRESH: Client._refresh,
            types.WORKSPACE_CONFIGURATION: Client._configured,
            types.WORKSPACE_SEMANTIC_TOKENS_REFRESH: Client._refresh_tokens,
            types.WINDOW_LOG_MESSAGE: Client._logged,
            "hatchet/statusChanged": Client._status_changed,
        }
        for method, handler in handlers.items():
            self.feature(method)(handler)

    async def _published(self: Client, params: types.PublishDiagnosticsParams) -> None:
        self.published.append(params)
        await self._tell()

    async def _refresh(self: Client, _: None) -> None:
        self.diagnostic_refresh_count += 1
        await self._tell()

    def _configured(self: Client, params: types.ConfigurationParams) -> list[object]:
        self.questions += 1
        # When others hear of it the answer is out.
        self._telling = asyncio.ensure_future(self._tell())
        return [self.get_configuration(section=item.section, scope_uri=item.scope_uri) for item in params.items]

    async def _refresh_tokens(self: Client, _: None) -> None:
        self.token_refreshes += 1
        await self._tell()

    async def _status_changed(self: Client, params: object) -> None:
        assert params is None
        self.status_changes += 1
        await self._tell()

    async def _logged(self: Client, params: types.LogMessageParams) -> None:
        self.log_messages.append(params)
        await self._tell()

    async def _register(self: Client, params: types.RegistrationParams) -> None:
        self.registrations.extend(params.registrations)
        await self._tell()

    async def _tell(self) -> None:
        async with self.news:
            self.news.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to arrive from the server."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(condition), SECONDS)


class Session:
    """What a user does in an editor."""

    def __init__(self, client: Client, root: Path, kind: Kind, answer: types.InitializeResult) -> None:
        self.client = client
        self.root = root
        self.kind = kind
        self.answer = answer
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    def uri(self, name: str) -> str:
        """The URI of a file of the workspace."""
        return (self.root / name).as_uri()

    def open(self, text: str, name: str = "tasks.py", *, uri: str | None = None, language: str = "python") -> str:
        """Open a document; its URI."""
        uri = uri or self.uri(name)
        self.texts[uri], self.versions[uri] = text, 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return uri

    def replace(self, uri: str, old: str, new: str) -> None:
        """Edit the one place where ``old`` stands, by its range."""
        range_ = self.range_of(uri, old)
        self.texts[uri] = self.texts[uri].replace(old, new)
        self._change(uri, types.TextDocumentContentChangePartial(range=range_, text=new))

    def retype(self, uri: str, text: str) -> None:
        """Replace the whole text."""
        self.texts[uri] = text
        self._change(uri, types.TextDocumentContentChangeWholeDocument(text))

    def _change(self, uri: str, change: types.TextDocumentContentChangeEvent) -> None:
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    def save(self, uri: str) -> None:
        """Write a document to its file and tell."""
        Path(unquote(uri.removeprefix("file://"))).write_text(self.texts[uri], encoding="utf-8", newline="")
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def changed_on_disk(self, name: str, text: str) -> None:
        """Write a file outside the editor, which notices."""
        (self.root / name).write_text(text, encoding="utf-8")
        event = types.FileEvent(self.uri(name), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    def configure(self, section: Mapping[str, object], folder: Path | None = None) -> None:
        """Change the editor's settings, for all folders or for one."""
        configure(self.client, section, folder)
        self.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))

    def change_folders(self, added: Sequence[Path] = (), removed: Sequence[Path] = ()) -> None:
        """Add folders to the workspace and take others away."""
        event = types.WorkspaceFoldersChangeEvent(*([_folder(each) for each in paths] for paths in (added, removed)))
        self.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))

    def close(self, uri: str) -> None:
        """Close a document."""
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def diagnostics(self, uri: str) -> Sequence[types.Diagnostic]:
        """The diagnostics of the newest text, as this client gets them."""
        if self.kind.pulls:
            report = await self.pull(uri)
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            return report.items
        version = self.versions[uri]
        await self.client.until(lambda: any(each.version == version for each in self.published(uri)))
        return self.published(uri)[-1].diagnostics

    async def pull(self, uri: str, previous: str | None = None) -> types.DocumentDiagnosticReport:
        """Ask for diagnostics."""
        identifier = types.TextDocumentIdentifier(uri)
        return await asyncio.wait_for(
            self.client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(identifier, previous_result_id=previous)
            ),
            SECONDS,
        )

    def published(self, uri: str) -> list[types.PublishDiagnosticsParams]:
        """What was published for a document so far, in order."""
        return [each for each in self.client.published if each.uri == uri]

    async def actions(
        self,
        uri: str,
        place: str | Range,
        *,
        diagnostics: Sequence[types.Diagnostic] = (),
        only: Sequence[types.CodeActionKind | str] | None = None,
    ) -> list[types.CodeAction]:
        """The code actions for a place (where a snippet stands)."""
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(uri),
            place if isinstance(place, Range) else self.range_of(uri, place),
            types.CodeActionContext(list(diagnostics), only=only),
        )
        answer = await asyncio.wait_for(self.client.text_document_code_action_async(params), SECONDS)
        return [each for each in answer or () if isinstance(each, types.CodeAction)]

    def apply(self, action: types.CodeAction) -> None:
        """Apply an action's edit as an editor does, and send the new text."""
        assert action.edit is not None
        self.apply_edit(action.edit)

    def apply_edit(self, edit: types.WorkspaceEdit) -> None:
        """Apply an edit of open documents."""
        for uri, edits in _edits(edit, self.versions):
            self.edit(uri, edits)

    def edit(self, uri: str, edits: Sequence[types.TextEdit]) -> None:
        """Edit a document in several places, and send the new text."""
        text = self.texts[uri]
        spans = [(self._offset(text, edit.range.start), self._offset(text, edit.range.end)) for edit in edits]
        for (start, end), edit in sorted(zip(spans, edits, strict=True), key=lambda each: each[0], reverse=True):
            text = text[:start] + edit.new_text + text[end:]
        self.retype(uri, text)

    async def hover(self, uri: str, snippet: str) -> types.Hover | None:
        """The hover on the first character of a snippet."""
        place = self.range_of(uri, snippet).start
        params = types.HoverParams(types.TextDocumentIdentifier(uri), place)
        return await asyncio.wait_for(self.client.text_document_hover_async(params), SECONDS)

    async def completions(self, uri: str, before: str, trigger: str | None = None) -> Sequence[types.CompletionItem]:
        """What is offered right behind a snippet."""
        kind = types.CompletionTriggerKind.Invoked if trigger is None else types.CompletionTriggerKind.TriggerCharacter
        params = types.CompletionParams(
            types.TextDocumentIdentifier(uri), self.range_of(uri, before).end, types.CompletionContext(kind, trigger)
        )
        answer = await asyncio.wait_for(self.client.text_document_completion_async(params), SECONDS)
        assert not isinstance(answer, types.CompletionList)
        return answer or ()

    def take(self, uri: str, item: types.CompletionItem) -> None:
        """Take an offer as an editor does, and send the new text."""
        assert isinstance(item.text_edit, types.TextEdit)
        self.edit(uri, [item.text_edit, *(item.additional_text_edits or ())])

    async def definition(self, uri: str, snippet: str) -> Sequence[types.LocationLink]:
        """Where the thing is defined at the first character of a snippet."""
        params = types.DefinitionParams(types.TextDocumentIdentifier(uri), self.range_of(uri, snippet).start)
        answer = await asyncio.wait_for(self.client.text_document_definition_async(params), SECONDS)
        assert not isinstance(answer, types.Location)
        return [each for each in answer or () if isinstance(each, types.LocationLink)]

    async def outline(self, uri: str) -> Sequence[types.DocumentSymbol | types.SymbolInformation] | None:
        """The outline of a document."""
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        return await asyncio.wait_for(self.client.text_document_document_symbol_async(params), SECONDS)

    async def references(self, uri: str, snippet: str, *, declared: bool = True) -> Sequence[types.Location]:
        """Where the thing is used at the first character of a snippet."""
        place = self.range_of(uri, snippet).start
        params = types.ReferenceParams(types.ReferenceContext(declared), types.TextDocumentIdentifier(uri), place)
        return await asyncio.wait_for(self.client.text_document_references_async(params), SECONDS) or ()

    async def prepared(self, uri: str, snippet: str) -> types.PrepareRenamePlaceholder | None:
        """What a rename at the first character of a snippet would rename."""
        params = types.PrepareRenameParams(types.TextDocumentIdentifier(uri), self.range_of(uri, snippet).start)
        answer = await asyncio.wait_for(self.client.text_document_prepare_rename_async(params), SECONDS)
        assert answer is None or isinstance(answer, types.PrepareRenamePlaceholder)
        return answer

    async def renamed(self, uri: str, snippet: str, new: str) -> types.WorkspaceEdit | None:
        """The edit that renames the thing at the first character of a snippet."""
        place = self.range_of(uri, snippet).start
        params = types.RenameParams(types.TextDocumentIdentifier(uri), place, new)
        return await asyncio.wait_for(self.client.text_document_rename_async(params), SECONDS)

    async def colours(self, uri: str) -> list[tuple[str, str]]:
        """The coloured parts of a document, each with what it is."""
        params = types.SemanticTokensParams(types.TextDocumentIdentifier(uri))
        answer = await asyncio.wait_for(self.client.text_document_semantic_tokens_full_async(params), SECONDS)
        options = self.answer.capabilities.semantic_tokens_provider
        assert options is not None
        found: list[tuple[str, str]] = []
        line = character = 0
        data = list(answer.data) if answer is not None else []
        for start in range(0, len(data), 5):
            lines, characters, length, kind, _ = data[start : start + 5]
            line, character = line + lines, characters + (0 if lines else character)
            span = Range(Position(line, character), Position(line, character + length))
            found.append((self.text_at(uri, span), options.legend.token_types[kind]))
        return found

    async def execute(self, command: str, argument: object = None) -> Any:
        """Have the server execute one of its commands."""
        arguments = [] if argument is None else [argument]
        params = types.ExecuteCommandParams(f"hatchet-ls.{command}", arguments)
        return await asyncio.wait_for(self.client.workspace_execute_command_async(params), SECONDS)

    def range_of(self, uri: str, snippet: str) -> Range:
        """Where a snippet stands, which must be one place, in this client's units."""
        text = self.texts[uri]
        assert text.count(snippet) == 1, f"{snippet!r} stands {text.count(snippet)} times in {text!r}"
        start = text.index(snippet)
        return Range(self._position(text, start), self._position(text, start + len(snippet)))

    def text_at(self, uri: str, range_: Range) -> str:
        """The text of a range in this client's units."""
        text = self.texts[uri]
        return text[self._offset(text, range_.start) : self._offset(text, range_.end)]

    def _position(self, text: str, offset: int) -> Position:
        *before, rest = re.split("\r\n|\r|\n", text[:offset])
        codec, width = _CODECS[self.kind.encoding]
        return Position(len(before), len(rest.encode(codec)) // width)

    def _offset(self, text: str, position: Position) -> int:
        lines = re.split("(\r\n|\r|\n)", text)
        before, here = "".join(lines[: 2 * position.line]), lines[2 * position.line]
        codec, width = _CODECS[self.kind.encoding]
        return len(before) + len(here.encode(codec)[: position.character * width].decode(codec))


def _edits(edit: types.WorkspaceEdit, versions: dict[str, int]) -> list[tuple[str, Sequence[types.TextEdit]]]:
    if edit.document_changes is None:
        assert edit.changes is not None
        return list(edit.changes.items())
    found: list[tuple[str, Sequence[types.TextEdit]]] = []
    for change in edit.document_changes:
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.version == versions[change.text_document.uri]
        found.append((change.text_document.uri, [each for each in change.edits if isinstance(each, types.TextEdit)]))
    return found


def configure(client: Client, section: Mapping[str, object], folder: Path | None) -> None:
    client.set_configuration({"hatchet": section}, scope_uri=None if folder is None else folder.as_uri())


def _folder(path: Path) -> types.WorkspaceFolder:
    return types.WorkspaceFolder(path.as_uri(), path.name)


@asynccontextmanager
async def session(
    root: Path,
    kind: Kind,
    *others: Path,
    capabilities: types.ClientCapabilities | None = None,
    options: object = None,
    environ: dict[str, str] | None = None,
    settings: Settings | None = None,
    command: Sequence[str] = COMMAND,
    arguments: Sequence[str] = (),
    named: bool = True,
) -> AsyncIterator[Session]:
    """A session in a workspace. When it ends, the server has ended well, and has never popped anything up.

    An editor with ``settings`` can be asked for them. Without ``named`` it tells of no folder.
    """
    client = await ClientServerConfig([*command, *arguments], Client, environ).start()
    assert isinstance(client, Client)
    capabilities = capabilities or kind.capabilities
    if settings is not None:
        assert capabilities.workspace is not None
        capabilities = attrs.evolve(capabilities, workspace=attrs.evolve(capabilities.workspace, configuration=True))
        for folder, section in settings.items():
            configure(client, section, folder)
    params = types.InitializeParams(
        capabilities=capabilities,
        workspace_folders=[_folder(each) for each in (root, *others)] if named else None,
        initialization_options=options,
        client_info=types.ClientInfo("pytest", "1.0"),
    )
    answer = await asyncio.wait_for(client.initialize_session(params), SECONDS)
    if settings is not None:
        await client.until(lambda: client.questions > 0)
    try:
        yield Session(client, root, kind, answer)
    finally:
        await asyncio.wait_for(client.shutdown_session(), SECONDS)
        server = client._server
        await client.stop()  # type: ignore[no-untyped-call]
    assert server is not None
    assert server.returncode == 0
    assert client.messages == []
    errors = [each.message for each in client.log_messages if each.type == types.MessageType.Error]
    assert not errors, "\n".join(errors)
