"""The table over the published releases says what each of them had."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.hatchet.facts import Facts, Lifetime, MemberKind, Version
from hatchet_ls.hatchet.facts_history import facts_at, history, releases
from hatchet_ls.hatchet.schemas import schema_path

HISTORY = history()


def at(text: str) -> Facts:
    version = Version.parse(text)
    assert version is not None
    return facts_at(version)


def lifetime(since: str, removed: str | None = None, deprecated: str | None = None) -> Lifetime:
    said = [Version.parse(text) if text else None for text in (since, removed, deprecated)]
    assert said[0] is not None
    return Lifetime(said[0], said[1], said[2])


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("Hatchet.task", lifetime("1.0.1")),
        ("hatchet_sdk.RateLimit", lifetime("1.31.0")),
        ("RateLimit", lifetime("1.0.1")),
        ("RateLimit(units)", lifetime("1.0.1")),
        ("TaskDefaults(retries)", lifetime("1.8.0")),
        ("Hatchet.durable_task(concurrency)", lifetime("1.0.1")),
        ("hatchet_sdk.NonRetryableException", lifetime("1.14.0")),
        ("NonRetryableException", lifetime("1.2.0")),
        ("Hatchet.worker(durable_slots)", lifetime("1.4.0")),
        ("Hatchet.stubs", lifetime("1.18.1")),
        ("Priority", lifetime("1.31.0")),
        ("hatchet_sdk.Priority", lifetime("1.31.0")),
        ("Workflow.run(wait_for_result)", lifetime("1.31.0")),
        ("Workflow.task(slot_cost)", lifetime("1.34.0")),
        ("Hatchet.task(slot_cost)", lifetime("1.34.0")),
        ("Hatchet.workflow(cron_input)", lifetime("1.34.1")),
        ("TTLBasedIdempotencyConfig", lifetime("1.35.0")),
        ("Hatchet.batch_task", lifetime("1.37.0")),
        ("Workflow.batch_task(batch_max_size)", lifetime("1.37.0")),
        ("EvictionPolicy", lifetime("1.29.0")),
        ("hatchet_sdk.EvictionPolicy", lifetime("1.37.4")),
        ("ConcurrencyLimitStrategy.CANCEL_QUEUED_EXCEPT_NEWEST", lifetime("1.39.0")),
        ("ConcurrencyExpression(is_tenant_scoped)", lifetime("1.40.0")),
        ("RetryAfterException(after)", lifetime("1.42.0")),
        ("or_", lifetime("1.0.1")),
        ("or_(conditions)", lifetime("1.0.1")),
        # Gone.
        ("ConcurrencyLimitStrategy.DROP_NEWEST", lifetime("1.0.1", removed="1.8.2")),
        ("LoopAlreadyRunningException", lifetime("1.3.0", removed="1.13.0")),
        # Gone and back again.
        ("ConcurrencyLimitStrategy.QUEUE_NEWEST", lifetime("1.39.0")),
        # Deprecated.
        ("Workflow.run_no_wait", lifetime("1.0.1", deprecated="1.31.0")),
        ("Context.done", lifetime("1.0.1", deprecated="1.31.0")),
        ("Hatchet(debug)", lifetime("1.0.1", deprecated="1.31.0")),
        ("Workflow.run(options)", lifetime("1.0.1", deprecated="1.31.0")),
        ("Worker.slots", lifetime("1.0.1", deprecated="1.25.2")),
        ("Worker.start(options)", lifetime("1.0.1", deprecated="1.31.0")),
    ],
)
def test_lifetimes(key: str, expected: Lifetime) -> None:
    assert HISTORY[key] == expected


def test_what_no_release_has_has_no_lifetime() -> None:
    assert "Hatchet.step" not in HISTORY
    assert facts_at(None).since("Hatchet.step") is None
    assert facts_at(None).since("TaskDefaults(retries)") == Version(1, 8, 0)


def test_all_releases_since_1_0_are_covered() -> None:
    assert list(releases()) == sorted(set(releases()))
    assert releases()[0] == Version(1, 0, 1)
    assert len(releases()) >= 152


@pytest.mark.parametrize(
    ("asked", "given"),
    [("1.21.2", "1.21.2"), ("1.18.0", "1.17.1"), ("99.0", None), ("1.0.0", "1.0.1"), ("0.47.1", "1.0.1")],
    ids=["published", "never published", "newer than all", "before the first", "of another series"],
)
def test_a_version_gets_the_release_before_it(asked: str, given: str | None) -> None:
    assert at(asked) is (at(given) if given else facts_at(None))


def test_every_key_of_the_history_is_one_of_the_facts_while_it_lives() -> None:
    """And the other way round: what a release has, the history knows to be there then, unless it went in between."""
    for version in releases():
        facts = facts_at(version)
        present = keys(facts)
        living = {
            key
            for key, life in HISTORY.items()
            if life.since <= version and (life.removed is None or version < life.removed)
        }
        assert living <= present, version
        assert present <= HISTORY.keys(), version
        deprecated = {key for key, life in HISTORY.items() if life.deprecated and life.deprecated <= version} & living
        assert deprecated == deprecated_keys(facts) & living, version


def keys(facts: Facts) -> set[str]:
    """All keys of a release's facts."""
    found = {f"hatchet_sdk.{name}" for name in facts.exports} | {*facts.functions} | {*facts.classes}
    callables = {name: function.parameters for name, function in facts.functions.items()}
    for name, cls in facts.classes.items():
        callables[name] = cls.parameters
        callables.update({f"{name}.{member.name}": member.parameters for member in cls.members.values()})
    found |= {*callables}
    return found | {f"{owner}({parameter.name})" for owner, taken in callables.items() for parameter in taken}


