"""Build the VS Code extension, ``client-vscode/hatchet-ls-<version>.vsix``.

    python scripts/build_vsix.py [--out FILE] [--libraries] [--renew]

Needs ``npm ci`` in ``client-vscode/`` and the package registries, nothing else. The same sources give the same bytes.
``--libraries`` only puts the server and its libraries into ``client-vscode/bundled/libs``, which is what running the
extension from its sources needs. ``--renew`` first takes the newest releases of the libraries into
``bundled/requirements.txt``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CLIENT = ROOT / "client-vscode"
REQUIREMENTS = CLIENT / "bundled" / "requirements.txt"

WEB = "https://github.com/hatchet-dev/hatchet-ls"
"""What the README names relatively is there, below the folder of the client, which vsce does not take in by itself."""

PURE = ["--implementation=py", "--platform=any", "--abi=none", "--python-version=3.10", "--only-binary=:all:"]
"""What any Python from 3.10 on can load on any platform. pip refuses everything else."""

NOT_NEEDED = (
    "bin",
    "tools",
    "**/__pycache__",
    # The command line, and with it `rich` and `click`.
    "hatchet_ls/cli",
    "hatchet_ls/__main__.py",
    # Types of other people's packages, which Jedi can do without: 28 MB.
    "jedi/third_party/typeshed/stubs",
    "jedi/third_party/django-stubs",
    # Types of parts of the standard library that no task is made of.
    *(
        f"jedi/third_party/typeshed/stdlib/{name}"
        for name in ("distutils", "encodings", "lib2to3", "msilib", "tkinter")
    ),
    "attr*/*.pyi",
    "*/py.typed",
    # Crons are put into words in English only.
    "cron_descriptor/locale/[!e]*",
    "cron_descriptor/locale/es_*",
    "cron_descriptor/locale/el_*",
    "tzdata/zoneinfo/*.tab",
    "tzdata/zoneinfo/*.zi",
    "tzdata/zoneinfo/leap*",
    # What pip notes for itself.
    "*.dist-info/INSTALLER",
    "*.dist-info/RECORD",
    "*.dist-info/REQUESTED",
    "*.dist-info/WHEEL",
    "*.dist-info/direct_url.json",
    "*.dist-info/entry_points.txt",
    "*.dist-info/top_level.txt",
)
UNWANTED = ("node_modules", "test", "unit", "libs", "dist", "out", "*.vsix")
"""What is not copied before packing. What is packed of the rest, ``.vscodeignore`` says."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows."""


def build(target: Path) -> None:
    """Build everything, in a folder of its own."""
    if not (CLIENT / "node_modules").is_dir():
        sys.exit("First run `npm ci --ignore-scripts` in client-vscode/.")
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "extension"
        shutil.copytree(CLIENT, stage, ignore=shutil.ignore_patterns(*UNWANTED))
        shutil.copy(ROOT / "LICENSE", stage)
        bundle_libraries(stage / "bundled" / "libs")
        metafile = Path(folder) / "meta.json"
        run(
            "npm", "run", "--silent", "bundle", "--", f"--outdir={stage / 'dist'}", f"--metafile={metafile}", cwd=CLIENT
        )
        (stage / "THIRD_PARTY_NOTICES.txt").write_text(notices(stage, metafile), encoding="utf-8")
        packed = Path(folder) / "packed.vsix"
        vsce = str(CLIENT / "node_modules" / ".bin" / "vsce")
        web = (f"--baseContentUrl={WEB}/blob/HEAD/{CLIENT.name}", f"--baseImagesUrl={WEB}/raw/HEAD/{CLIENT.name}")
        run(vsce, "package", "--no-dependencies", *web, f"--out={packed}", cwd=stage)
        repack(packed, target)


