"""Expressions in words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hatchet_ls.languages.cron import parse
from hatchet_ls.languages.cron.presets import PRESETS
from hatchet_ls.languages.cron.runs import never_fires
from hatchet_ls.languages.cron.words import describe


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 9 * * MON-FRI", "At 09:00, Monday through Friday"),
        ("TZ=Europe/Berlin 0 9 ? * 1-5", "At 09:00, Monday through Friday"),
        ("*/5 * * * *", "Every 5 minutes"),
        ("*/10 * * * * *", "Every 10 seconds"),
        ("0 0 9 * * *", "At 09:00"),
        ("05 +9 * * *", "At 09:05"),
        ("0 9,,17 * * *", "At 09:00 and 17:00"),
        ("0 9 1 * MON", "At 09:00, on day 1 of the month, or on Monday"),
        ("0 9 */2 * MON", "At 09:00, every 2 days, or on Monday"),
        ("0 9 1,15 jan-mar ?", "At 09:00, on day 1 and 15 of the month, January through March"),
        ("*/70 9 * * *", "At 09:00"),
        ("5/10 * * * *", "Every 10 minutes, starting at 5 minutes past the hour"),
        ("0 0 *,3 * *", "At 00:00"),
        ("0 9 * * 1-3,FRI", "At 09:00, only on Monday through Wednesday and Friday"),
        ("0 9 * */3 *", "At 09:00, only in January, April, July, and October"),
        ("0 9 1-31 * MON", "At 09:00"),
        ("0 9 * * 0,*/2", "At 09:00, only on Sunday, Tuesday, Thursday, and Saturday"),
    ],
)
def test_sentences(text: str, words: str) -> None:
    assert describe(parse(text)) == words


@pytest.mark.parametrize("text", ["0 9 * * 7", "@daily", "", ", * * * *"])
def test_there_are_no_words_for_what_makes_no_sense(text: str) -> None:
    assert describe(parse(text)) is None


def test_presets_are_accepted_fire_and_mean_what_they_say() -> None:
    for preset in PRESETS:
        schedule = parse(preset.expression)
        assert schedule.accepted
        assert never_fires(schedule) is None
        assert preset.meaning[0].isupper()
    assert len({preset.expression for preset in PRESETS}) == len(PRESETS)


def test_the_library_behind_it_is_imported_only_when_needed() -> None:
    code = (
        "import sys; from hatchet_ls.languages.cron import parse, words; s = parse('0 9 * * 1')\n"
        "assert 'cron_descriptor' not in sys.modules and 'zoneinfo' not in sys.modules\n"
        "assert words.describe(s) == 'At 09:00, only on Monday'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
