"""Inputs that are described in unusual ways, and expressions that name what is in their JSON."""

from __future__ import annotations

import enum
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NamedTuple, Optional, TypeVar, Union
from uuid import UUID

from hatchet_sdk import (
    ConcurrencyExpression,
    ConcurrencyLimitStrategy,
    Context,
    EmptyModel,
    Hatchet,
    ParentCondition,
    RateLimit,
    TTLBasedIdempotencyConfig,
)
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    Tag,
    computed_field,
    create_model,
    field_serializer,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import NotRequired, ReadOnly, Required, TypedDict

hatchet = Hatchet()
T = TypeVar("T")
K = TypeVar("K")


ROUND_ROBIN = ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True)


class CamelOrder(Camel):
    user_id: str


hatchet.workflow(
    name="camel",
    input_validator=CamelOrder,
    concurrency=ConcurrencyExpression(expression="input.userId", max_runs=1, limit_strategy=ROUND_ROBIN),
)


class Paged(BaseModel, Generic[T]):
    items: list[T] = Field(default_factory=list)
    by_id: dict[str, T] = {}
    first: T | None = None


class Keyed(Paged[T], Generic[K, T]):
    key: K


class Line(BaseModel):
    sku: str
    count: int = 1
    price: Decimal = Decimal(0)


class Lines(Keyed[str, Line]): ...


hatchet.workflow(
    name="lines",
    input_validator=Lines,
    concurrency=[
        ConcurrencyExpression(
            expression="input.key + input.items[0].sku + input.by_id['a'].sku", max_runs=1, limit_strategy=ROUND_ROBIN
        ),
        ConcurrencyExpression(
            expression="input.first == null ? 'none' : input.first.sku", max_runs=1, limit_strategy=ROUND_ROBIN
        ),
        ConcurrencyExpression(
            expression="input.items.exists(i, i.count > 3) ? 'big' : input.items.map(i, i.sku).join(',')",
            max_runs=1,
            limit_strategy=ROUND_ROBIN,
        ),
        ConcurrencyExpression(expression="input.items[0].price.lowerAscii()", max_runs=1, limit_strategy=ROUND_ROBIN),
    ],
)


class Card(BaseModel):
    kind: Literal["card"] = "card"
    number: str


class Cash(BaseModel):
    kind: Literal["cash"]
    drawer: int


Payment = Annotated[Union[Card, Cash], Field(discriminator="kind")]


class Paid(BaseModel):
    payment: Payment
    other: Annotated[Annotated[Card, Tag("card")] | Annotated[Cash, Tag("cash")], Discriminator(lambda v: v.kind)]


hatchet.workflow(
    name="paid",
    input_validator=Paid,
    concurrency=[
        ConcurrencyExpression(
            expression="input.payment.kind == 'card' ? input.payment.number : "
            "string(input.payment.drawer) + input.other.kind",
            max_runs=1,
            limit_strategy=ROUND_ROBIN,
        )
    ],
)


class Partial(TypedDict, total=False):
    tenant: Required[str]
    note: str
    inner: ReadOnly[dict[str, list[int]]]


class More(Partial):
    extra: NotRequired[str]


hatchet.workflow(
    name="partial",
    input_validator=More,
    concurrency=ConcurrencyExpression(
        expression="has(input.note) ? input.note : has(input.extra) ? input.extra : input.tenant",
        max_runs=1,
        limit_strategy=ROUND_ROBIN,
    ),
)


@dataclass(slots=True, kw_only=True)
class Base:
    tenant: str
    made: datetime = field(default_factory=datetime.now)


@dataclass
class Job(Base):
    tags: tuple[str, ...] = ()
    seen: set[int] = field(default_factory=set)
    nested: Optional[Job] = None


hatchet.workflow(
    name="jobs",
    input_validator=Job,
    concurrency=ConcurrencyExpression(
        expression="input.tenant + input.made.substring(0, 10) + (size(input.tags) > 0 ? input.tags[0] : '')",
        max_runs=1,
        limit_strategy=ROUND_ROBIN,
    ),
)