def deprecated_keys(facts: Facts) -> set[str]:
    found = set()
    for name, cls in facts.classes.items():
        found |= {f"{name}({parameter.name})" for parameter in cls.parameters if parameter.deprecated}
        for member in cls.members.values():
            key = f"{name}.{member.name}"
            found |= {key} if member.deprecated else set()
            found |= {f"{key}({parameter.name})" for parameter in member.parameters if parameter.deprecated}
    return found


def test_an_old_release_has_what_it_had() -> None:
    facts = at("1.8.0")
    strategies = facts.classes["ConcurrencyLimitStrategy"].members
    assert [name for name, member in strategies.items() if member.kind is MemberKind.ENUM_MEMBER] == [
        "CANCEL_IN_PROGRESS",
        "DROP_NEWEST",
        "QUEUE_NEWEST",
        "GROUP_ROUND_ROBIN",
        "CANCEL_NEWEST",
    ]
    retries = next(each for each in facts.classes["Workflow"].members["task"].parameters if each.name == "retries")
    assert (retries.annotation, retries.default) == ("int", "0")
    assert facts.class_of("hatchet_sdk.Priority") is None
    assert not facts.installed


def test_a_parameter_changes_its_type_from_release_to_release() -> None:
    def max_runs(version: str) -> str:
        taken = at(version).classes["ConcurrencyExpression"].parameters
        return next(parameter.annotation for parameter in taken if parameter.name == "max_runs")

    assert (max_runs("1.39.0"), max_runs("1.43.1")) == ("int", "int | str")


def test_the_table_is_found_in_a_checkout_and_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = Path(__file__).parents[2] / "schemas" / "sdk_facts.json"
    assert schema_path("sdk_facts.json").samefile(checkout)
    package = tmp_path / "hatchet_ls"
    (package / "schemas").mkdir(parents=True)
    monkeypatch.setattr("hatchet_ls.hatchet.schemas._PACKAGE", package)
    assert schema_path("sdk_facts.json") == package / "schemas" / "sdk_facts.json"
