"""What the client at hand can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lsprotocol import types


@dataclass(frozen=True, slots=True)
class Client:
    """The capabilities that answers depend on. Without any said, everything beyond the oldest protocol is off."""

    encoding: types.PositionEncodingKind = types.PositionEncodingKind.Utf16
    pulls: bool = False
    """It asks for diagnostics itself; if not, they are published to it."""
    refreshes: bool = False
    """It can be told to ask for diagnostics again."""
    versions: bool = False
    """It takes the document's version with published diagnostics."""
    code_description: bool = False
    related_information: bool = False
    diagnostic_data: bool = False
    deprecated_tag: bool = False
    literal_actions: bool = False
    """It takes code actions with edits; if not, it takes commands only, of which there are none here."""
    preferred_actions: bool = False
    versioned_edits: bool = False
    markdown: bool = False
    completion_markdown: bool = False
    snippets: bool = False
    """It takes completions with places to fill in."""
    semantic_tokens: bool = False
    token_refreshes: bool = False
    """It can be told to ask for the colours again."""
    nested_symbols: bool = False
    """It takes outlines as trees."""
    definition_links: bool = False
    """It takes where a definition's name stands with the definition."""
    label_details: bool = False
    """It can show what a completion means beside its label."""
    preselects: bool = False
    """It can be told which completion is the likeliest."""
    watches: bool = False
    """It can be asked to watch files."""
    configuration: bool = False
    """It can be asked for settings."""
    configuration_changes: bool = False
    """It can be asked to tell when settings change."""
    shows_status: bool = False
    """It asks for the status when it is told that it has changed."""


def read(capabilities: types.ClientCapabilities, encoding: types.PositionEncodingKind) -> Client:
    """Read what a client says of itself. ``encoding`` is what both sides have settled on."""
    document = capabilities.text_document or types.TextDocumentClientCapabilities()
    workspace = capabilities.workspace or types.WorkspaceClientCapabilities()
    pull, publish = document.diagnostic, document.publish_diagnostics
    tags = _either("tag_support", pull, publish)
    hover = document.hover
    item = (document.completion and document.completion.completion_item) or types.ClientCompletionItemOptions()
    action = document.code_action
    experimental = capabilities.experimental
    return Client(
        encoding=encoding,
        pulls=pull is not None,
        refreshes=bool(workspace.diagnostics and workspace.diagnostics.refresh_support),
        versions=bool(publish and publish.version_support),
        code_description=bool(_either("code_description_support", pull, publish)),
        related_information=bool(_either("related_information", pull, publish)),
        diagnostic_data=bool(_either("data_support", pull, publish)),
        deprecated_tag=tags is not None and types.DiagnosticTag.Deprecated in tags.value_set,
        literal_actions=action is not None and action.code_action_literal_support is not None,
        preferred_actions=bool(action and action.is_preferred_support),
        versioned_edits=bool(workspace.workspace_edit and workspace.workspace_edit.document_changes),
        markdown=bool(hover and types.MarkupKind.Markdown in (hover.content_format or ())),
        completion_markdown=types.MarkupKind.Markdown in (item.documentation_format or ()),
        snippets=bool(item.snippet_support),
        semantic_tokens=document.semantic_tokens is not None,
        token_refreshes=bool(workspace.semantic_tokens and workspace.semantic_tokens.refresh_support),
        nested_symbols=bool(document.document_symbol and document.document_symbol.hierarchical_document_symbol_support),
        definition_links=bool(document.definition and document.definition.link_support),
        label_details=bool(item.label_details_support),
        preselects=bool(item.preselect_support),
        watches=bool(workspace.did_change_watched_files and workspace.did_change_watched_files.dynamic_registration),
        configuration=bool(workspace.configuration),
        configuration_changes=bool(
            workspace.did_change_configuration and workspace.did_change_configuration.dynamic_registration
        ),
        shows_status=isinstance(experimental, Mapping) and experimental.get("hatchetStatus") is True,
    )


def _either(name: str, *capabilities: object) -> Any:
    """The first answer that is given. Clients that pull say most things only where publishing is described."""
    for capability in capabilities:
        if (answer := getattr(capability, name, None)) is not None:
            return answer
    return None
