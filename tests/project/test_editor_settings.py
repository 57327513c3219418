"""The section ``hatchet`` of an editor's settings: what is read, what is said about mistakes, what then holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.project.editor_settings import EDITOR_OPTIONS, EditorSettings, read_section
from hatchet_ls.project.settings import Globs, Overrides
from hatchet_ls.rules import Severity

ROOT = Path("/app").absolute()
NOTHING = EditorSettings(ROOT)


def test_every_option_is_read() -> None:
    section = {
        "select": ["ALL"],
        "ignore": ["api"],
        "rules": {"retry": "off", "unknown-member": "info"},
        "exclude": ["generated/"],
        "environment": "env",
        "semanticTokens": False,
        "activeEnvironment": "/usr/bin/python3",
        "dashboardUrl": " https://hatchet.example/tenants/1 ",
    }
    assert section.keys() == EDITOR_OPTIONS.keys()
    settings = read_section(section, NOTHING)
    assert settings.problems == ()
    assert settings.overrides == Overrides(
        select=("ALL",),
        ignore=("api",),
        severities={"retry": None, "unknown-member": Severity.INFORMATION},
        exclude=Globs(ROOT, ("generated/",)),
        environment=ROOT / "env",
        semantic_tokens=False,
    )
    assert settings.active_environment == Path("/usr/bin/python3")
    assert settings.dashboard_url == "https://hatchet.example/tenants/1"


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_what_is_empty_says_nothing(nothing: object) -> None:
    """Editors send it for settings that nobody has set."""
    assert read_section(dict.fromkeys(EDITOR_OPTIONS, nothing), NOTHING) == NOTHING


def test_what_is_for_the_extension_only_is_none_of_ours() -> None:
    section = {"interpreter": "/usr/bin/python3", "importStrategy": "useBundled", "trace": {"server": "off"}}
    assert read_section(section, NOTHING) == NOTHING


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"selct": ["ALL"]}, "unknown setting `selct`; did you mean `select`?"),
        ({"semantic-tokens": True}, "unknown setting `semantic-tokens`; did you mean `semanticTokens`?"),
        ({"semanticTokens": "no"}, "`semanticTokens` must be a boolean, not a string"),
        ({"ignore": ["retri"]}, "unknown rule `retri`; did you mean `retry`?"),
        ({"rules": {"retry": 3}}, "the severity of `retry` must be a string, not an integer"),
        ({"dashboardUrl": 3}, "`dashboardUrl` must be a string, not an integer"),
        ({"dashboardUrl": "hatchet.example"}, "`dashboardUrl` must be a URL that starts with http:// or https://"),
        ({"dashboardUrl": "http://[1"}, "`dashboardUrl` must be a URL that starts with http:// or https://"),
    ],
)
def test_a_mistake_is_said_in_the_editor_s_words(section: dict[str, object], message: str) -> None:
    assert read_section(section, NOTHING) == EditorSettings(ROOT, {}, (message,))


def test_in_the_place_of_a_mistake_the_last_value_stays_and_the_rest_is_taken() -> None:
    good = read_section({"ignore": ["api"], "semanticTokens": False}, NOTHING)
    wrong = read_section({"ignore": ["retri"], "select": ["dag", "api"]}, good)
    assert wrong.overrides == Overrides(select=("dag", "api"), ignore=("api",))
    assert len(wrong.problems) == 1
    mended = read_section({"ignore": ["retry"]}, wrong)
    assert mended.overrides == Overrides(ignore=("retry",))
    assert mended.problems == ()


def test_what_is_right_in_a_mistake_holds_where_nothing_held_before() -> None:
    assert read_section({"ignore": ["retri", "api"]}, NOTHING).overrides == Overrides(ignore=("api",))
