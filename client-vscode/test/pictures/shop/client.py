"""The one Hatchet client of the shop. It takes its token from ``HATCHET_CLIENT_TOKEN``."""

from hatchet_sdk import Hatchet

hatchet = Hatchet()
