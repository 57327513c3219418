"""What the cursor gets to know."""

from __future__ import annotations

from pathlib import Path

import hatchet_sdk
import pytest

from hatchet_ls.hatchet.argument_docs import DOCS, TABLES, describe
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.member_docs import MEMBER_DOCS
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.hover import Hover, hover, hover_rule
from hatchet_ls.python.modules import Modules
from hatchet_ls.rules import rules
from hatchet_ls.text import Source

SITE_PACKAGES = Path(hatchet_sdk.__file__).parent.parent
HEADER = """\
from datetime import timedelta

from hatchet_sdk import Context, DurableContext, EmptyModel, Hatchet, RateLimit, RateLimitDuration
from hatchet_sdk import SleepCondition, TaskDefaults, or_

hatchet = Hatchet()
"""


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts([SITE_PACKAGES])


class Editor:
    """A project in which a place can be pointed at: ``|`` in the code is the cursor."""

    def __init__(self, root: Path, facts: Facts) -> None:
        self.root, self.facts = root, facts

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def at(self, code: str, header: str = HEADER) -> Hover | None:
        text = header + code
        offset = text.index("|")
        source = Source(self.root / "tasks.py", text.replace("|", "", 1))
        program = Reader(Modules([self.root], [SITE_PACKAGES], library="hatchet_sdk"), self.facts).read(source)
        assert program is not None
        found = hover(program, offset)
        if found is not None:
            assert found.span.start <= offset < found.span.end
        return found

    def text(self, code: str, header: str = HEADER) -> str:
        found = self.at(code, header)
        assert found is not None
        return found.markdown


@pytest.fixture
def editor(tmp_path: Path, facts: Facts) -> Editor:
    return Editor(tmp_path, facts)


def test_an_argument_has_its_meaning_type_default_range_and_age(editor: Editor) -> None:
    said = editor.text("@hatchet.task(|execution_timeout=timedelta(minutes=5))\ndef f(input, ctx): ...")
    assert said == (
        "```python\nexecution_timeout: timedelta | str = timedelta(seconds=60)\n```\n\n"
        "How long one attempt may run; after that it fails with a timeout, and is retried while retries are left.\n\n"
        "*hatchet-sdk:* The maximum time allowed for executing the task.\n\n"
        "- Unit: `timedelta`, sent in whole seconds\n"
        "- Default: `timedelta(seconds=60)`\n"
        '- Valid: 1 second or more; there is no "no limit"\n'
        "- Since hatchet-sdk 1.0.1\n"
        "- Effective: 5 minutes, set here\n\n"
        "[docs.hatchet.run](https://docs.hatchet.run/v1/timeouts)"
    )


@pytest.mark.parametrize(
    "code",
    [
        "hatchet.task(retries=|3)",
        "hatchet.task(execution_timeout=time|delta(minutes=5))",
        "hatchet.task(schedule_timeout='5|m')",
        "hatchet.task(backoff_factor=|2.0)",
        "hatchet.task(backoff_max_seconds=N|one)",
        "hatchet.workflow(name='w').task('f', timedelta(min|utes=5))",
    ],
)
def test_a_plain_value_speaks_for_its_argument(editor: Editor, code: str) -> None:
    assert "- Since hatchet-sdk 1.0.1" in editor.text(code)


@pytest.mark.parametrize(
    "code",
    [
        "@hatchet.task()\ndef |f(input: EmptyModel, ctx: Context): ...",
        "LIMIT = 3\nhatchet.task(retries=LI|MIT)",
        "print(|'hello')",
        "hatchet.task(|timeout=5)",
        "hatchet.nothing_of_|that_name()",
        "timedelta(|minutes=5)",
        "|\n",
    ],
)
def test_it_is_silent_on_all_else(editor: Editor, code: str) -> None:
    assert editor.at(code) is None


def test_what_a_subclass_redefines_is_not_explained(editor: Editor) -> None:
    header = HEADER + (
        "class Ours(Hatchet):\n"
        "    def task(self, retries='many', **kwargs):\n"
        "        return super().task(**kwargs)\n"
        "ours = Ours()\n"
    )
    assert editor.at("ours.task(|retries=3)", header) is None


