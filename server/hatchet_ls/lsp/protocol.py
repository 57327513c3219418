"""JSON-RPC as pygls has it, with the manners that it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcServerNotInitialized
from pygls.protocol import LanguageServerProtocol

if TYPE_CHECKING:
    from cattrs import Converter
    from pygls.lsp.server import LanguageServer

_OURS = (
    # pygls splits lines at form feeds and the like, where LSP does not, so that edits land in the wrong place.
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    # pygls loses the exit code.
    types.EXIT,
)


class Protocol(LanguageServerProtocol):
    """Every request gets an answer, also one that is malformed, too early or too late."""

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self.position_encoding: str = types.PositionEncodingKind.Utf16
        """How a client counts columns that says nothing."""
        for method in _OURS:
            del self.fm.builtin_features[method]

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Read a message. Raises ``JsonRpcException`` when it is malformed, after answering if it is a request."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if isinstance(data.get("id"), (str, int)) and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Handle a message at its time: ``initialize`` first and once, nothing but ``exit`` after ``shutdown``."""
        method = getattr(message, "method", None)
        error: JsonRpcException | None = None
        if self._shutdown:
            error = JsonRpcInvalidRequest("The server has been shut down")
        elif self._workspace is None and method != types.INITIALIZE:
            error = JsonRpcServerNotInitialized("The server has not been initialized")
        elif self._workspace is not None and method == types.INITIALIZE:
            error = JsonRpcInvalidRequest("The server has been initialized already")
        if error is None and method == types.INITIALIZE:
            self._settle_encoding(message.params.capabilities)
        if error is None or method in (None, types.EXIT):
            super().handle_message(message)
        elif hasattr(message, "id"):
            self._send_response(message.id, error=error.to_response_error())

    def _settle_encoding(self, capabilities: types.ClientCapabilities) -> None:
        general = capabilities.general = capabilities.general or types.GeneralClientCapabilities()
        general.position_encodings = general.position_encodings or [self.position_encoding]
