"""Running the server: over stdio, or for one client over TCP."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from typing import TYPE_CHECKING

from pygls.io_ import StdinAsyncReader, StdoutWriter, run_async

from hatchet_ls.lsp.server import Server

if TYPE_CHECKING:
    from pygls.io_ import AsyncReader, AsyncWriter, Writer


class CannotListenError(Exception):
    """An address cannot be listened on; the message says which and why."""


def serve_stdio(position_encoding: str = "utf-16") -> int:
    """Serve the client at the other end of stdin and stdout until it leaves.

    ``position_encoding`` is how it counts columns if it does not say.

    Returns the exit code: 0 if the client asked to shut down, else 1.
    """
    writer = StdoutWriter(sys.stdout.buffer)
    # What anything prints must not get between the messages.
    sys.stdout = sys.stderr
    return asyncio.run(_serve(StdinAsyncReader(sys.stdin.buffer), writer, position_encoding))


def serve_tcp(host: str, port: int, position_encoding: str = "utf-16") -> int:
    """Serve the first client that connects, until it leaves. Says on stderr where it listens (port 0: a free one).

    Returns the exit code: 0 if the client asked to shut down, else 1.

    Raises:
        CannotListenError
    """
    return asyncio.run(_listen(host, port, position_encoding))


async def _listen(host: str, port: int, position_encoding: str) -> int:
    connected: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Future()

    def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if connected.done():
            writer.close()
        else:
            connected.set_result((reader, writer))

    try:
        listener = await asyncio.start_server(connect, host, port)
    except OSError as error:
        raise CannotListenError(f"cannot listen on {host}:{port}: {_reason(error)}") from error
    address = listener.sockets[0].getsockname()
    print(f"hatchet-ls listens on {address[0]}:{address[1]}", file=sys.stderr, flush=True)
    reader, writer = await connected
    listener.close()
    return await _serve(reader, writer, position_encoding)


async def _serve(reader: AsyncReader, writer: Writer | AsyncWriter, position_encoding: str) -> int:
    server = Server()
    server.protocol.position_encoding = position_encoding
    server.protocol.set_writer(writer)
    server.collector.begin()
    try:
        await run_async(server.stopped, reader, server.protocol, error_handler=server.report_server_error)
    except (ConnectionError, asyncio.IncompleteReadError):
        # The client has gone without a word, perhaps in the middle of one.
        pass
    finally:
        server.collector.end()
        server.shutdown()
        writer.close()
    return server.exit_code


def _reason(error: OSError) -> str:
    if error.errno and not isinstance(error, socket.gaierror):
        return os.strerror(error.errno).lower()  # asyncio's own text has the address again
    return (error.strerror or str(error)).lower()
