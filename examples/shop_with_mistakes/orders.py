"""From an order to a confirmation, with mistakes on purpose."""

from datetime import timedelta

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context

from shop.models import Order, Receipt, Reservation

from . import hatchet

process_order = hatchet.workflow(
    name="process-order",
    input_validator=Order,
    # On purpose: no `limit_strategy`, which is required.
    concurrency=ConcurrencyExpression(
        expression="input.customer_id",
        max_runs=5,
    ),
)


# On purpose: it is `execution_timeout`.
@process_order.task(timeout=timedelta(minutes=2))
def validate(input: Order, ctx: Context) -> dict[str, int]:
    return {"pieces": sum(line.quantity for line in input.lines)}


# On purpose: a task's `concurrency` is a list.
@process_order.task(
    parents=[validate],
    concurrency=ConcurrencyExpression(
        expression="input.customer_id",
        max_runs=1,
        limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
    ),
)
def reserve_stock(input: Order, ctx: Context) -> Reservation:
    return Reservation(reservation_id=f"r-{input.order_id}")


# On purpose: there is no "retry for ever", and no backoff factor below 1.
@process_order.task(parents=[validate], retries=-1, backoff_factor=0.5)
def charge(input: Order, ctx: Context) -> Receipt:
    return Receipt(charge_id=f"c-{input.order_id}")


@process_order.task(parents=[reserve_stock])
def confirm(input: Order, ctx: Context) -> dict[str, str]:
    return {
        "reservation": ctx.task_output(reserve_stock).reservation_id,
        # On purpose: `charge` is not among the parents.
        "charge": ctx.task_output(charge).charge_id,
    }
