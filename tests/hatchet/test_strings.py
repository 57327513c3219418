"""Strings in programs: where they are used, where they are written, and how a part of them is changed there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hatchet.reading import program_of
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.strings import Text, texts
from hatchet_ls.text import apply_edits

Find = Callable[..., list[Text]]


@pytest.fixture
def find(tmp_path: Path, facts: Facts) -> Find:
    """The strings of ``on_crons`` of a workflow, after some lines of code and beside some other modules."""

    def run(value: str, before: str = "", **modules: str) -> list[Text]:
        text = f"from hatchet_sdk import Hatchet\n{before}\nHatchet().workflow(name='w', on_crons={value})\n"
        files = {f"{name}.py": module for name, module in modules.items()}
        call = program_of(tmp_path, {**files, "tasks.py": text}, facts).workflows[0].call
        return list(texts(call, call.argument("on_crons")))

    return run


def used(text: Text) -> str:
    return text.source.slice(text.use)


def test_items_of_a_list_are_used_where_they_stand(find: Find) -> None:
    found = find('["a", B, *more, make(), 3, ("c")]', 'B = "b"\nmore = ["d"]')
    assert [text.text for text in found] == ["a", "b", "d", "c"]
    assert [used(text) for text in found] == ['"a"', "B", "*more", '("c")']
    assert [text.in_place for text in found] == [True, False, False, True]


def test_a_list_that_is_written_elsewhere_is_used_as_a_whole(find: Find) -> None:
    (text,) = find("CRONS", 'CRONS = ["a"]')
    assert used(text) == "CRONS"
    assert not text.in_place
    assert text.source.slice(text.written_span(0, 1)) == "a"


def test_a_single_string_counts_as_well(find: Find) -> None:
    (text,) = find('"a"')
    assert (text.text, used(text), text.in_place) == ("a", '"a"', True)


def test_a_part_is_reported_in_the_string_or_where_it_is_used(find: Find) -> None:
    here, there = find(r'["a\x20bc", B]', 'B = "def"')
    assert here.source.slice(here.span(1, 3)) == r"\x20b"
    assert there.source.slice(there.span(1, 2)) == "B"
    assert there.source.slice(there.written_span(1, 2)) == "e"


def test_in_a_sum_with_names_a_part_is_in_its_literal_or_is_the_name(find: Find) -> None:
    (text,) = find(r"""["a\x62" + B + ("é" + (C + 'xyz'))]""", 'B = "b12"\nC = B + "c"')
    assert text.text == "abb12éb12cxyz"
    assert [text.source.slice(text.span(start, end)) for start, end in [(1, 2), (3, 4), (5, 6), (7, 8), (11, 12)]] == [
        r"\x62",
        "B",
        "é",
        "C",
        "y",
    ]
    assert text.source.slice(text.span(4, 6)) == 'B + ("é'


def test_in_a_sum_with_names_what_one_literal_has_can_be_replaced(find: Find) -> None:
    (text,) = find("""["ab" + B + ('cd' "ef")]""", 'B = "b"')
    changed = [text.replace(*part, "x'y") for part in [(0, 1), (1, 2), (2, 3), (1, 3), (4, 5), (5, 7)]]
    assert [each and apply_edits(text.source.text, [each]).splitlines()[-1][38:-1] for each in changed] == [
        """["x'yb" + B + ('cd' "ef")]""",
        """["ax'y" + B + ('cd' "ef")]""",
        None,
        None,
        """["ab" + B + ('cx\\'y' "ef")]""",
        """["ab" + B + ('cd' "x'y")]""",
    ]


def test_what_no_literal_writes_is_reported_as_a_whole(find: Find) -> None:
    (text,) = find("[B + B]", 'B = "b"')
    assert text.written is None
    assert text.source.slice(text.span(0, 1)) == "B + B"
    assert text.replace(0, 1, "x") is None


@pytest.mark.parametrize(
    ("literal", "content", "expected"),
    [
        ('"abc"', "x", '"axc"'),
        ('"abc"', "", '"ac"'),
        ('"abc"', "it's", '"ait\'sc"'),
        ('"abc"', '"', '"a\\"c"'),
        ("'abc'", "it's", "'ait\\'sc'"),
        ('"abc"', "\\d", '"a\\\\dc"'),
        ('r"abc"', "\\d", 'r"a\\dc"'),
        ('"a" "bc"', "x", '"a" "xc"'),
        ('("a"\n "b" "c")', "x", '("a"\n "x" "c")'),
        ('"a" + "bc"', "x", '"a" + "xc"'),
        ('f"abc"', "x", 'f"axc"'),
        ('"a\\x62c"', "x", '"axc"'),
        ('"""abc"""', '"', '"""a"c"""'),
        ('"abc"', "x\ny", '"ax\\nyc"'),
        ('"abc"', "\r\0", '"a\\r\\x00c"'),
        ('"""abc"""', "x\ny", '"""ax\nyc"""'),
        ('"a\\\nbc"', "x", '"a\\\nxc"'),
    ],
)
def test_a_part_is_replaced_as_its_literal_has_to_write_it(
    find: Find, literal: str, content: str, expected: str
) -> None:
    (text,) = find(f"[{literal}]")
    edit = text.replace(1, 2, content)
    assert edit is not None
    assert f"on_crons=[{expected}]" in apply_edits(text.source.text, [edit])


@pytest.mark.parametrize(("literal", "content"), [('r"abc"', '"'), ('f"abc"', "{x}"), ('r"abc"', "x\ny")])
def test_there_is_no_edit_where_the_literal_cannot_hold_it(find: Find, literal: str, content: str) -> None:
    (text,) = find(f"[{literal}]")
    assert text.replace(1, 2, content) is None


def test_literals_with_a_comment_between_them_are_not_made_one(find: Find) -> None:
    (text,) = find('["ab"  # why\n "c#d"]')
    assert text.replace(1, 3, "x") is None
    assert text.replace(2, 4, "x") is not None


def test_a_constant_is_changed_where_it_is_written_if_that_is_here(find: Find) -> None:
    (text,) = find("[B]", 'B = "abc"')
    edit = text.replace(1, 2, "x")
    assert edit is not None
    assert 'B = "axc"' in apply_edits(text.source.text, [edit])


def test_a_constant_of_another_module_is_not_changed_from_here(find: Find) -> None:
    (text,) = find("[B]", "from constants import B", constants='B = "abc"\n')
    assert text.text == "abc"
    assert text.value.source.path.name == "constants.py"
    assert text.replace(1, 2, "x") is None
