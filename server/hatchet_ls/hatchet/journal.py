"""What the engine records of a durable task, and compares when the task is resumed.

Each durable operation has a place in the run's journal. When the task is resumed its function runs again from the
top, and at each place the engine compares a hash: of a wait the kinds, durations, event keys, expressions and data
keys of its conditions; of a child run its workflow and its input. Labels, metadata, signal keys, scopes and
look-back windows are not compared. Source: ``pkg/repository/durable_events.go`` of the engine.
"""

from __future__ import annotations

import functools
import re

from hatchet_ls.python.flow import Meaning, Role

_RUNNABLE = r"hatchet_sdk\.(?:Workflow|Standalone)\(\)\."
_CONTEXT = r"hatchet_sdk\.DurableContext\(\)\."
_CONDITION = frozenset({"duration", "event_key", "expression", "readable_data_key"})
_NO_KEYWORD: frozenset[str] = frozenset()
_INPUT = frozenset({"input"})
_WORKFLOWS = frozenset({"workflows"})


_RANDOM = (
    r"random|randint|randrange|randbytes|getrandbits|choice|choices|sample|uniform|triangular|gauss|normalvariate"
    r"|lognormvariate|expovariate|betavariate|gammavariate|paretovariate|vonmisesvariate|weibullvariate"
)
_NUMPY_RANDOM = r"rand|randn|randint|random|random_sample|choice|permutation|normal|uniform|exponential"
"""What draws from the generator that the module keeps."""
_RUN = {"kind": "run"}
_WAIT = {"kind": "wait"}
_SLEEP = {"kind": "wait", "for": "sleep"}
_EVENT = {"kind": "wait", "for": "event"}
_NOW = {"kind": "memo"}


def _compiled(*rows: tuple[str, Meaning]) -> tuple[tuple[re.Pattern[str], Meaning], ...]:
    return tuple((re.compile(pattern), meaning) for pattern, meaning in rows)


_MEANINGS = _compiled(
    (_RUNNABLE + r"aio_run(?:_no_wait)?", Meaning(Role.OPERATION, range(1), _INPUT, _RUN)),
    (_RUNNABLE + r"aio_run_many(?:_no_wait)?", Meaning(Role.OPERATION, range(1), _WORKFLOWS, _RUN)),
    (_CONTEXT + r"aio_sleep_for", Meaning(Role.OPERATION, range(1), frozenset({"duration"}), _SLEEP)),
    (_CONTEXT + r"aio_sleep_until", Meaning(Role.OPERATION, range(1), frozenset({"wake_at"}), _NOW)),
    (_CONTEXT + r"aio_wait_for", Meaning(Role.OPERATION, range(1, 1000), _NO_KEYWORD, _WAIT, any_order=True)),
    (_CONTEXT + r"aio_wait_for_event", Meaning(Role.OPERATION, range(2), frozenset({"key", "expression"}), _EVENT)),
    (_CONTEXT + r"aio_now", Meaning(Role.OPERATION, range(0), _NO_KEYWORD, _NOW)),
    (_RUNNABLE + r"create_bulk_run_item", Meaning(Role.CONSTRUCTOR, range(1), _INPUT)),
    (r"hatchet_sdk\.(?:SleepCondition|UserEventCondition)", Meaning(Role.CONSTRUCTOR, range(3), _CONDITION)),
    (r"hatchet_sdk\.or_", Meaning(Role.COLLECTION)),
    (r"hatchet_sdk\.EmptyModel|types\.SimpleNamespace", Meaning(Role.CONSTRUCTOR)),
    (
        r"list|tuple|iter|reversed|filter|itertools\.(?:chain|islice)|collections\.deque",
        Meaning(Role.COLLECTION),
    ),
    (r"copy\.(?:deep)?copy|dict", Meaning(Role.COPY)),
    (r"sorted", Meaning(Role.COLLECTION, any_order=True)),
    (r"set|frozenset", Meaning(Role.SET, any_order=True)),
    (r"zip", Meaning(Role.PAIRING)),
    (r"enumerate", Meaning(Role.COUNTING)),
    (r"next", Meaning(Role.ITEM)),
    (r"len", Meaning(Role.LENGTH)),
    (r"isinstance|callable", Meaning(Role.CONVERSION, range(0), _NO_KEYWORD)),
    (r"min|max|sum|math\.\w+", Meaning(Role.CONVERSION, any_order=True)),
    (
        r"str|int|float|bool|complex|bytes|repr|ascii|format|round|abs|pow|divmod|range|chr|hex|oct|bin"
        r"|datetime\.(?:timedelta|datetime|date|time)|datetime\.datetime\.(?:combine|fromisoformat|strptime)"
        r"|datetime\.(?:datetime|date)\.fromtimestamp|datetime\.(?:datetime|date)\.fromordinal"
        r"|json\.dumps|decimal\.Decimal|fractions\.Fraction|uuid\.UUID|os\.path\.join|pathlib\.Path",
        Meaning(Role.CONVERSION),
    ),
    (
        r"print|warnings\.warn|hatchet_sdk\.(?:Durable)?Context\(\)\.(?:aio_)?(?:log|put_stream)"
        r"|logging\.(?:(?:getLogger|Logger|LoggerAdapter)\(\)\.)?"
        r"(?:debug|info|warning|warn|error|exception|critical|fatal|log)"
        r"|(?:structlog\.(?:stdlib\.)?get_logger\(\)|loguru\.logger)\.(?:\w+\(\)\.)*\w+"
        r"|prometheus_client\.\w+\(\)\.(?:labels\(\)\.)?\w+|opentelemetry\.[\w.()]+|sentry_sdk\.\w+",
        Meaning(Role.LOG),
    ),
    *(
        row
        for generator, draws in (("random", _RANDOM), ("numpy.random", _NUMPY_RANDOM))
        for row in (
            (re.escape(generator) + r"\.shuffle", Meaning(Role.SHUFFLE, generator=generator)),
            (re.escape(generator) + r"\.seed", Meaning(Role.SEED, generator=generator)),
            (re.escape(generator) + rf"\.(?:{draws})", Meaning(Role.DRAW, generator=generator)),
        )
    ),
)


@functools.lru_cache(maxsize=4096)
def meaning_of(path: str) -> Meaning | None:
    """What a call means to the flow of a durable task's values, by the path of what is called."""
    for pattern, meaning in _MEANINGS:
        if pattern.fullmatch(path):
            return meaning
    return None


def is_operation(path: str) -> bool:
    """Whether what a call does is recorded and compared."""
    meaning = meaning_of(path)
    return meaning is not None and meaning.role is Role.OPERATION
