"""The server's process and its pipes, for messages that no well-behaved client sends."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

from e2e.session import COMMAND, SECONDS

Message = dict[str, Any]


class Wire:
    """Sends bytes, and reads messages as they come."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.received: list[Message] = []
        self._arriving: Queue[Message | None] = Queue()
        self._ids = 0
        threading.Thread(target=self._read, daemon=True).start()

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def body(self, body: bytes) -> None:
        """Send a body with its header."""
        self.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, params: object = None) -> None:
        """Send a notification."""
        self.body(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def send(self, method: str, params: object = None) -> int:
        """Send a request; its id."""
        self._ids += 1
        self.body(json.dumps({"jsonrpc": "2.0", "id": self._ids, "method": method, "params": params}).encode())
        return self._ids

    def request(self, method: str, params: object = None) -> Message:
        """Send a request and wait for its answer."""
        return self.answer(self.send(method, params))

    def reply(self, identity: int | str, **content: object) -> None:
        """Answer a request of the server's, with a ``result`` or an ``error``."""
        self.body(json.dumps({"jsonrpc": "2.0", "id": identity, **content}).encode())

    def answer(self, identity: int | str) -> Message:
        """Wait for the answer to a request."""
        return self.until(lambda message: message.get("id") == identity and "method" not in message)

    def until(self, condition: Callable[[Message], bool]) -> Message:
        """Wait for a message, which may have come already."""
        for message in self.received:
            if condition(message):
                return message
        while (arrived := self._arriving.get(timeout=SECONDS)) is not None:
            self.received.append(arrived)
            if condition(arrived):
                return arrived
        raise AssertionError(f"the server has left after {self.received}")

    def rest(self) -> list[Message]:
        """Everything that the server has sent, once it has left."""
        while (arrived := self._arriving.get(timeout=SECONDS)) is not None:
            self.received.append(arrived)
        return self.received

    def initialize(self, root: Path, capabilities: object = None, process_id: int | None = None) -> Message:
        """Begin as a client does that is published to."""
        params = {"processId": process_id, "rootUri": root.as_uri(), "capabilities": capabilities or {}}
        answer = self.request("initialize", params)
        self.notify("initialized", {})
        return answer

    def open(self, uri: str, text: str) -> None:
        """Open a Python document."""
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def diagnostics(self, uri: str) -> list[Message]:
        """Wait for what is published for a document first."""
        message = self.until(
            lambda each: each.get("method") == "textDocument/publishDiagnostics" and each["params"]["uri"] == uri
        )
        found: list[Message] = message["params"]["diagnostics"]
        return found

    def leave(self) -> int:
        """End as a client does; the exit code."""
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(SECONDS)

    def _read(self) -> None:
        assert self.process.stdout is not None
        stream = self.process.stdout
        while header := stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = stream.readline()
            self._arriving.put(json.loads(stream.read(length)))
        self._arriving.put(None)


@contextmanager
def wire(*, command: list[str] = COMMAND) -> Iterator[Wire]:
    """A server of its own. Whatever happens to it, it is gone at the end, and nothing has popped up."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        it = Wire(process)
        try:
            yield it
        finally:
            process.kill()
    assert not [each for each in it.received if each.get("method", "").startswith("window/showMessage")]
