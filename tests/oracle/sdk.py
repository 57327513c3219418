"""The releases of the SDK that are asked, each in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from oracle.verdict import Refusal, Verdict

NEWEST = version("hatchet-sdk")
OLDER = "1.21.2"
"""The last release of November 2025, about a year before this was written."""

SERVER = Path(__file__).parent / "server.py"


def install(release: str, cache: Path) -> Path:
    """The folder that a release is installed in with all that it needs; made by pip when it is not there yet.

    Several test processes may do so at once: each makes a folder of its own, and the first one's counts.
    """
    folder = cache / f"hatchet-sdk-{release}-py{sys.version_info.major}.{sys.version_info.minor}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=cache))
        pip("install", "--target", str(fresh), f"hatchet-sdk=={release}")
        with suppress(OSError):
            fresh.rename(folder)
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def unpack(release: str, cache: Path) -> Path:
    """A ``.venv`` that holds a release's own files and nothing else: enough to read its facts."""
    folder = cache / f"venv-{release}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=cache))
        (fresh / "pyvenv.cfg").write_text("include-system-site-packages = false\n", encoding="utf-8")
        packages = fresh / "lib" / "python3.11" / "site-packages"
        pip("install", "--no-deps", "--target", str(packages), f"hatchet-sdk=={release}")
        with suppress(OSError):
            fresh.rename(folder)
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def pip(*arguments: str) -> None:
    """Run pip.

    Raises:
        RuntimeError: with pip's own words when it fails.
    """
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")


class Oracle:
    """A process that has one release imported and judges snippets, each in a fork of its own."""

    def __init__(self, folder: Path | None = None) -> None:
        """``folder`` is where a release is installed; None for the one that these tests run with."""
        isolated = ["-S", "-E"] if folder else []
        self._process = subprocess.Popen(
            [sys.executable, *isolated, str(SERVER), *([str(folder)] if folder else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.release: str = json.loads(self._readline())["version"]

    def __enter__(self) -> Oracle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def judge(self, files: Mapping[str, str]) -> Verdict:
        """What the release makes of these files (paths relative to the workspace); only Python files count."""
        sources = {path: text for path, text in files.items() if path.endswith(".py")}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(sources) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._readline())
        refusals = tuple(
            Refusal(refusal["moment"], refusal["text"], tuple(tuple(place) for place in refusal["places"]))
            for refusal in answer["refusals"]
        )
        return Verdict(sources, answer["broken"], refusals)

    def _readline(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the oracle's process ended with {self._process.wait()}")
        return line
