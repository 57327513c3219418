"""Names of the package and members of its enums, and what only looks like them."""

import enum
import typing

import hatchet_sdk as sdk
import hatchet_sdk.types.rate_limit
from hatchet_sdk import Context, EmptyModel, RateLimitDuration, StickyStrategy
from hatchet_sdk import Hatchet as Client
from hatchet_sdk import V1TaskStatus as Status
from hatchet_sdk.rate_limit import RateLimit
from hatchet_sdk.runnables.workflow import Standalone

try:
    from hatchet_sdk import NotYet
except ImportError:
    NotYet = None


class Color(str, enum.Enum):
    """An enum of the project."""

    RED = "red"
    DONE = Status.COMPLETED.value


def pick(name: str, table: dict[str, StickyStrategy]) -> StickyStrategy:
    return table["NOPE"] if name in table else StickyStrategy[name.upper()]


def read(choice: typing.Literal["NOPE"]) -> typing.Annotated[StickyStrategy, "NOPE"]:
    return pick(choice, {"NOPE": StickyStrategy["SOFT"]})


print(Color["RED"], Color.DONE, Status["FAILED"].value.lower(), Status.FAILED.upper(), len(Status), Status.__members__)
print(RateLimitDuration.MINUTE.name, sdk.clients.rest, sdk.__name__, sdk.types.rate_limit.RateLimit, sdk._grpc_fork)
print(getattr(sdk, "Nothing", None), vars(sdk).get("Nothing"), read("NOPE"), Standalone)
hatchet_sdk.types.rate_limit.RateLimit(static_key="x", units=1)
RateLimit(static_key="y", units=1)

hatchet = Client()
flow = hatchet.workflow(name="names")
first = flow.task(name="first")(lambda input, ctx: {"n": 1})
second = flow.task(name="second", parents=[first])(lambda input, ctx: {"sum": ctx.task_output(first)})
flow.task(name="third", parents=[first, second])(lambda input, ctx, *rest: (lambda ctx: ctx.anything)(input))
flow.on_failure_task(name="failed")(lambda input, ctx: ctx.task_output(first))
hatchet.task(name="alone")(lambda input: input)


@flow.task(name="fourth", retries="3", backoff_factor="1.5", backoff_max_seconds="60")
def fourth(input: EmptyModel, ctx: Context) -> None:
    status = {"DONE": 1}
    print(status["DONE"])
