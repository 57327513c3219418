"""Markdown for clients that show text as it is."""

from __future__ import annotations

from hatchet_ls.lsp.markup import plain


def test_plain_text_keeps_words_code_and_addresses_and_drops_the_marks() -> None:
    markdown = "**retries** is `int`.\n\n## What happens\nSee [the guide](https://docs.hatchet.run)."
    assert plain(markdown) == "retries is int.\n\nWhat happens\nSee the guide: https://docs.hatchet.run."


def test_code_in_fences_stays_as_it_is() -> None:
    assert plain("Write\n```py\nx = 2 ** 3 ** 2  # `x`\n```\n**then**") == "Write\nx = 2 ** 3 ** 2  # `x`\nthen"
