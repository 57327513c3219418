"""Outputs that are described in unusual ways, and conditions that name what is in their JSON."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Generic, Optional, TypeVar, Union

from hatchet_sdk import Context, DurableContext, EmptyModel, Hatchet, ParentCondition, UserEventCondition, or_
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

hatchet = Hatchet()
T = TypeVar("T")


class Made(BaseModel):
    count: int
    state: str
    note: Optional[str] = None
    tags: list[str] = []
    kind: str = Field("x", alias="Kind", serialization_alias="KIND")
    sums: dict[str, int] = {}


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class Page(BaseModel, Generic[T]):
    items: list[T] = []


class Partial(TypedDict, total=False):
    count: int
    state: str


@dataclasses.dataclass
class Plain:
    count: int
    state: str


flow = hatchet.workflow(name="outputs")


@flow.task()
def model(input: EmptyModel, ctx: Context) -> Made: ...


@flow.task()
async def typed_dict(input: EmptyModel, ctx: Context) -> Partial: ...


@flow.task()
def plain(input: EmptyModel, ctx: Context) -> Plain: ...


@flow.task()
def open_model(input: EmptyModel, ctx: Context) -> Open: ...


@flow.task()
def one_of_two(input: EmptyModel, ctx: Context) -> Union[Made, Plain]: ...


@flow.task()
def mapping(input: EmptyModel, ctx: Context) -> dict[str, Made]: ...


@flow.task()
def annotated(input: EmptyModel, ctx: Context) -> Annotated[Made, "as it is"]: ...


@flow.task()
def generic(input: EmptyModel, ctx: Context) -> Page[Made]: ...


@flow.durable_task()
async def durable(input: EmptyModel, ctx: DurableContext) -> Made: ...


@flow.task(
    parents=[model, typed_dict, plain, open_model, one_of_two, mapping, annotated, generic, durable],
    skip_if=[
        ParentCondition(parent=model, expression="output.count == 3.0 && output.state.startsWith('a')"),
        ParentCondition(parent=model, expression="has(output.note) && output.note != null && output.note == 'x'"),
        ParentCondition(parent=model, expression="output.tags.size() > 0 && output.tags.exists(t, t == 'a')"),
        ParentCondition(parent=model, expression="'count' in output && output['count'] >= 1"),
        ParentCondition(parent=model, expression="has(output.Kind) ? output.Kind == 'x' : output.KIND == 'y'"),
        ParentCondition(parent=model, expression="output.sums['a'] > 1 || output.sums.all(k, output.sums[k] < 3)"),
        ParentCondition(parent=typed_dict, expression="has(output.count) && output.count < 1"),
        ParentCondition(parent=plain, expression="output.count in [1, 2] || output.state in ['a']"),
        ParentCondition(parent=open_model, expression="output.whatever == 1"),
        ParentCondition(parent=one_of_two, expression="output.count > 1 && output.tags.size() > 2"),
        ParentCondition(parent=mapping, expression="output.a.count > 3 && output.b.state == 'x'"),
        ParentCondition(parent=annotated, expression="int(output.count) % 2 == 0"),
        ParentCondition(parent=generic, expression="output.items.exists(i, i.state == 'x' && i.count > 2)"),
        or_(
            ParentCondition(parent=durable, expression="output.count + 1.0 > 2.0"),
            UserEventCondition(event_key="approved", expression="input.by == 'a' && !has(input.reason)"),
        ),
    ],
)
def last(input: EmptyModel, ctx: Context) -> None: ...
