"""Hovers on cron strings."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import hatchet_sdk
import pytest

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.hover import Hover, hover
from hatchet_ls.hover.crons import describe_cron
from hatchet_ls.python.modules import Modules
from hatchet_ls.text import Source

SITE_PACKAGES = Path(hatchet_sdk.__file__).parent.parent
NOW = datetime(2026, 10, 24, 12, tzinfo=timezone.utc)
HEADER = "from hatchet_sdk import Hatchet\nhatchet = Hatchet()\n"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts([SITE_PACKAGES])


def at(code: str, folder: Path, facts: Facts) -> tuple[Hover | None, str]:
    """The hover at ``|``, and the text that it is about."""
    text = HEADER + code
    source = Source(folder / "tasks.py", text.replace("|", "", 1))
    program = Reader(Modules([folder], [SITE_PACKAGES], library="hatchet_sdk"), facts).read(source)
    assert program is not None
    found = hover(program, text.index("|"), NOW)
    return found, source.slice(found.span) if found is not None else ""


def test_a_cron_says_what_it_means_and_when_it_runs_next_in_utc_and_in_its_zone() -> None:
    assert describe_cron("CRON_TZ=Europe/Berlin 0 9 * * *", NOW) == (
        "**At 09:00**\n\n"
        "| next runs, UTC | Europe/Berlin |\n"
        "|---|---|\n"
        "| Sun 2026-10-25 08:00 | Sun 2026-10-25 09:00 |\n"
        "| Mon 2026-10-26 08:00 | Mon 2026-10-26 09:00 |\n"
        "| Tue 2026-10-27 08:00 | Tue 2026-10-27 09:00 |\n\n"
        "- In the time zone `Europe/Berlin` of the prefix; without it crons are in UTC\n\n"
        "[docs.hatchet.run](https://docs.hatchet.run/v1/cron-runs)"
    )


@pytest.mark.parametrize("prefix", ["", "TZ=UTC ", "CRON_TZ=Local "])
def test_utc_is_said_and_shown_once(prefix: str) -> None:
    said = describe_cron(prefix + "0 9 * * *", NOW)
    assert "| next runs, UTC |\n|---|\n| Sun 2026-10-25 09:00 |\n" in said
    assert "in UTC" in said or "In UTC" in said


def test_seconds_and_two_day_fields_are_pointed_out() -> None:
    said = describe_cron("*/30 0 9 13 * FRI", NOW)
    assert "| Fri 2026-10-30 09:00:30 |" in said
    assert "Six fields: the first one counts seconds" in said
    assert "it runs when either fits" in said


def test_without_the_time_of_day_there_are_no_runs() -> None:
    assert "next runs" not in describe_cron("0 9 * * *", None)


def test_what_never_fires_or_is_refused_says_so() -> None:
    assert describe_cron("0 0 30 2 *", NOW).startswith("**Never fires**")
    assert describe_cron("0 0 * * 7", NOW).startswith("**The engine refuses it:** weekday `7` is above 6")
    assert describe_cron("0 0 * * 7", NOW, created=True).startswith("**The engine deletes it:** weekday `7`")
    assert describe_cron("0 0 * * MON", NOW, created=True).startswith("**The SDK refuses it:** the SDK takes no `MON`")


def test_words_that_the_sdk_takes_are_described() -> None:
    said = describe_cron("@weekly", NOW, created=True)
    assert said.startswith("**At 00:00, only on Sunday**")
    assert "the SDK takes no time zone here" in said


def test_a_cron_in_a_list_answers(tmp_path: Path, facts: Facts) -> None:
    found, text = at('hatchet.workflow(name="w", on_crons=["0 8 * * *", "0 |9 * * *"])', tmp_path, facts)
    assert found is not None
    assert found.markdown.startswith("**At 09:00**")
    assert text == '"0 9 * * *"'


def test_a_constant_answers_where_it_is_written(tmp_path: Path, facts: Facts) -> None:
    found, text = at('DAILY = "0 9 |* * *"\nhatchet.workflow(name="w", on_crons=[DAILY])', tmp_path, facts)
    assert found is not None
    assert found.markdown.startswith("**At 09:00**")
    assert text == '"0 9 * * *"'


def test_a_created_cron_answers(tmp_path: Path, facts: Facts) -> None:
    found, _ = at('hatchet.cron.create("w", "c", "|@daily", {}, {})', tmp_path, facts)
    assert found is not None
    assert found.markdown.startswith("**At 00:00**")


def test_other_strings_are_left_to_others(tmp_path: Path, facts: Facts) -> None:
    found, _ = at('EXAMPLE = "0 9 |* * *"', tmp_path, facts)
    assert found is None
