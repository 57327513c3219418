"""The oracle's process: has one SDK imported, and forks for every snippet so that none sees another.

    python server.py [FOLDER]     # FOLDER: where an SDK is installed (``pip install --target``); else the interpreter's

Reads one JSON request per line from stdin and writes one JSON answer per line to stdout; ends with stdin.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

SECONDS_PER_SNIPPET = 60


def token(address: str) -> str:
    """An unsigned token that leads the SDK to our engine and nowhere else."""

    def part(claims: dict[str, str]) -> str:
        return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")

    claims = {
        "sub": "707d0855-80ab-4e1f-a156-f1c4546cbf52",
        "server_url": "http://127.0.0.1:1",
        "grpc_broadcast_address": address,
    }
    return f"{part({'alg': 'none'})}.{part(claims)}.none"


def start_engine() -> tuple[str, int]:
    """Fork the engine; its address, and the pipe that keeps it alive while we hold it open."""
    from oracle import engine

    port_in, port_out = os.pipe()
    alive_in, alive_out = os.pipe()
    if os.fork() == 0:
        os.close(alive_out)
        engine.serve(port_out, alive_in)
        os._exit(0)
    os.close(alive_in)
    os.close(port_out)
    with os.fdopen(port_in) as port:
        return f"127.0.0.1:{port.readline().strip()}", alive_out


def judge_in_fork(files: dict[str, str], *, older: bool) -> dict[str, Any]:
    """Judge a snippet in a child of ours; an answer also when the child dies."""
    answer_in, answer_out = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            _child(files, folder, answer_out, older=older)
        os.close(answer_out)
        with os.fdopen(answer_in) as answer:
            text = answer.read()
        _, status = os.waitpid(child, 0)
    if not text:
        return {"broken": f"the process ended without an answer (status {status})", "refusals": []}
    answered: dict[str, Any] = json.loads(text)
    return answered


def _child(files: dict[str, str], folder: str, answer: int, *, older: bool) -> None:
    try:
        # It ends the process, and is no exception in it: that could come anywhere, and leave locks behind.
        signal.alarm(SECONDS_PER_SNIPPET)
        from oracle.snippet import judge

        devnull = os.open(os.devnull, os.O_RDWR)
        os.dup2(devnull, 0)
        os.dup2(devnull, 1)
        if "ORACLE_DEBUG" not in os.environ:
            os.dup2(devnull, 2)
        verdict = judge(files, Path(folder), older=older)
        os.write(answer, json.dumps(verdict).encode())
    except BaseException as error:
        os.write(answer, json.dumps({"broken": f"{type(error).__name__}: {error}", "refusals": []}).encode())
    finally:
        # Threads of the SDK must not keep the child, and nothing of the parent's may be flushed twice.
        os._exit(0)


def main() -> None:
    tests = Path(__file__).parent.parent
    sys.path[:1] = [*sys.argv[1:2], str(tests), str(tests.parent / "server")]
    for name in [name for name in os.environ if name.startswith("HATCHET")]:
        del os.environ[name]
    address, alive = start_engine()
    os.environ["HATCHET_CLIENT_TOKEN"] = token(address)
    os.environ["HATCHET_CLIENT_TLS_STRATEGY"] = "none"
    from importlib.metadata import version

    import hatchet_sdk  # noqa: F401 (paid once, here)

    print(json.dumps({"version": version("hatchet-sdk")}), flush=True)
    for line in sys.stdin:
        print(json.dumps(judge_in_fork(json.loads(line), older=len(sys.argv) > 1)), flush=True)
    os.close(alive)


if __name__ == "__main__":
    main()