def test_a_number_of_seconds_is_a_duration(editor: Editor) -> None:
    assert "- Effective: 1 minute 30 seconds, set here" in editor.text("hatchet.task(|execution_timeout=90)")


def test_a_duration_that_python_cannot_say_is_shown_as_it_is(editor: Editor) -> None:
    said = editor.text("hatchet.task(|execution_timeout=1e300)")
    assert "- Effective: `1e+300`, set here" in said


def test_an_attribute_that_a_subclass_has_of_its_own_is_not_explained(editor: Editor) -> None:
    header = HEADER + "class Ours(Hatchet):\n    def worker(self): ...\nours = Ours()\n"
    assert editor.at("ours.wor|ker()", header) is None
    assert editor.at("ours.work|flow(name='w')", header) is not None


def test_the_retries_are_spelled_out_with_the_worst_case(editor: Editor) -> None:
    said = editor.text("hatchet.task(|retries=3, backoff_factor=2.0, backoff_max_seconds=120)")
    assert (
        "- 3 retries after 2 s, 4 s, 8 s; worst case 4 attempts of 60 s + 14 s of waiting = 4 min 14 s. "
        "Each attempt may wait up to 5 min in the queue besides"
    ) in said


def test_no_schedule_is_made_of_what_the_engine_refuses(editor: Editor) -> None:
    said = editor.text("hatchet.task(|retries=3, backoff_factor=0.5)")
    assert "- Effective: `3`, set here" in said
    assert "worst case" not in said


def test_no_schedule_is_made_of_what_is_not_known(editor: Editor) -> None:
    said = editor.text("import os\nhatchet.task(|retries=int(os.environ['N']))")
    assert "- Effective: not known here" in said
    assert "worst case" not in said


def test_an_unknown_timeout_leaves_the_worst_case_out(editor: Editor) -> None:
    said = editor.text("import os\nhatchet.task(|retries=2, execution_timeout=os.environ['T'])")
    assert "- 2 retries at once. Each attempt may wait" in said


DEFAULTS = HEADER + (
    "wf = hatchet.workflow(\n"
    "    name='shop',\n"
    "    task_defaults=TaskDefaults(execution_timeout=timedelta(minutes=10), retries=3, backoff_factor=2.0),\n"
    ")\n"
)


def test_the_defaults_of_the_workflow_are_named(editor: Editor) -> None:
    said = editor.text("wf.task(|backoff_max_seconds=4)", DEFAULTS)
    assert "- 3 retries after 2 s, 4 s, 4 s; worst case 4 attempts of 10 min + 10 s of waiting = 40 min 10 s" in said


def test_a_value_that_equals_the_sdks_default_gives_way_to_the_workflows_defaults(editor: Editor) -> None:
    said = editor.text("wf.task(|execution_timeout=timedelta(minutes=1))", DEFAULTS)
    assert (
        "- Effective: 10 minutes, set by the `TaskDefaults` of workflow `shop` (line 9); "
        "a value that equals the SDK's default counts as not set"
    ) in said


def test_defaults_of_another_module_are_named_with_their_file(editor: Editor) -> None:
    editor.write("flow.py", DEFAULTS)
    said = editor.text("@wf.|task()\ndef f(input: EmptyModel, ctx: Context): ...", HEADER + "from flow import wf\n")
    assert "| `retries` | `3`, set by the `TaskDefaults` of workflow `shop` (flow.py:9) |" in said


def test_in_the_defaults_themselves_the_retries_are_those_of_a_task_without_its_own(editor: Editor) -> None:
    said = editor.text("TaskDefaults(|retries=2, execution_timeout=timedelta(seconds=30), backoff_factor=None)")
    assert "- A task that sets nothing itself: 2 retries at once; worst case 3 attempts of 30 s = 90 s" in said


