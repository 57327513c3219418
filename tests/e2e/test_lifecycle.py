"""The server ends when it should, and says how it went."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from e2e.session import COMMAND, SECONDS
from e2e.texts import WRONG
from e2e.wire import wire
from hatchet_ls.lsp.parent import is_alive


def test_it_ends_well_when_it_is_asked_to(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace)
        assert it.leave() == 0


def test_it_ends_badly_when_it_is_told_to_leave_without_a_shutdown(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace)
        it.notify("exit")
        assert it.process.wait(SECONDS) == 1


def test_it_can_leave_before_it_has_begun() -> None:
    with wire() as it:
        it.notify("exit")
        assert it.process.wait(SECONDS) == 1


def test_it_ends_when_its_input_ends(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace)
        assert it.process.stdin is not None
        it.process.stdin.close()
        assert it.process.wait(SECONDS) == 1


def test_it_ends_when_its_input_ends_in_mid_message(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace)
        it.raw(b"Content-Length: 1000\r\n\r\n{")
        assert it.process.stdin is not None
        it.process.stdin.close()
        assert it.process.wait(SECONDS) == 1


def test_it_ends_when_its_client_dies_though_the_pipe_stays_open(workspace: Path) -> None:
    client = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with wire() as it:
        it.initialize(workspace, process_id=client.pid)
        assert it.process.poll() is None
        client.kill()
        client.wait()
        assert it.process.wait(SECONDS) == 1


def test_a_client_that_cannot_be_seen_from_here_is_not_missed(workspace: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with wire() as it:
        it.initialize(workspace, process_id=gone.pid)
        it.open((workspace / "a.py").as_uri(), WRONG)
        assert it.diagnostics((workspace / "a.py").as_uri())
        assert it.leave() == 0


def test_processes_are_seen_while_they_run() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert is_alive(process.pid)
    assert is_alive(os.getpid())
    process.kill()
    process.wait()
    assert not is_alive(process.pid)
    assert not is_alive(0)
    assert not is_alive(10**30)


def test_the_module_runs_as_the_command_does(workspace: Path) -> None:
    with wire(command=[sys.executable, "-m", "hatchet_ls", "server"]) as it:
        it.initialize(workspace)
        assert it.leave() == 0


def test_what_the_server_s_imports_print_does_not_reach_the_client(workspace: Path) -> None:
    chatty = (
        "import sys; from hatchet_ls.lsp import serve\n"
        "serve.Server.begin = lambda self, begin=serve.Server.begin: (print('chatter'), begin(self))[1]\n"
        "sys.exit(serve.serve_stdio())"
    )
    with wire(command=[sys.executable, "-c", chatty]) as it:
        it.initialize(workspace)
        assert it.leave() == 0


@pytest.mark.asyncio
async def test_it_serves_one_client_over_tcp(workspace: Path) -> None:
    server = await asyncio.create_subprocess_exec(*COMMAND[:-1], "--tcp", stderr=asyncio.subprocess.PIPE)
    assert server.stderr is not None
    host, _, port = (await server.stderr.readline()).decode().split()[-1].rpartition(":")
    client = LanguageClient("over-tcp", "1")
    published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: published.put_nowait(params))
    await client.start_tcp(host, int(port))
    params = types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=workspace.as_uri())
    await asyncio.wait_for(client.initialize_async(params), SECONDS)
    item = types.TextDocumentItem((workspace / "tasks.py").as_uri(), "python", 1, WRONG)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    (diagnostic,) = (await asyncio.wait_for(published.get(), SECONDS)).diagnostics
    assert diagnostic.code == "negative-retries"
    await asyncio.wait_for(client.shutdown_async(None), SECONDS)
    client.exit(None)
    assert await asyncio.wait_for(server.wait(), SECONDS) == 0
    await client.stop()  # type: ignore[no-untyped-call]


@contextmanager
def connected() -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """A server that listens on a TCP port, and a connection with it. Whatever happens to it, it is gone at the end."""
    with subprocess.Popen([*COMMAND[:-1], "--tcp"], stderr=subprocess.PIPE) as server:
        try:
            assert server.stderr is not None
            host, _, port = server.stderr.readline().decode().split()[-1].rpartition(":")
            with socket.create_connection((host, int(port)), SECONDS) as connection:
                yield server, connection
        finally:
            server.kill()


def end(server: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    """Wait for a server: its exit code, and what it said on stderr since it began to listen."""
    _, said = server.communicate(timeout=SECONDS)
    return server.returncode, said


def test_it_ends_quietly_when_its_client_over_tcp_is_killed() -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}).encode()
    with connected() as (server, client):
        client.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        client.recv(1)
        # The connection is reset, as it is for a process that dies with much of the answer unread.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        assert end(server) == (1, b"")


def test_it_ends_quietly_when_its_client_over_tcp_leaves_in_mid_message() -> None:
    with connected() as (server, client):
        client.sendall(b"Content-Length: 1000\r\n\r\n{")
        client.close()
        assert end(server) == (1, b"")
