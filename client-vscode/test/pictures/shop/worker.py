from client import hatchet
from mails import send_mail
from payments import charge_card


def main() -> None:
    worker = hatchet.worker(
        "shop",
        slots=20,
        workflows=[charge_card, send_mail],
    )
    worker.start()


if __name__ == "__main__":
    main()