def test_the_decorator_shows_what_holds_for_the_task(editor: Editor) -> None:
    said = editor.text(
        "@wf.|task(retries=1, schedule_timeout='1h')\ndef pay(input: EmptyModel, ctx: Context): ...", DEFAULTS
    )
    assert said.startswith(
        "**Task `pay`** of workflow `shop`\n\n"
        "| setting | effective |\n"
        "|---|---|\n"
        "| `execution_timeout` | 10 minutes, set by the `TaskDefaults` of workflow `shop` (line 9) |\n"
        "| `schedule_timeout` | 1 hour, set here |\n"
        "| `retries` | `1`, set here |\n"
        "| `backoff_factor` | `2.0`, set by the `TaskDefaults` of workflow `shop` (line 9) |\n"
        "| `backoff_max_seconds` | none, the SDK's default |\n\n"
        "1 retry after 2 s; worst case 2 attempts of 10 min + 2 s of waiting = 20 min 2 s."
    )


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("@hatchet.|task()\ndef pay(input: EmptyModel, ctx: Context): ...", "**Standalone task `pay`**"),
        ("@hatchet.|durable_task(name='Pay')\nasync def pay(input, ctx): ...", "**Standalone durable task `Pay`**"),
        ("@wf.|on_failure_task()\ndef undo(input, ctx): ...", "**On failure task `undo`** of workflow `shop`"),
    ],
)
def test_the_decorator_names_the_task(editor: Editor, code: str, title: str) -> None:
    assert editor.text(code, DEFAULTS).startswith(title)


def test_a_hook_is_not_told_the_workflows_defaults(editor: Editor) -> None:
    said = editor.text("@wf.|on_failure_task()\ndef undo(input: EmptyModel, ctx: Context): ...", DEFAULTS)
    assert "| `retries` | `0`, the SDK's default |" in said


def test_a_batch_task_has_retries_by_the_workflows_defaults_only(editor: Editor) -> None:
    code = "@wf.|batch_task(batch_max_size=2)\ndef many(input: EmptyModel, ctx: Context): ..."
    assert "| `retries` | `3`, set by the `TaskDefaults`" in editor.text(code, DEFAULTS)
    alone = editor.text("@hatchet.|batch_task(batch_max_size=2)\ndef many(input: EmptyModel, ctx: Context): ...")
    assert "retries`" not in alone
    assert "No retries; worst case 1 attempt of 60 s. It may wait up to 5 min in the queue besides" in alone


BODY = "@hatchet.durable_task()\nasync def f(input: EmptyModel, ctx: DurableContext) -> None:\n    "


def test_a_method_of_the_context_has_signature_words_and_age(editor: Editor) -> None:
    said = editor.text(BODY + "await ctx.aio_sl|eep_for(timedelta(hours=1))")
    assert said.startswith("```python\nasync def DurableContext.aio_sleep_for(\n    duration: timedelta | str,\n")
    assert "- Asynchronous: `await` it" in said
    assert "- Since hatchet-sdk 1.0.1" in said


def test_the_arguments_of_a_method_are_explained_too(editor: Editor) -> None:
    assert "sent in whole seconds" in editor.text(BODY + "await ctx.aio_sleep_for(|timedelta(hours=1))")
    assert "How much longer the attempt may run" in editor.text(BODY + "ctx.refresh_timeout(|increment_by='5m')")


def test_a_property_of_the_context(editor: Editor) -> None:
    said = editor.text(BODY + "print(ctx.retry|_count)")
    assert said.startswith("```python\n(property) DurableContext.retry_count\n```\n\nThe retry count")


def test_where_the_sdk_says_nothing_we_do(editor: Editor) -> None:
    assert "The worker that the task runs on." in editor.text(BODY + "print(ctx.worker|_id)")
    assert "comes back only when the worker ends" in editor.text("hatchet.worker('w').st|art()")


def test_what_is_deprecated_says_so(editor: Editor) -> None:
    assert "- **Deprecated:** " in editor.text(BODY + "ctx.do|ne()")
    assert "- **Deprecated:** The `debug` parameter" in editor.text("Hatchet(|debug=True)")


@pytest.mark.parametrize(
    ("code", "start"),
    [
        ("|RateLimit(static_key='k')", "```python\nclass RateLimit(\n    *,\n    static_key: str | None = None,\n"),
        ("o|r_(SleepCondition(timedelta(1)))", "```python\ndef or_(*conditions: Condition) -> OrGroup\n```\n\nGroups"),
        ("RateLimitDuration.MIN|UTE", "```python\n(enum member) RateLimitDuration.MINUTE"),
        ("hatchet.wor|ker('w')", "```python\ndef Hatchet.worker(\n    name: str,\n"),
    ],
)
def test_classes_functions_and_members_have_their_signature(editor: Editor, code: str, start: str) -> None:
    assert editor.text(code).startswith(start)


