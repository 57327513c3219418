"""``hatchet-ls server``: which way it serves. What it serves has tests of its own."""

from __future__ import annotations

import socket

import pytest

from hatchet_ls.cli.main import run


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []

    def stdio(position_encoding: str) -> int:
        calls.append(("stdio", position_encoding))
        return 0

    def tcp(host: str, port: int, position_encoding: str) -> int:
        calls.append(("tcp", host, port, position_encoding))
        return 1

    monkeypatch.setattr("hatchet_ls.lsp.serve.serve_stdio", stdio)
    monkeypatch.setattr("hatchet_ls.lsp.serve.serve_tcp", tcp)
    return calls


@pytest.mark.parametrize("arguments", [[], ["--stdio"]])
def test_stdio_is_the_default(served: list[tuple[object, ...]], arguments: list[str]) -> None:
    assert run(["server", *arguments]) == 0
    assert served == [("stdio", "utf-16")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_the_short_way_of_editors_takes_what_the_long_one_takes(
    served: list[tuple[object, ...]], encoding: str
) -> None:
    run(["server", "--position-encoding", encoding])
    run(["server", "--stdio", "--position-encoding", encoding])
    assert served == [("stdio", encoding)] * 2


def test_tcp_listens_on_this_machine_only_unless_told_otherwise(served: list[tuple[object, ...]]) -> None:
    assert run(["server", "--tcp", "--port", "2087"]) == 1
    run(["server", "--tcp", "--host", "0.0.0.0"])
    assert served == [("tcp", "127.0.0.1", 2087, "utf-16"), ("tcp", "0.0.0.0", 0, "utf-16")]


def test_how_a_silent_client_counts_columns_can_be_said(served: list[tuple[object, ...]]) -> None:
    run(["server", "--position-encoding", "utf-8"])
    run(["server", "--tcp", "--position-encoding", "utf-32"])
    assert served == [("stdio", "utf-8"), ("tcp", "127.0.0.1", 0, "utf-32")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--stdio", "--tcp"],
        ["--port", "1"],
        ["--host", "::"],
        ["--tcp", "--port", "70000"],
        ["--position-encoding", "x"],
    ],
)
def test_bad_usage(served: list[tuple[object, ...]], arguments: list[str]) -> None:
    assert run(["server", *arguments]) == 2
    assert served == []


def test_a_port_that_is_taken_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host, port = taken.getsockname()
        assert run(["server", "--tcp", "--port", str(port)]) == 2
    assert capsys.readouterr().err == f"Error: cannot listen on {host}:{port}: address already in use\n"