def bundle_libraries(target: Path) -> None:
    """Put the server and its libraries into a folder, without what they do not need."""
    shutil.rmtree(target, ignore_errors=True)
    install = ["install", "--no-deps", "--no-compile", f"--target={target}", *PURE]
    with tempfile.TemporaryDirectory() as folder:
        pip("wheel", "--no-deps", f"--wheel-dir={folder}", str(ROOT))
        (wheel,) = Path(folder).glob("hatchet_ls-*.whl")
        pip(*install, str(wheel))
    pip(*install, "--upgrade", "--require-hashes", f"--requirement={REQUIREMENTS}")
    for path in [path for pattern in NOT_NEEDED for path in target.glob(pattern)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def notices(stage: Path, metafile: Path) -> str:
    """The licences of all that is not ours in the package."""
    parts = ["hatchet-ls for VS Code brings these packages, under these licences.\n"]
    for name, version, texts in sorted([*python_packages(stage / "bundled" / "libs"), *node_packages(metafile)]):
        parts.append("\n".join([f"{'=' * 80}\n{name} {version}\n{'=' * 80}\n", *texts]))
    return "\n".join(parts)


def python_packages(libraries: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and licences of each bundled library."""
    for info in libraries.glob("*.dist-info"):
        metadata = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
        if metadata["Name"] != "hatchet-ls":
            texts = [*info.glob("LICENSE*"), *(each for each in info.glob("licenses/**/*") if each.is_file())]
            yield metadata["Name"], metadata["Version"], [each.read_text(encoding="utf-8") for each in sorted(texts)]


def node_packages(metafile: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and licences of each package that esbuild has put into the bundle."""
    inputs = json.loads(metafile.read_text(encoding="utf-8"))["inputs"]
    found = {match.group() for each in inputs if (match := re.match(r".*node_modules/(@[^/]+/)?[^/]+(?=/)", each))}
    for folder in (CLIENT / each for each in found):
        manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        texts = sorted(each for each in folder.iterdir() if re.match("(?i)licen[cs]e", each.name))
        yield manifest["name"], manifest["version"], [each.read_text(encoding="utf-8") for each in texts]


def repack(packed: Path, target: Path) -> None:
    """The same files in a fixed order, without times and with the same rights everywhere."""
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED, 9)


def renew() -> None:
    """Take the newest releases of the libraries into the list."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    names = [line.partition("==")[0] for line in lines if "==" in line]
    with tempfile.TemporaryDirectory() as folder:
        pip("download", "--no-deps", f"--dest={folder}", *PURE, *names)
        wheels = sorted(Path(folder).glob("*.whl"))
        pins = [f"{pinned(each)} --hash=sha256:{hashlib.sha256(each.read_bytes()).hexdigest()}" for each in wheels]
    REQUIREMENTS.write_text("\n".join([*comments, *pins]) + "\n", encoding="utf-8")


def pinned(wheel: Path) -> str:
    """``name==version`` of a wheel."""
    name, version, *_ = wheel.name.split("-")
    return f"{name.replace('_', '-')}=={version}"


def pip(*arguments: str) -> None:
    """Run pip, quietly."""
    run(sys.executable, "-m", "pip", arguments[0], "--quiet", "--disable-pip-version-check", *arguments[1:], cwd=ROOT)


def run(*command: str, cwd: Path) -> None:
    """Run a command; its output is shown when it fails."""
    program = shutil.which(command[0]) or command[0]
    done = subprocess.run([program, *command[1:]], cwd=cwd, env=os.environ, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def main() -> None:
    """The entry point."""
    parser = argparse.ArgumentParser(description="Build the VS Code extension.")
    parser.add_argument("--out", type=Path, help="where to put it; by default into client-vscode/")
    parser.add_argument("--libraries", action="store_true", help="only bundle the server, for running from the sources")
    parser.add_argument("--renew", action="store_true", help="take the newest releases of the libraries first")
    options = parser.parse_args()
    if options.renew:
        renew()
    if options.libraries:
        bundle_libraries(CLIENT / "bundled" / "libs")
        return
    version = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))["version"]
    target: Path = options.out or CLIENT / f"hatchet-ls-{version}.vsix"
    build(target)
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