def test_the_innermost_thing_speaks(editor: Editor) -> None:
    said = editor.text("hatchet.task(rate_limits=[RateLimit(|units=2, static_key='k')])")
    assert said.startswith("```python\nunits: ")


def test_a_newer_argument_says_since_when(editor: Editor) -> None:
    assert "- Since hatchet-sdk 1.34.0" in editor.text("hatchet.task(|slot_cost=2)")


@pytest.mark.parametrize("name", sorted(rules()))
def test_a_rules_name_shows_its_page(name: str) -> None:
    page = hover_rule(name)
    assert page is not None
    assert page.startswith(f"**{name}** (")
    assert "## What happens" in page
    assert rules()[name].url in page


def test_a_name_that_is_no_rule_shows_nothing() -> None:
    assert hover_rule("no-such-rule") is None


def _names(facts: Facts, key: str) -> set[str]:
    owner, _, method = key.partition(".")
    if not method:
        return {parameter.name for parameter in facts.classes[owner].parameters}
    member = facts.member(owner, method)
    assert member is not None, key
    return {parameter.name for parameter in member.parameters}


def test_all_that_we_describe_is_in_the_sdk(facts: Facts) -> None:
    tables: dict[int, set[bool]] = {}
    for key, name in ((key, name) for keys, docs in TABLES for key in keys for name in docs):
        doc = describe(key, name)
        assert doc is not None
        tables.setdefault(id(doc), set()).add(name in _names(facts, key))
        assert doc.url is None or doc.url.startswith(DOCS)
        assert doc.meaning.endswith(".")
    assert all(True in found for found in tables.values())


MOST_USED = [
    *("Hatchet.task", "Hatchet.durable_task", "Hatchet.workflow", "Hatchet.worker"),
    *("Workflow.task", "Workflow.durable_task", "Workflow.on_failure_task", "Workflow.batch_task"),
    *("TaskDefaults", "RateLimit", "SleepCondition", "EvictionPolicy"),
]


@pytest.mark.parametrize("key", MOST_USED)
def test_the_arguments_of_what_is_used_most_are_all_described(facts: Facts, key: str) -> None:
    assert all(describe(key, name) is not None for name in _names(facts, key))


@pytest.mark.parametrize("key", MEMBER_DOCS)
def test_members_that_we_describe_are_there_and_have_no_words_of_the_sdk(facts: Facts, key: str) -> None:
    owner, _, name = key.partition(".")
    member = facts.member(owner, name) if name else facts.functions.get(owner)
    assert member is not None
    assert not member.docs


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("timedelta(minutes=90)", "**1 hour 30 minutes**: the engine receives `90m`\n"),
        (
            "timedelta(milliseconds=1500)",
            "**1 second 500 milliseconds**: the engine receives `1s`, cut to whole seconds\n",
        ),
        ("timedelta(milliseconds=500)", "**500 milliseconds**: the engine receives `0h`, cut to whole seconds\n"),
        (
            "timedelta(seconds=-5)",
            "**Minus 5 seconds**: the engine receives `-5s`, which it refuses: a duration has no sign\n",
        ),
        ('"1h30m"', "**1 hour 30 minutes**: the engine receives `1h30m`\n"),
        ('"1d"', "The engine refuses it: its units are `ms`, `s`, `m` and `h`\n"),
    ],
)
def test_a_duration_says_how_long_it_is_and_what_the_engine_receives(editor: Editor, value: str, said: str) -> None:
    text = editor.text(f"@hatchet.task(execution_timeout=|{value})\ndef f(input, ctx): ...")
    assert text.startswith(said)
    assert "How long one attempt may run" in text


def test_a_duration_in_an_argument_that_is_sent_otherwise_says_nothing_of_it(editor: Editor) -> None:
    text = editor.text("hatchet.workflow(name='a').pause(queue_ttl=|timedelta(minutes=1))")
    assert "the engine receives" not in text
