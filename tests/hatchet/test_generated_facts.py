"""What ``scripts/generate_sdk_facts.py`` has written is what it would write now."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import hatchet_sdk
import jedi
import pytest
from jedi.api.environment import InterpreterEnvironment

from hatchet_ls.hatchet.facts import without_docs
from hatchet_ls.hatchet.facts_encoder import encode, written
from hatchet_ls.hatchet.facts_history import facts_at, releases
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.facts_stubs import stubs
from hatchet_ls.hatchet.facts_table import Table
from hatchet_ls.hatchet.schemas import schema_path

ROOT = Path(__file__).parents[2]
STUBS = schema_path("stubs")


def check(cache: Path, schemas: Path, *wanted: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "scripts" / "generate_sdk_facts.py"
    command = [sys.executable, str(script), "--cache", str(cache), "--schemas", str(schemas), "--check", *wanted]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """A copy of the generated files, to be spoilt."""
    folder = tmp_path / "schemas"
    shutil.copytree(STUBS, folder / "stubs")
    shutil.copy(schema_path("sdk_facts.json"), folder)
    return folder


def test_the_table_says_what_the_reader_says_of_the_installed_sdk() -> None:
    facts = load_facts([Path(hatchet_sdk.__file__).parents[1]])
    assert facts.version in releases()
    assert replace(facts_at(facts.version), installed=True) == without_docs(facts)


def test_the_committed_files_are_fresh(sdk_cache: Path) -> None:
    """Seen by the oldest and the newest release, and one in between; later ones than the table covers do not matter."""
    done = check(sdk_cache, ROOT / "schemas", str(releases()[0]), "1.21.2", str(releases()[-1]))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda folder: (folder / "stubs" / "hatchet_sdk" / "hatchet.pyi").unlink(), "stubs/hatchet_sdk/hatchet.pyi"),
        (lambda folder: (folder / "stubs" / "hatchet_sdk" / "old.pyi").touch(), "stubs/hatchet_sdk/old.pyi"),
        (lambda folder: (folder / "stubs" / "hatchet_sdk" / "config.pyi").write_text(""), "hatchet_sdk/config.pyi"),
        (lambda folder: spoil(folder, '"retries"', '"tries"'), "hatchet-sdk 1.21.2 is not what the reader says"),
        (lambda folder: spoil(folder, '"1.21.2",\n', ""), "hatchet-sdk 1.21.2 is not in it"),
    ],
    ids=["missing stub", "superfluous stub", "other stub", "other facts", "missing release"],
)
def test_what_is_stale_is_said(schemas: Path, sdk_cache: Path, wrong: object, said: str) -> None:
    assert callable(wrong)
    wrong(schemas)
    done = check(sdk_cache, schemas, "1.21.2")
    assert done.returncode == 1
    assert said in done.stdout.replace("\\", "/")


def spoil(schemas: Path, old: str, new: str) -> None:
    table = schemas / "sdk_facts.json"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new), encoding="utf-8")


def test_the_stubs_are_those_of_the_newest_release() -> None:
    expected = {str(path): text for path, text in stubs(facts_at(None)).items()}
    present = {path.relative_to(STUBS).as_posix(): path.read_text(encoding="utf-8") for path in STUBS.rglob("*.pyi")}
    assert present == expected
    for path, text in present.items():
        compile(text, path, "exec")


def test_nothing_is_lost_between_facts_and_table() -> None:
    covered = [facts_at(version) for version in (releases()[0], releases()[90], releases()[-1])]
    table = Table(json.loads(written(encode(covered))))
    assert table.releases == tuple(facts.version for facts in covered)
    for index, facts in enumerate(covered):
        assert table.facts(index, facts.history) == facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from hatchet_sdk import Hatchet\nHatchet", "hatchet_sdk.hatchet.Hatchet"),
        ("from hatchet_sdk import Hatchet\nHatchet().task", "hatchet_sdk.hatchet.Hatchet.task"),
        (
            "from hatchet_sdk import Hatchet\nHatchet(debug=True).rate_limits.put",
            "features.rate_limits.RateLimitsClient.put",
        ),
        ("from hatchet_sdk import Hatchet\nHatchet().workflow(name='w')", "hatchet_sdk.runnables.workflow.Workflow"),
        ("from hatchet_sdk import Hatchet\nHatchet().worker('w').start", "hatchet_sdk.worker.worker.Worker.start"),
        (
            "from hatchet_sdk import Hatchet\nhatchet = Hatchet()\n@hatchet.task()\ndef f(i, c): ...\nf",
            "workflow.Standalone",
        ),
        (
            "from hatchet_sdk import Hatchet\nw = Hatchet().workflow(name='w')\n@w.task()\ndef f(i, c): ...\nf",
            "task.Task",
        ),
        (
            "from hatchet_sdk import Context\ndef f(ctx: Context):\n    ctx.log",
            "hatchet_sdk.context.context.Context.log",
        ),
        ("from hatchet_sdk import DurableContext\nDurableContext.log", "hatchet_sdk.context.context.Context.log"),
        ("from hatchet_sdk import RateLimit\nRateLimit(units=1)", "hatchet_sdk.types.rate_limit.RateLimit"),
        ("from hatchet_sdk import RateLimitDuration\nRateLimitDuration.HOUR", "types.rate_limit.RateLimitDuration"),
        ("from hatchet_sdk import or_\nor_", "hatchet_sdk.or_"),
    ],
)
def test_names_resolve_by_the_stubs_where_no_sdk_is_installed(tmp_path: Path, text: str, expected: str) -> None:
    project = jedi.Project(tmp_path, sys_path=[str(STUBS), *stdlib()], smart_sys_path=False)
    script = jedi.Script(text, path=tmp_path / "tasks.py", project=project, environment=InterpreterEnvironment())
    names = script.infer() or script.goto()
    assert [name.full_name for name in names if (name.full_name or "").endswith(expected)], names


def stdlib() -> list[str]:
    return [path for path in sys.path if path and "site-packages" not in path and str(ROOT) not in path]
