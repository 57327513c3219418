"""A nightly report for each region."""

from datetime import timedelta

from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context

from .client import hatchet
from .models import ReportRequest

nightly_report = hatchet.workflow(
    name="nightly-report",
    input_validator=ReportRequest,
    on_crons=["0 3 * * *"],
    cron_input=ReportRequest(region="eu"),
)

ONE_AT_A_TIME = ConcurrencyExpression(
    expression="input.region",
    max_runs=1,
    limit_strategy=ConcurrencyLimitStrategy.CANCEL_NEWEST,
)


@nightly_report.task(execution_timeout=timedelta(minutes=30), concurrency=[ONE_AT_A_TIME])
def collect(input: ReportRequest, ctx: Context) -> dict[str, int]:
    return {"orders": 0}


@nightly_report.task(parents=[collect], schedule_timeout=timedelta(hours=1))
def publish(input: ReportRequest, ctx: Context) -> dict[str, str]:
    return {"text": f"{input.region}: {ctx.task_output(collect)['orders']} orders"}