class Level(enum.IntEnum):
    LOW = enum.auto()
    HIGH = enum.auto()


class Plan(str, enum.Enum):
    FREE = "free"
    PRO = "pro"


class Account(BaseModel):
    level: Level = Level.LOW
    plan: Plan
    ids: list[UUID] = []
    day: date
    grace: timedelta = timedelta(0)
    free: dict[str, Any] = Field(default_factory=dict)
    anything: Any = None


hatchet.workflow(
    name="accounts",
    input_validator=Account,
    concurrency=[
        ConcurrencyExpression(
            expression="input.plan == 'pro' && input.level >= 2 ? 'fast' : input.day",
            max_runs=1,
            limit_strategy=ROUND_ROBIN,
        ),
        ConcurrencyExpression(
            expression="input.free.whatever.deep + input.anything.deeper", max_runs=1, limit_strategy=ROUND_ROBIN
        ),
        ConcurrencyExpression(
            expression="input.grace + ':' + input.ids[0]",
            max_runs="input.plan == 'pro' ? 10 : int(input.level)",
            limit_strategy=ROUND_ROBIN,
        ),
    ],
)


class Open(BaseModel):
    model_config = {"extra": "allow"}
    id: str


class Opened(Open):
    model_config = ConfigDict(str_strip_whitespace=True)
    name: str


hatchet.workflow(
    name="opened",
    input_validator=Opened,
    concurrency=ConcurrencyExpression(expression="input.whatever + input.name", max_runs=1, limit_strategy=ROUND_ROBIN),
)


class Names(RootModel[dict[str, str]]): ...


class Held(BaseModel):
    names: Names
    all: RootModel[list[str]]


hatchet.workflow(
    name="held",
    input_validator=Held,
    concurrency=ConcurrencyExpression(
        expression="input.names.alice + input.all[0]", max_runs=1, limit_strategy=ROUND_ROBIN
    ),
)


class Computed(BaseModel):
    first: str
    last: str

    @computed_field  # type: ignore[prop-decorator]
    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @field_serializer("last")
    def shout(self, value: str) -> str:
        return value.upper()

    @model_validator(mode="before")
    @classmethod
    def split(cls, data: Any) -> Any:
        return data


hatchet.workflow(
    name="computed",
    input_validator=Computed,
    concurrency=ConcurrencyExpression(expression="input.full + input.last", max_runs=1, limit_strategy=ROUND_ROBIN),
)


class Aliased(BaseModel):
    model_config = ConfigDict(validate_by_name=True)
    user_id: str = Field(validation_alias=AliasChoices("userId", AliasPath("user", "id")))
    name: str = Field(alias="fullName")


hatchet.workflow(
    name="aliased",
    input_validator=Aliased,
    on_events=["user:made"],
    concurrency=ConcurrencyExpression(
        expression="has(input.userId) ? input.userId : has(input.user) ? input.user.id : "
        "input.user_id + input.fullName + input.name",
        max_runs=1,
        limit_strategy=ROUND_ROBIN,
    ),
)

Made = create_model("Made", id=(str, ...), note=(str, ""))
hatchet.workflow(
    name="made",
    input_validator=Made,
    concurrency=ConcurrencyExpression(expression="input.id + input.note", max_runs=1, limit_strategy=ROUND_ROBIN),
)


class Functional(TypedDict("Functional", {"user-id": str, "class": str})): ...  # type: ignore[misc]


Dashed = TypedDict("Dashed", {"user-id": str, "class": str})
hatchet.workflow(
    name="dashed",
    input_validator=Dashed,
    concurrency=ConcurrencyExpression(
        expression="input['user-id'] + input['class']", max_runs=1, limit_strategy=ROUND_ROBIN
    ),
)
hatchet.workflow(
    name="functional",
    input_validator=Functional,
    concurrency=ConcurrencyExpression(expression="input['user-id']", max_runs=1, limit_strategy=ROUND_ROBIN),
)


