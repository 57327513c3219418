"""From an order to a confirmation: a workflow of four tasks."""

from datetime import timedelta

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, TaskDefaults

from .client import hatchet
from .models import Order, Payment, Receipt, Reservation
from .payments import charge_card

process_order = hatchet.workflow(
    name="process-order",
    input_validator=Order,
    on_events=["order:placed"],
    concurrency=ConcurrencyExpression(
        expression="input.customer_id",
        max_runs=5,
        limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
    ),
    task_defaults=TaskDefaults(execution_timeout=timedelta(minutes=2)),
)


@process_order.task()
def validate(input: Order, ctx: Context) -> dict[str, int]:
    return {"pieces": sum(line.quantity for line in input.lines)}


@process_order.task(parents=[validate], retries=2)
def reserve_stock(input: Order, ctx: Context) -> Reservation:
    ctx.log(f"reserving {ctx.task_output(validate)['pieces']} pieces")
    return Reservation(reservation_id=f"r-{input.order_id}")


@process_order.task(parents=[validate], execution_timeout=timedelta(minutes=5))
async def charge(input: Order, ctx: Context) -> Receipt:
    payment = Payment(order_id=input.order_id, customer_id=input.customer_id, amount_cents=input.total_cents)
    return await charge_card.aio_run(payment)


@process_order.task(parents=[reserve_stock, charge])
def confirm(input: Order, ctx: Context) -> dict[str, str]:
    return {
        "reservation": ctx.task_output(reserve_stock).reservation_id,
        "charge": ctx.task_output(charge).charge_id,
    }


@process_order.on_failure_task()
def release_stock(input: Order, ctx: Context) -> dict[str, str]:
    return {"released": f"r-{input.order_id}"}
