"""Runs the shop, with a mistake on purpose."""

from . import hatchet
from .fulfilment import archive_parcel, book_courier, ship_parcel
from .orders import process_order
from .payments import charge_card, refund
from .reports import nightly_report


def main() -> None:
    worker = hatchet.worker(
        "shop",
        slots=200,
        workflows=[process_order, charge_card, refund, book_courier, ship_parcel, archive_parcel, nightly_report],
    )
    # On purpose: the Python SDK has no `start_blocking`; `start` already blocks.
    worker.start_blocking()


if __name__ == "__main__":
    main()
