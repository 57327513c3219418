import asyncio
from datetime import timedelta

from hatchet_sdk import DurableContext

from client import hatchet
from mails import send_mail
from models import Payment


@hatchet.durable_task(
    name="remind",
    input_validator=Payment,
    execution_timeout=timedelta(days=8),
)
async def remind(input: Payment, ctx: DurableContext) -> dict[str, str]:
    await asyncio.sleep(3600)
    return await send_mail.aio_run(input)
