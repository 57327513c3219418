"""What clients say they can do."""

from __future__ import annotations

from lsprotocol import types

from hatchet_ls.lsp.capabilities import Client, read

UTF16 = types.PositionEncodingKind.Utf16


def test_a_client_that_says_nothing_gets_the_oldest_protocol() -> None:
    assert read(types.ClientCapabilities(), UTF16) == Client()


def test_a_client_that_pulls_says_of_diagnostics_what_it_says_of_published_ones() -> None:
    """VS Code describes them only there; newer clients also where they pull, which then counts."""
    published = types.PublishDiagnosticsClientCapabilities(related_information=True, code_description_support=True)
    pulled = types.DiagnosticClientCapabilities(code_description_support=False)
    document = types.TextDocumentClientCapabilities(publish_diagnostics=published, diagnostic=pulled)
    client = read(types.ClientCapabilities(text_document=document), UTF16)
    assert client.pulls
    assert client.related_information
    assert not client.code_description


def test_only_a_client_that_knows_the_deprecated_tag_gets_it() -> None:
    def knows(*tags: types.DiagnosticTag) -> bool:
        support = types.PublishDiagnosticsClientCapabilities(tag_support=types.ClientDiagnosticsTagOptions(tags))
        document = types.TextDocumentClientCapabilities(publish_diagnostics=support)
        return read(types.ClientCapabilities(text_document=document), UTF16).deprecated_tag

    assert knows(types.DiagnosticTag.Unnecessary, types.DiagnosticTag.Deprecated)
    assert not knows(types.DiagnosticTag.Unnecessary)
