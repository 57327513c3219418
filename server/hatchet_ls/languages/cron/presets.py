"""Expressions that are worth offering."""

from __future__ import annotations

from hatchet_ls.text.typed import NamedTuple


class Preset(NamedTuple):
    """A common expression."""

    expression: str
    meaning: str
    """As a label has it: "Every day at 09:00"."""


PRESETS = (
    Preset("* * * * *", "Every minute"),
    Preset("*/5 * * * *", "Every 5 minutes"),
    Preset("*/15 * * * *", "Every 15 minutes"),
    Preset("0 * * * *", "Every hour, on the hour"),
    Preset("0 */6 * * *", "Every 6 hours"),
    Preset("0 0 * * *", "Every day at midnight"),
    Preset("0 9 * * *", "Every day at 09:00"),
    Preset("0 9 * * MON-FRI", "At 09:00, Monday through Friday"),
    Preset("0 0 * * SUN", "Every Sunday at midnight"),
    Preset("0 0 1 * *", "On the first of every month at midnight"),
    Preset("0 0 1 1 *", "On 1 January at midnight"),
    Preset("*/30 * * * * *", "Every 30 seconds"),
)
"""What ``on_crons`` takes, from often to seldom. Times are UTC."""
