"""The table of what calls do outside the program."""

from __future__ import annotations

import importlib
import re

import pytest

from hatchet_ls.hatchet.journal import meaning_of
from hatchet_ls.python.flow import Role
from hatchet_ls.rules.durable._effects import CLOCK, ENVIRONMENT, IO, RANDOM, VALUES, _expression, io_of, value_of


@pytest.mark.parametrize(
    ("path", "does"),
    [
        ("requests.get", "sends an HTTP request"),
        ("requests.Session().post", "sends an HTTP request"),
        ("httpx.AsyncClient().request", "sends an HTTP request"),
        ("stripe.checkout.Session.create", "sends an HTTP request"),
        ("sqlalchemy.orm.sessionmaker()().execute", "talks to a database"),
        ("psycopg.connect().cursor().execute", "talks to a database"),
        ("redis.asyncio.Redis().get", "talks to a database"),
        ("boto3.client().put_object", "calls a cloud service"),
        ("openai.OpenAI().chat.completions.create", "calls a language model"),
        ("anthropic.AsyncAnthropic().messages.create", "calls a language model"),
        ("open", "reads or writes files"),
        ("pathlib.Path().read_text", "reads or writes files"),
        ("subprocess.run", "starts a process"),
        ("smtplib.SMTP", "sends mail"),
        ("asyncio.open_connection", "uses the network"),
        ("input", "waits for somebody to type"),
    ],
)
def test_a_call_does_something_outside(path: str, does: str) -> None:
    assert io_of(path) == does


@pytest.mark.parametrize(
    "path",
    [
        "requests",
        "requests.Session",
        "requests.get().json",
        "httpx.AsyncClient",
        "myrequests.get",
        "requests.getter",
        "boto3.client",
        "sqlalchemy.select",
        "redis.Redis",
        "pathlib.Path",
        "pathlib.Path().with_suffix",
        "os.path.join",
        "reopen",
        "json.loads",
        "logging.info",
    ],
)
def test_a_call_does_nothing_outside(path: str) -> None:
    assert io_of(path) is None


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("datetime.datetime.now", CLOCK),
        ("time.time", CLOCK),
        ("asyncio.get_running_loop().time", CLOCK),
        ("uuid.uuid4", RANDOM),
        ("random.choice", RANDOM),
        ("secrets.token_hex", RANDOM),
        ("os.environ.__getitem__", ENVIRONMENT),
        ("socket.gethostname", ENVIRONMENT),
        ("uuid.uuid5", None),
        ("random.seed", None),
        ("secrets.compare_digest", None),
        ("datetime.datetime.fromisoformat", None),
        ("time.sleep", None),
    ],
)
def test_what_a_value_depends_on(path: str, source: str | None) -> None:
    assert value_of(path) == source


def test_no_call_is_both_io_and_a_value() -> None:
    plain = re.compile(r"[\w.]+")
    paths = [path for patterns in (*IO.values(), *VALUES.values()) for path in patterns if plain.fullmatch(path)]
    assert [path for path in paths if io_of(path) and value_of(path)] == []


_STANDARD = (
    "time",
    "random",
    "uuid",
    "secrets",
    "os",
    "glob",
    "shutil",
    "subprocess",
    "tempfile",
    "urllib",
    "platform",
)


@pytest.mark.parametrize(
    "pattern",
    [
        pattern
        for patterns in (*IO.values(), *VALUES.values())
        for pattern in patterns
        if pattern.partition(".")[0] in _STANDARD and "()" not in pattern
    ],
)
def test_the_standard_library_has_what_the_table_names(pattern: str) -> None:
    head, _, alternatives = pattern.partition("{")
    path = head.rstrip(".").split(".")
    names = alternatives.rstrip("}").split(",") if alternatives else [path.pop()]
    owner = _owner(path)
    newer_or_elsewhere = {"uuid6", "uuid7", "startfile", "getrandom"}
    assert {name for name in names if not hasattr(owner, name)} <= newer_or_elsewhere


def _owner(path: list[str]) -> object:
    """The module or object of a dotted path."""
    try:
        return importlib.import_module(".".join(path))
    except ModuleNotFoundError:
        return getattr(_owner(path[:-1]), path[-1])


def test_patterns_are_whole_paths() -> None:
    assert _expression("a.{b,c}().**.d_*") == r"a\.(?:b|c)\(\)\..*\.d_\w*"


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("hatchet_sdk.Standalone().aio_run", Role.OPERATION),
        ("hatchet_sdk.Workflow().aio_run_many", Role.OPERATION),
        ("hatchet_sdk.DurableContext().aio_now", Role.OPERATION),
        ("hatchet_sdk.SleepCondition", Role.CONSTRUCTOR),
        ("logging.getLogger().info", Role.LOG),
        ("hatchet_sdk.DurableContext().log", Role.LOG),
        ("str", Role.CONVERSION),
        ("sorted", Role.COLLECTION),
        ("len", Role.LENGTH),
        ("random.shuffle", Role.SHUFFLE),
    ],
)
def test_what_a_call_means_to_a_durable_task(path: str, role: Role) -> None:
    meaning = meaning_of(path)
    assert meaning is not None
    assert meaning.role is role


@pytest.mark.parametrize("path", ["hatchet_sdk.Workflow().run", "hatchet_sdk.Hatchet().event.push", "any", "info"])
def test_what_means_nothing_to_a_durable_task(path: str) -> None:
    assert meaning_of(path) is None


def test_which_arguments_are_compared() -> None:
    wait = meaning_of("hatchet_sdk.DurableContext().aio_wait_for")
    event = meaning_of("hatchet_sdk.DurableContext().aio_wait_for_event")
    assert wait is not None
    assert event is not None
    assert [wait.takes(argument) for argument in (0, 1, 5, "label", "signal_key")] == [False, True, True, False, False]
    assert [event.takes(argument) for argument in (0, 1, "key", "expression", "scope")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert not event.takes(None)
