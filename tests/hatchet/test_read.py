"""From sources to the program: all the ways in which projects write a task resolve to the same task."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from hatchet.reading import SITE_PACKAGES, program_of
from hatchet_ls.check import Selection, check
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program import Known, Program, Task, TaskKind, Unknown
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.python.modules import Modules
from hatchet_ls.text import Source

Read = Callable[..., Program]

CLIENT = "from hatchet_sdk import Hatchet\nhatchet = Hatchet()\n"
TASK = "    @{0}.task(retries=3)\n    def work(input, ctx): ...\n"


@pytest.fixture
def read(tmp_path: Path, facts: Facts) -> Read:
    """The program of the last file, after writing all of them."""
    return partial(program_of, tmp_path, facts=facts)


def only(program: Program) -> Task:
    """The one task of a program."""
    assert len(program.tasks) == 1
    return program.tasks[0]


WAYS = {
    "the client in the same file": {
        "tasks.py": CLIENT + "@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "imported from another module": {
        "app/client.py": CLIENT,
        "app/tasks.py": "from app.client import hatchet\n@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "imported relatively": {
        "app/__init__.py": "",
        "app/client.py": CLIENT,
        "app/flows/__init__.py": "",
        "app/flows/tasks.py": "from ..client import hatchet\n@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "imported under an alias": {
        "client.py": CLIENT,
        "tasks.py": "from client import hatchet as h\n@h.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "re-exported through __init__": {
        "app/client.py": CLIENT,
        "app/__init__.py": "from .client import hatchet\n",
        "tasks.py": "from app import hatchet\n@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "re-exported by a star": {
        "app/client.py": CLIENT,
        "app/__init__.py": "from .client import *\n",
        "tasks.py": "from app import hatchet\n@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "through the module": {
        "app/__init__.py": "",
        "app/client.py": CLIENT,
        "tasks.py": "import app.client\n@app.client.hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "through a package without __init__": {
        "app/client.py": CLIENT,
        "tasks.py": "import app.client\n@app.client.hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "the SDK under an alias": {
        "tasks.py": "import hatchet_sdk as h\nx = h.Hatchet()\n@x.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "a cached getter": {
        "client.py": "from functools import lru_cache\nfrom hatchet_sdk import Hatchet\n"
        "@lru_cache(maxsize=1)\ndef get_hatchet():\n    return Hatchet()\n",
        "tasks.py": "from client import get_hatchet\n@get_hatchet().task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "a getter with a global": {
        "client.py": "from hatchet_sdk import Hatchet\n_client = None\ndef get_hatchet() -> Hatchet:\n"
        "    global _client\n    if _client is None:\n        _client = Hatchet()\n    return _client\n",
        "tasks.py": "from client import get_hatchet\nh = get_hatchet()\n"
        "@h.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "an annotated parameter": {
        "tasks.py": "from hatchet_sdk import Hatchet\ndef register(h: Hatchet):\n" + TASK.format("h"),
    },
    "an optional, quoted parameter": {
        "tasks.py": 'from hatchet_sdk import Hatchet\ndef register(h: "Hatchet | None" = None):\n' + TASK.format("h"),
    },
    "a parameter without annotation": {
        "tasks.py": CLIENT + "def register(h):\n" + TASK.format("h") + "register(hatchet)\n",
    },
    "an attribute of self": {
        "tasks.py": "from hatchet_sdk import Hatchet\nclass App:\n    def __init__(self, hatchet: Hatchet) -> None:\n"
        "        self.hatchet = hatchet\n    def register(self) -> None:\n"
        "        @self.hatchet.task(retries=3)\n        def work(input, ctx): ...\n",
    },
    "an attribute of a dataclass": {
        "tasks.py": "from dataclasses import dataclass\nfrom hatchet_sdk import Hatchet\n@dataclass\nclass App:\n"
        "    hatchet: Hatchet\napp = App(Hatchet())\n@app.hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "a property": {
        "tasks.py": "from functools import cached_property\nfrom hatchet_sdk import Hatchet\nclass App:\n"
        "    @cached_property\n    def hatchet(self): return Hatchet()\n"
        "@App().hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "a subclass": {
        "tasks.py": "from hatchet_sdk import Hatchet\nclass Mine(Hatchet): ...\nh = Mine()\n"
        "@h.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "a conditional import": {
        "tasks.py": "try:\n    from hatchet_sdk import Hatchet\nexcept ImportError:\n    Hatchet = None\n"
        "h = Hatchet()\n@h.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "clients made on both branches": {
        "tasks.py": "from hatchet_sdk import Hatchet\n"
        "if DEBUG:\n    h = Hatchet(debug=True)\nelse:\n    h = Hatchet()\n"
        "@h.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "stacked decorators": {
        "tasks.py": CLIENT + "import other\n@hatchet.task(retries=3)\n@other.traced\ndef work(input, ctx): ...\n",
    },
    "stacked decorators, the task innermost": {
        "tasks.py": CLIENT + "import other\n@other.traced\n@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "a decorator applied as a call": {
        "tasks.py": CLIENT + "def work(input, ctx): ...\nmade = hatchet.task(retries=3)(work)\n",
    },
    "a decorator kept in a name": {
        "tasks.py": CLIENT + "deco = hatchet.task(retries=3)\n@deco\ndef work(input, ctx): ...\n",
    },
    "inside a function": {
        "tasks.py": CLIENT + "def make():\n" + TASK.format("hatchet") + "    return work\n",
    },
    "in a loop": {
        "tasks.py": CLIENT + "for name in ('a', 'b'):\n" + TASK.format("hatchet"),
    },
    "after a broken line": {
        "tasks.py": CLIENT + "x = = 3\n@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "beside a match statement": {
        "tasks.py": CLIENT + "match x:\n    case 1: ...\n@hatchet.task(retries=3)\ndef work(input, ctx): ...\n",
    },
    "from_embedded": {
        "tasks.py": "from hatchet_sdk import Hatchet\nh = Hatchet.from_embedded()\n"
        "@h.task(retries=3)\ndef work(input, ctx): ...\n",
    },
}


@pytest.mark.parametrize("files", WAYS.values(), ids=WAYS.keys())
def test_all_of_these_are_the_same_task(read: Read, files: dict[str, str]) -> None:
    task = only(read(files))
    assert task.kind is TaskKind.TASK
    assert task.standalone
    assert task.call.key == "Hatchet.task"
    assert task.function is not None
    assert task.function.name == "work"
    retries = task.argument("retries")
    assert isinstance(retries.value, Known)
    assert retries.value.value == 3
    assert task.call.source.slice(retries.span) == "3"


ANNOTATIONS = [
    "Union[Hatchet, None]",
    "Union[None, Hatchet]",
    "'Union[None, Hatchet]'",
    "t.Optional[Hatchet]",
    "'t.Optional[Hatchet]'",
    "t.Annotated[Hatchet, 'ours']",
    "'Annotated[Hatchet, 3]'",
    "'None | Hatchet'",
]


@pytest.mark.parametrize("annotation", ANNOTATIONS)
def test_an_annotation_may_be_written_in_many_ways(read: Read, annotation: str) -> None:
    imports = "import typing as t\nfrom typing import Union\nfrom hatchet_sdk import Hatchet\n"
    task = only(read({"tasks.py": f"{imports}def register(h: {annotation}):\n" + TASK.format("h")}))
    assert task.call.key == "Hatchet.task"


@pytest.mark.parametrize("annotation", ["Hatchet | int", "'Hatchet | int'", "t.Union[Hatchet, int]", "list[Hatchet]"])
def test_an_annotation_may_be_another_thing(read: Read, annotation: str) -> None:
    imports = "import typing as t\nfrom hatchet_sdk import Hatchet\n"
    assert not read({"tasks.py": f"{imports}def register(h: {annotation}):\n" + TASK.format("h")}).tasks


FOREIGN = {
    "a local package called hatchet": {
        "hatchet/__init__.py": "class App:\n    def task(self, **kw): ...\nhatchet = App()\n",
        "tasks.py": "import hatchet_sdk\nfrom hatchet import hatchet\n@hatchet.task(retries=-1)\ndef work(): ...\n",
    },
    "Celery": {
        "tasks.py": "import hatchet_sdk\nfrom celery import Celery\n"
        "app = Celery()\n@app.task(retries=-1)\ndef w(): ...\n",
    },
    "Prefect": {
        "tasks.py": "import hatchet_sdk\nfrom prefect import task\n@task(retries=-1)\ndef w(): ...\n",
    },
    "Airflow": {
        "tasks.py": "import hatchet_sdk\nfrom airflow.decorators import task\n@task.python(retries=-1)\ndef w(): ...\n",
    },
    "a variable that becomes something else": {
        "tasks.py": CLIENT + "hatchet = other()\n@hatchet.task(retries=-1)\ndef w(): ...\n",
    },
    "a class of one's own with the name": {
        "tasks.py": "import hatchet_sdk\nclass Hatchet:\n    def task(self, **kw): ...\n"
        "@Hatchet().task(retries=-1)\ndef w(): ...\n",
    },
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_is_not_the_sdk_resolves_to_nothing(read: Read, files: dict[str, str]) -> None:
    assert read(files).tasks == ()


def test_a_file_without_hatchet_is_not_read(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "other.py").write_text("import os\n")
    reader = Reader(Modules([tmp_path], library="hatchet_sdk"), facts)
    assert reader.read(Source(tmp_path / "a.py", "import other\nimport a\nfrom . import x\n")) is None


def test_a_file_that_reaches_the_sdk_through_its_imports_is_read(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "client.py").write_text(CLIENT)
    (tmp_path / "middle.py").write_text("from client import hatchet\n")
    reader = Reader(Modules([tmp_path], library="hatchet_sdk"), facts)
    assert reader.read(Source(tmp_path / "a.py", "from middle import (\n    hatchet,\n)\n")) is not None


def test_what_a_subclass_redefines_is_unknown(read: Read) -> None:
    task = only(
        read(
            {
                "tasks.py": "from hatchet_sdk import Hatchet\nclass Mine(Hatchet):\n"
                "    def task(self, *, retries=1, **kw): return super().task(retries=retries, **kw)\n"
                "h = Mine()\n@h.task(retries=-1, backoff_factor=0.5, extra=1)\ndef work(input, ctx): ...\n"
            }
        )
    )
    assert task.call.overridden is not None
    assert isinstance(task.argument("retries").value, Unknown)
    assert task.argument("backoff_factor").value == Known(0.5, task.call.source, task.argument("backoff_factor").span)
    assert task.effective("retries").origin == "unknown"
    assert not task.call.omits("execution_timeout")


def test_a_workflow_of_another_module_is_given_tasks_here(read: Read) -> None:
    program = read(
        {
            "flow.py": CLIENT + "from hatchet_sdk import TaskDefaults\n"
            "wf = hatchet.workflow(name='orders', task_defaults=TaskDefaults(retries=4))\n"
            "@wf.task()\ndef first(input, ctx): ...\n",
            "tasks.py": "from flow import first, wf\n@wf.durable_task(parents=[first])\n"
            "async def second(input, ctx): ...\n",
        }
    )
    task = only(program)
    assert task.kind is TaskKind.DURABLE
    assert task.workflow is not None
    assert task.workflow.name == Known("orders", task.workflow.call.source, task.workflow.argument("name").span)
    assert task.parents is not None
    assert [parent.name.value for parent in task.parents if isinstance(parent.name, Known)] == ["first"]
    effective = task.effective("retries")
    assert (effective.origin, effective.value) == ("task_defaults", effective.value)
    assert isinstance(effective.value, Known)
    assert effective.value.value == 4


@pytest.mark.parametrize(
    ("written", "defaults", "origin", "value"),
    [
        ("", "", "sdk", timedelta(seconds=60)),
        ("execution_timeout=timedelta(minutes=2)", "", "task", timedelta(minutes=2)),
        ("", "execution_timeout=timedelta(hours=1)", "task_defaults", timedelta(hours=1)),
        (
            "execution_timeout=timedelta(minutes=1)",
            "execution_timeout=timedelta(hours=1)",
            "task_defaults",
            timedelta(hours=1),
        ),
        (
            "execution_timeout=timedelta(minutes=2)",
            "execution_timeout=timedelta(hours=1)",
            "task",
            timedelta(minutes=2),
        ),
        ("execution_timeout=T", "execution_timeout=timedelta(hours=1)", "unknown", None),
        ("", "execution_timeout=T", "unknown", None),
        ("", "**T", "unknown", None),
        ("**T", "", "unknown", None),
        ("", "execution_timeout=None", "sdk", timedelta(seconds=60)),
    ],
)
def test_the_effective_value_follows_the_sdk(
    read: Read, written: str, defaults: str, origin: str, value: object
) -> None:
    task = only(
        read(
            {
                "tasks.py": CLIENT + "from datetime import timedelta\nfrom hatchet_sdk import TaskDefaults\n"
                f"wf = hatchet.workflow(name='w', task_defaults=TaskDefaults({defaults}))\n"
                f"@wf.task({written})\ndef work(input, ctx): ...\n"
            }
        )
    )
    effective = task.effective("execution_timeout")
    assert effective.origin == origin
    assert (effective.value.value if isinstance(effective.value, Known) else None) == value


def test_the_context_is_what_the_task_gets_whatever_its_annotation_says(read: Read) -> None:
    program = read(
        {
            "tasks.py": CLIENT + "from hatchet_sdk import DurableContext\n"
            "@hatchet.task()\nasync def plain(input, ctx: DurableContext): ctx.retry_count\n"
            "@hatchet.durable_task()\nasync def durable(input, c): await c.aio_now()\n"
        }
    )
    assert [
        (access.owner, access.name, access.called) for access in program.accesses if access.owner.endswith("Context")
    ] == [("Context", "retry_count", False), ("DurableContext", "aio_now", True)]


def test_a_function_of_two_kinds_of_tasks_has_no_certain_context(read: Read) -> None:
    program = read(
        {
            "tasks.py": CLIENT + "def work(input, ctx): ctx.aio_now()\n"
            "a = hatchet.task()(work)\nb = hatchet.durable_task()(work)\n"
        }
    )
    assert len(program.tasks) == 2
    assert [access.owner for access in program.accesses if access.name == "aio_now"] == []


def test_the_calls_of_a_body_are_direct_or_one_deep_in_helpers(read: Read) -> None:
    program = read(
        {
            "helpers.py": "import requests\ndef fetch():\n    return requests.get('x')\n"
            "def deep():\n    return fetch()\n",
            "tasks.py": CLIENT + "import time\nfrom helpers import deep, fetch\n@hatchet.durable_task()\n"
            "async def work(input, ctx):\n    time.sleep(1)\n    fetch()\n    deep()\n    open('f')\n"
            "    def later(): time.time()\n    run = lambda: time.time()\n",
        }
    )
    function = only(program).function
    assert function is not None
    assert [(call.path, [step.name for step in call.trail]) for call in function.calls()] == [
        ("time.sleep", []),
        ("requests.get", ["fetch", "fetch"]),
        ("open", []),
    ]


def test_library_objects_keep_their_path(read: Read) -> None:
    program = read(
        {
            "tasks.py": CLIENT + "import httpx, requests\nsession = requests.Session()\n@hatchet.task()\n"
            "async def work(input, ctx):\n    async with httpx.AsyncClient() as client:\n"
            "        await client.get('x')\n    session.get('y')\n",
        }
    )
    function = only(program).function
    assert function is not None
    assert [(call.path, call.awaited, call.discarded) for call in function.calls()] == [
        ("httpx.AsyncClient", False, False),
        ("httpx.AsyncClient().get", True, True),
        ("requests.Session().get", False, True),
    ]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("hatchet.task()", "hatchet.task(x=1, y=2)"),
        ("hatchet.task(retries=3)", "hatchet.task(retries=3, x=1, y=2)"),
        ("hatchet.task(retries=3,)", "hatchet.task(retries=3, x=1, y=2,)"),
        ("hatchet.task(**rest)", "hatchet.task(x=1, y=2, **rest)"),
        ("hatchet.task(retries=3, **rest)", "hatchet.task(retries=3, x=1, y=2, **rest)"),
        (
            "hatchet.task(\n    retries=3,  # why\n)",
            "hatchet.task(\n    retries=3,  # why\n    x=1,\n    y=2,\n)",
        ),
        (
            "hatchet.task(\n    retries=3  # why\n)",
            "hatchet.task(\n    retries=3,  # why\n    x=1,\n    y=2,\n)",
        ),
        ("hatchet.task(\n    retries=3)", "hatchet.task(\n    retries=3, x=1, y=2)"),
        ("hatchet.task(\n    retries=3\n)", "hatchet.task(\n    retries=3,\n    x=1,\n    y=2,\n)"),
    ],
)
def test_arguments_are_added_in_the_calls_own_layout(read: Read, call: str, expected: str) -> None:
    from hatchet_ls.text import apply_edits

    task = only(read({"tasks.py": CLIENT + f"@{call}\ndef work(input, ctx): ...\n"}))
    text = apply_edits(task.call.source.text, task.call.add_arguments("x=1", "y=2"))
    assert text == CLIENT + f"@{expected}\ndef work(input, ctx): ...\n"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("hatchet.task(retries=3)", "hatchet.task()"),
        ("hatchet.task(retries=3, name='a')", "hatchet.task(name='a')"),
        ("hatchet.task(name='a', retries=3)", "hatchet.task(name='a')"),
        ("hatchet.task(name='a', retries=3, **rest)", "hatchet.task(name='a', **rest)"),
        ("hatchet.task(\n    name='a',\n    retries=3,\n)", "hatchet.task(\n    name='a',\n)"),
        ("hatchet.task(\n    retries=3,  # why\n)", "hatchet.task(\n      # why\n)"),
    ],
)
def test_arguments_are_removed_with_their_comma(read: Read, call: str, expected: str) -> None:
    from hatchet_ls.text import apply_edits

    task = only(read({"tasks.py": CLIENT + f"@{call}\ndef work(input, ctx): ...\n"}))
    text = apply_edits(task.call.source.text, task.call.remove_argument(task.argument("retries")))
    assert text == CLIENT + f"@{expected}\ndef work(input, ctx): ...\n"


@pytest.mark.parametrize(
    ("imports", "name", "expected"),
    [
        ("from datetime import timedelta\n", "timedelta", "from datetime import timedelta\n"),
        ("from datetime import timedelta as td\n", "td", "from datetime import timedelta as td\n"),
        ("import datetime\n", "datetime.timedelta", "import datetime\n"),
        ("import datetime as dt\n", "dt.timedelta", "import datetime as dt\n"),
        ("from datetime import datetime\n", "timedelta", "from datetime import datetime, timedelta\n"),
        (
            "from datetime import (\n    datetime,\n)\n",
            "timedelta",
            "from datetime import (\n    datetime, timedelta,\n)\n",
        ),
        ("import os\n", "timedelta", "import os\nfrom datetime import timedelta\n"),
        ("timedelta = 3\n", "_timedelta", "from datetime import timedelta as _timedelta\n\ntimedelta = 3\n"),
        ('"""Docs."""\n', "timedelta", '"""Docs."""\n\nfrom datetime import timedelta\n'),
        ("# licence\n\nx = 1\n", "timedelta", "# licence\n\nfrom datetime import timedelta\n\nx = 1\n"),
        (
            "from __future__ import annotations\n",
            "timedelta",
            "from __future__ import annotations\n\nfrom datetime import timedelta\n",
        ),
        (
            "from hatchet_sdk import Hatchet\n",
            "timedelta",
            "from datetime import timedelta\n\nfrom hatchet_sdk import Hatchet\n",
        ),
        (
            "import os, sys\n\nfrom .client import hatchet\n",
            "timedelta",
            "import os, sys\nfrom datetime import timedelta\n\nfrom .client import hatchet\n",
        ),
        (
            "\ufefffrom .client import hatchet\n",
            "timedelta",
            "\ufefffrom datetime import timedelta\n\nfrom .client import hatchet\n",
        ),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from datetime import timedelta\n",
            "_timedelta",
            "from typing import TYPE_CHECKING\nfrom datetime import timedelta as _timedelta\n"
            "if TYPE_CHECKING:\n    from datetime import timedelta\n",
        ),
    ],
)
def test_names_are_imported_once(tmp_path: Path, imports: str, name: str, expected: str) -> None:
    from hatchet_ls.python.imports import import_name
    from hatchet_ls.python.parse import parse
    from hatchet_ls.text import apply_edits

    written, edits = import_name(parse(Source(tmp_path / "a.py", imports)), "datetime", "timedelta")
    assert written == name
    assert apply_edits(imports, edits) == expected


def test_what_an_imported_module_no_longer_says_is_forgotten(tmp_path: Path, facts: Facts) -> None:
    client, user = (
        tmp_path / "client.py",
        "from client import hatchet\n@hatchet.task(retries=3)\ndef work(i, ctx): ...\n",
    )
    client.write_text(CLIENT)
    opened: dict[Path, str] = {}
    reader = Reader(Modules([tmp_path], [SITE_PACKAGES], overlay=opened.get, library="hatchet_sdk"), facts)

    def tasks() -> int:
        program = reader.read(Source(tmp_path / "user.py", user))
        return len(program.tasks) if program is not None else 0

    assert tasks() == 1
    opened[client] = "from hatchet_sdk import Hatchet\nhatchet = None\n"
    assert tasks() == 0, "an unsaved edit counts"
    client.write_text(opened.pop(client))
    reader.modules.invalidate()
    assert tasks() == 0, "a saved one, too"
    client.write_text(CLIENT)
    reader.modules.invalidate()
    assert tasks() == 1


def test_a_closed_program_is_freed_with_its_last_reference(read: Read) -> None:
    # Else each edit would leave a program behind that only the garbage collector finds, by searching everything.
    program = read({"tasks.py": f"{CLIENT}class Jobs:\n{TASK.format('hatchet')}\nhatchet.worker('w').start()\n"})
    check(program, Selection())
    call = weakref.ref(program.tasks[0].call)
    gc.disable()
    try:
        program.close()
        del program
        assert call() is None
    finally:
        gc.enable()


def test_nothing_else_is_said_of_a_file_for_an_sdk_before_1(read: Read) -> None:
    program = read(
        {
            "tasks.py": CLIENT + "@hatchet.workflow(timeout='10m')\nclass Orders:\n"
            "    @hatchet.step(timeout='1 day')\n    def charge(self, context): ...\n"
            "worker = hatchet.worker('orders', max_runs=4)\nworker.register_workflow(Orders())\n"
            "hatchet.task(execution_timeout='1 day', retries=-1)\n"
        }
    )
    assert [finding.rule for finding in check(program, Selection())] == ["sdk-v0-api"]
