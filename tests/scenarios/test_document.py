"""The format of scenario files."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.document import Case, ScenarioError, read_document

DOCUMENT = """
# `a-rule`

What it is about.

## A plain case
Some words.
```py
f(x)  # error: [a-rule]
```
```fixed
g(x)
```

## A project with `code`
sdk: 1.37.5
oracle: not run (needs a database)

`app/client.py`:
```py
one
```

`app/tasks.py`:

```py
two
```
```fixed
three
```
`app/client.py`:
```fixed
four
```
```toml
[tool.hatchet-ls]
```
```console
$ not a file
```
"""


@pytest.fixture
def cases(tmp_path: Path) -> list[Case]:
    file = tmp_path / "retry" / "a-rule.md"
    file.parent.mkdir()
    file.write_text(DOCUMENT, encoding="utf-8")
    return read_document(file)


def test_headings_of_the_second_level_are_cases(cases: list[Case]) -> None:
    assert [case.title for case in cases] == ["A plain case", "A project with `code`"]
    assert {(case.family, case.rule) for case in cases} == {("retry", "a-rule")}


def test_a_block_without_a_path_is_the_default_file(cases: list[Case]) -> None:
    (file,) = cases[0].files
    assert (file.path, file.text, file.fixed) == ("tasks.py", "f(x)\n", "g(x)\n")
    assert [mark.rule for mark in file.marks] == ["a-rule"]


def test_a_line_before_a_block_names_its_file(cases: list[Case]) -> None:
    assert {file.path: file.text for file in cases[1].files} == {"app/client.py": "one\n", "app/tasks.py": "two\n"}


def test_a_fixed_block_belongs_to_the_last_file_or_to_the_one_that_is_named(cases: list[Case]) -> None:
    assert {file.path: file.fixed for file in cases[1].files} == {"app/client.py": "four\n", "app/tasks.py": "three\n"}


def test_a_case_has_settings_a_release_and_a_reason_not_to_be_run(cases: list[Case]) -> None:
    assert cases[1].settings == "[tool.hatchet-ls]\n"
    assert (cases[1].sdk, cases[1].not_run) == ("1.37.5", "needs a database")
    assert (cases[0].sdk, cases[0].not_run) == (None, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# `another-rule`\n## A case\n```py\nx\n```\n", "title"),
        ("# `a-rule`\n", "no case"),
        ("# `a-rule`\n## A case\n", "no py block"),
        ("# `a-rule`\n## A case\n```py\nx\n```\n```py\ny\n```\n", "two files of one path"),
        ("# `a-rule`\n## A case\n```py\nx\n```\n## A case\n```py\nx\n```\n", "two cases of one name"),
        ("# `a-rule`\n## A case\n```fixed\nx\n```\n", "belongs to no file"),
        ("# `a-rule`\n## A case\n```py\nx  # error: oops\n```\n", "not a mark"),
    ],
)
def test_what_does_not_keep_to_the_format_is_refused(text: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "a-rule.md"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=problem):
        read_document(file)
