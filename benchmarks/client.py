"""A small LSP client over stdio that stamps every message with the time of its arrival."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"configuration": True, "workspaceFolders": True, "diagnostics": {"refreshSupport": True}},
    "window": {"workDoneProgress": True},
    "textDocument": {
        "synchronization": {"dynamicRegistration": False},
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True, "codeDescriptionSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
}
PULL = {"dynamicRegistration": True, "relatedDocumentSupport": False}

_SAMPLING_SECONDS = 0.02
_TO_THE_END = 20.0


class ServerTimeoutError(Exception):
    """The server did not answer in time."""


@dataclass(frozen=True)
class Message:
    """One message of the server, with the ``time.perf_counter()`` of its arrival."""

    body: dict[str, Any]
    at: float


class LspClient:
    """Starts a server and speaks with it; a context manager that ends the server.

    Args:
        command: the server's program and arguments.
        environment: the whole environment of the process.
        folder: the workspace; also the working directory.
        pull: offer pull diagnostics besides pushed ones.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path, *, pull: bool) -> None:
        self._folder = folder
        self._ids = itertools.count(1)
        self._messages: queue.Queue[Message | None] = queue.Queue()
        self._offers_pull = pull
        self.pulls = False
        """Whether the server wants to be asked for diagnostics."""
        self.started_at = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
        self.peak_memory = 0
        """The highest sum of the resident sizes of the server and its children so far, in bytes."""
        self._watching = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._watch_memory, daemon=True).start()

    def __enter__(self) -> LspClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.request("shutdown", None)
                self.notify("exit", None)
        finally:
            self._end()

    def initialize(self, settings: Mapping[str, Any], options: Mapping[str, Any]) -> None:
        """Shake hands. ``settings`` answer ``workspace/configuration``, ``options`` are the initialization options."""
        self._settings = settings
        capabilities = json.loads(json.dumps(CAPABILITIES))
        if self._offers_pull:
            capabilities["textDocument"]["diagnostic"] = PULL
        uri = self._folder.as_uri()
        answer = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": self._folder.name}],
                "capabilities": capabilities,
                "initializationOptions": dict(options),
            },
        )
        self.pulls = self.pulls or bool(answer.body["result"]["capabilities"].get("diagnosticProvider"))
        self.notify("initialized", {})
        if settings:
            self.notify("workspace/didChangeConfiguration", {"settings": dict(settings)})

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any, timeout: float = 60.0) -> Message:
        """Send a request and wait for its answer.

        Raises:
            ServerTimeoutError: there was none within ``timeout`` seconds.
        """
        number = next(self._ids)
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return self.wait(lambda body: body.get("id") == number and "method" not in body, timeout)

    def wait(self, wanted: Callable[[dict[str, Any]], bool], timeout: float) -> Message:
        """The next message that is wanted; the server's own requests are answered on the way.

        Raises:
            ServerTimeoutError: there was none within ``timeout`` seconds, or the server ended.
        """
        deadline = time.perf_counter() + timeout
        while True:
            try:
                message = self._messages.get(timeout=max(0.0, deadline - time.perf_counter()))
            except queue.Empty:
                raise ServerTimeoutError(f"no answer within {timeout} s") from None
            if message is None:
                raise ServerTimeoutError("the server ended")
            if "method" in message.body and "id" in message.body:
                self._answer(message.body)
            if wanted(message.body):
                return message

    def diagnostics(
        self, uri: str, version: int, satisfied: Callable[[list[dict[str, Any]]], bool], timeout: float
    ) -> Message:
        """Wait until the server has shown the diagnostics of a version of a document, pulled or pushed.

        A server that turns to pull diagnostics on the way (by registration) is asked from then on. An answer that is
        not ``satisfied`` is one for older text, or an early part: the wait goes on.

        Raises:
            ServerTimeoutError: there were none within ``timeout`` seconds.
        """
        deadline = time.perf_counter() + timeout
        while True:
            left = deadline - time.perf_counter()
            if left <= 0:
                raise ServerTimeoutError(f"no diagnostics of version {version} within {timeout} s")
            if self.pulls:
                message = self.request("textDocument/diagnostic", {"textDocument": {"uri": uri}}, left)
                if satisfied(message.body.get("result", {}).get("items", [])):
                    return message
                time.sleep(0.001)
                continue

            def shown(body: dict[str, Any]) -> bool:
                params = body.get("params", {})
                return (
                    body.get("method") == "textDocument/publishDiagnostics"
                    and params["uri"] == uri
                    and params.get("version") in (None, version)
                    and satisfied(params["diagnostics"])
                )

            message = self.wait(lambda body: shown(body) or self.pulls, left)
            if shown(message.body):
                return message

    def _answer(self, request: dict[str, Any]) -> None:
        result: Any = None
        params = request.get("params") or {}
        if request["method"] == "workspace/configuration":
            result = [self._setting(item.get("section") or "") for item in params.get("items", [])]
        elif request["method"] == "client/registerCapability":
            methods = {registration["method"] for registration in params.get("registrations", [])}
            self.pulls = self.pulls or "textDocument/diagnostic" in methods
        elif request["method"] == "workspace/workspaceFolders":
            result = [{"uri": self._folder.as_uri(), "name": self._folder.name}]
        self._send({"jsonrpc": "2.0", "id": request["id"], "result": result})

    def _setting(self, section: str) -> Any:
        value: Any = self._settings
        for part in section.split(".") if section else []:
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def _send(self, body: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        content = json.dumps(body).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while line := stream.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                self._messages.put(None)
                return
            content = stream.read(length)
            at = time.perf_counter()
            self._messages.put(Message(json.loads(content), at))

    def _watch_memory(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self._process.pid)
            while not self._watching.wait(_SAMPLING_SECONDS):
                total = 0
                for process in [root, *root.children(recursive=True)]:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        total += process.memory_info().rss
                self.peak_memory = max(self.peak_memory, total)

    def _end(self) -> None:
        self._watching.set()
        family = []
        with contextlib.suppress(psutil.NoSuchProcess):
            family = psutil.Process(self._process.pid).children(recursive=True)
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(_TO_THE_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