@pydantic_dataclass(config=ConfigDict(extra="allow"))
class Loose:
    id: str


hatchet.workflow(
    name="loose",
    input_validator=Loose,
    concurrency=ConcurrencyExpression(expression="input.other", max_runs=1, limit_strategy=ROUND_ROBIN),
)


class Mixin:
    region: str = "eu"

    @computed_field
    @property
    def zone(self) -> str:
        return self.region


class Mixed(Mixin, BaseModel):
    id: str


hatchet.workflow(
    name="mixed",
    input_validator=Mixed,
    concurrency=ConcurrencyExpression(expression="input.zone + input.id", max_runs=1, limit_strategy=ROUND_ROBIN),
)


def strip(value: str) -> str:
    return value.strip()


Stripped = Annotated[str, BeforeValidator(strip)]
Texts = list[Stripped]


class Strict(EmptyModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    texts: Texts
    maybe: Stripped | None = None
    size: "Optional[int]" = None
    seq: Sequence[Line]
    mapping: Mapping[str, "Line | None"]
    ordered: OrderedDict[str, int]
    counted: defaultdict[str, list[Line]]


hatchet.workflow(
    name="strict",
    input_validator=Strict,
    concurrency=ConcurrencyExpression(
        expression="input.texts[0] + input.seq[0].sku + input.mapping['a'].sku + "
        "string(int(input.ordered.a)) + input.counted.x[0].sku",
        max_runs=1,
        limit_strategy=ROUND_ROBIN,
    ),
)


class Point(NamedTuple):
    x: int
    y: int


class Tree(BaseModel, Generic[T]):
    value: T
    children: list[Tree[T]] = []
    at: Point = Point(0, 0)


hatchet.workflow(
    name="tree",
    input_validator=Tree[Line],
    concurrency=ConcurrencyExpression(
        expression="input.children[0].children[0].value.sku", max_runs=1, limit_strategy=ROUND_ROBIN
    ),
)
LinePage = Paged[Line]
hatchet.workflow(
    name="page",
    input_validator=LinePage,
    concurrency=ConcurrencyExpression(expression="input.items[0].sku", max_runs=1, limit_strategy=ROUND_ROBIN),
)


class Box(BaseModel, Generic[T]):
    content: T


class Boxes(BaseModel):
    a: Box[Box[Line]]
    b: Box[Literal["x", "y"]]
    c: Box[Card | Cash]
    d: Box
    e: Box[Any]
    f: Box["Line"]
    g: "Box[Optional[Line]]"


hatchet.workflow(
    name="boxes",
    input_validator=Boxes,
    concurrency=ConcurrencyExpression(
        expression="input.a.content.content.sku + input.b.content + "
        "input.c.content.number + input.d.content.x + input.e.content.y + "
        "input.f.content.sku + (input.g.content != null ? input.g.content.sku "
        ": '')",
        max_runs=1,
        limit_strategy=ROUND_ROBIN,
    ),
)


@dataclass
class Pair(Generic[K, T]):
    left: K
    right: T


class HasPair(BaseModel):
    pair: Pair[str, Line]


@hatchet.task(
    input_validator=HasPair,
    rate_limits=[
        RateLimit(dynamic_key="input.pair.left + input.pair.right.sku", limit=10, units="int(input.pair.right.count)")
    ],
    idempotency=TTLBasedIdempotencyConfig(key_expression="input.pair.left", ttl=timedelta(minutes=1)),
)
def paired(input: HasPair, ctx: Context) -> None: ...


flow = hatchet.workflow(name="pairs", input_validator=HasPair)


@flow.task()
def parent(input: HasPair, ctx: Context) -> Paged[Line]:
    return Paged(items=[])


@flow.task(
    parents=[parent],
    skip_if=[ParentCondition(parent=parent, expression="size(output.items) == 0 || output.items[0].count > 2.0")],
)
def child(input: HasPair, ctx: Context) -> None: ...
