"""Write ``schemas/sdk_facts.json`` and ``schemas/stubs`` from the SDK's published 1.x releases.

    python scripts/generate_sdk_facts.py [--check [RELEASE ...]]

The wheels are downloaded with pip, one after the other, and kept in a cache folder. With ``--check`` nothing is
written: exit code 1 and what is stale. Without releases all that the table covers are checked, which needs all their
wheels; releases that have been published since are none of its business.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hatchet_ls.hatchet.facts import Facts, Version, without_docs
from hatchet_ls.hatchet.facts_encoder import encode, written
from hatchet_ls.hatchet.facts_history import TABLE
from hatchet_ls.hatchet.facts_package import read_package
from hatchet_ls.hatchet.facts_stubs import stubs
from hatchet_ls.hatchet.facts_table import Table, TableData

ROOT = Path(__file__).parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hatchet-ls" / "wheels"
FIRST = Version(1, 0, 0)

_UNREAD = re.compile("/contracts/|/clients/rest/api/|/v0/").search
"""Generated and outdated files, which are most of a wheel; nothing of them is read."""


def published() -> list[Version]:
    """The 1.x releases on the package index, oldest first; pre-releases are left out."""
    said = pip("index", "versions", "hatchet-sdk")
    line = re.search(r"(?m)^Available versions: (.*)$", said)
    if line is None:
        raise SystemExit(f"pip does not say which releases there are:\n{said}")
    texts = [text for text in line[1].split(", ") if re.fullmatch(r"\d+\.\d+\.\d+", text)]
    versions = [version for text in texts if (version := Version.parse(text)) is not None]
    return sorted(version for version in versions if version >= FIRST)


def facts_of(release: Version, cache: Path) -> Facts:
    """What the reader says of a release, its documentation apart."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel(release, cache)) as archive:
        for name in archive.namelist():
            if name.endswith(".py") and _UNREAD(name):
                (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)  # That it is there counts.
            elif name.endswith(".py"):
                archive.extract(name, folder)
        return without_docs(read_package(Path(folder) / "hatchet_sdk", release, {}))


def wheel(release: Version, cache: Path) -> Path:
    """The release's wheel; downloaded when the cache does not have it."""
    for _ in range(2):
        for path in cache.glob(f"hatchet_sdk-{release}-*.whl"):
            return path
        pip("download", "--no-deps", "--only-binary=:all:", "--dest", str(cache), f"hatchet-sdk=={release}")
    raise SystemExit(f"pip found no wheel of hatchet-sdk {release}")


def pip(*arguments: str) -> str:
    """What pip prints."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def generated(data: TableData) -> dict[Path, str]:
    """The files to write, by their paths in ``schemas``, all made from the table."""
    table = Table(data)
    files = {Path(TABLE): written(data)}
    newest = table.facts(len(table.releases) - 1, {})
    files.update({Path("stubs") / path: text for path, text in stubs(newest).items()})
    return files


def stale_files(expected: Mapping[Path, str], folder: Path) -> list[str]:
    """The files of ``folder`` that are missing, superfluous or not as expected."""
    present = {path.relative_to(folder) for path in (folder / "stubs").rglob("*.pyi")}
    return [
        str(path)
        for path in sorted(expected.keys() | present)
        if path not in expected
        or not (folder / path).is_file()
        or (folder / path).read_text(encoding="utf-8") != expected[path]
    ]


def check(releases: Sequence[Version], folder: Path, cache: Path) -> list[str]:
    """What is stale: releases of which the table says something else than the reader, and files."""
    data: TableData = json.loads((folder / TABLE).read_text(encoding="utf-8"))
    table = Table(data)
    stale = []
    for release in releases or table.releases:
        if release not in table.releases:
            stale.append(f"{TABLE}: hatchet-sdk {release} is not in it")
            continue
        said = replace(table.facts(table.releases.index(release), {}), installed=True)
        if said != facts_of(release, cache):
            stale.append(f"{TABLE}: hatchet-sdk {release} is not what the reader says")
    return stale + stale_files(generated(data), folder)


def named_release(text: str) -> Version:
    """A release from the command line."""
    version = Version.parse(text)
    if version is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no version")
    return version


def main() -> int:
    """Exit code 1 when ``--check`` finds something stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check",
        nargs="*",
        type=named_release,
        metavar="RELEASE",
        help="write nothing, exit 1 when something is stale",
    )
    parser.add_argument("--cache", type=Path, default=CACHE, help="where wheels are kept (default: %(default)s)")
    parser.add_argument("--schemas", type=Path, default=ROOT / "schemas", help="the folder to write or check")
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    if arguments.check is not None:
        stale = check(arguments.check, arguments.schemas, arguments.cache)
        if stale:
            print("Stale; run python scripts/generate_sdk_facts.py:", *stale, sep="\n  ")
        return 1 if stale else 0
    data = encode([facts_of(version, arguments.cache) for version in published()])
    files = generated(data)
    for name in stale_files(files, arguments.schemas):
        path = arguments.schemas / name
        path.unlink(missing_ok=True)
        if Path(name) in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[Path(name)], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
