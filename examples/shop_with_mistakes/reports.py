"""A nightly report, with mistakes on purpose."""

from datetime import timedelta

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context

from shop.models import ReportRequest
from shop_with_mistakes import hatchet

# On purpose: a workflow must have a name.
weekly_report = hatchet.workflow(input_validator=ReportRequest)

nightly_report = hatchet.workflow(
    name="nightly-report",
    # On purpose: it is `input_validator`.
    input_type=ReportRequest,
    on_crons=["0 3 * * *"],
    concurrency=ConcurrencyExpression(
        expression="input.region",
        # On purpose: no run at all may start.
        max_runs=0,
        limit_strategy=ConcurrencyLimitStrategy.CANCEL_NEWEST,
    ),
)


# On purpose: the engine knows hours, minutes and seconds, not days.
@nightly_report.task(execution_timeout="1d")
def collect(input: ReportRequest, ctx: Context) -> dict[str, int]:
    return {"orders": 0}


# On purpose: valid, but a `timedelta` is what the SDK wants by now; and zero is not "no limit".
@nightly_report.task(parents=[collect], execution_timeout="30m", schedule_timeout=timedelta(0))
def publish(input: ReportRequest, ctx: Context) -> dict[str, str]:
    return {"text": f"{input.region}: {ctx.task_output(collect)['orders']} orders"}
