"""Runs everything that the shop does: ``python -m shop.worker``."""

from .client import hatchet
from .fulfilment import book_courier, ship_parcel
from .orders import process_order
from .payments import charge_card, refund
from .reports import nightly_report


def main() -> None:
    worker = hatchet.worker(
        "shop",
        slots=200,
        durable_slots=500,
        workflows=[process_order, charge_card, refund, book_courier, ship_parcel, nightly_report],
    )
    worker.start()


if __name__ == "__main__":
    main()
