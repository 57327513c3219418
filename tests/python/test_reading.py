"""Bytes to text and back."""

from __future__ import annotations

import ast
import codecs
import os
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hatchet_ls.python.reading import CannotEncodeError, CannotReadError, decode, read


def why(data: bytes) -> str:
    with pytest.raises(CannotReadError) as caught:
        decode(data)
    return str(caught.value)


def test_utf_8_is_the_default() -> None:
    decoded = decode("naïve = '😀'\r\n".encode())
    assert (decoded.text, decoded.encoding, decoded.bom) == ("naïve = '😀'\r\n", "utf-8", b"")


def test_a_byte_order_mark_is_no_text() -> None:
    decoded = decode(codecs.BOM_UTF8 + b"x = 1\n")
    assert decoded.text == "x = 1\n"
    assert decoded.encode("y = 2\n") == codecs.BOM_UTF8 + b"y = 2\n"


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_a_cookie_on_the_first_two_lines_counts(newline: bytes) -> None:
    data = newline.join([b"#!/usr/bin/env python", b"# -*- coding: latin-1 -*-", b"x = '\xe9'", b""])
    assert decode(data).text.count("é") == 1
    assert decode(data).encode(decode(data).text) == data


def test_a_cookie_on_the_third_line_does_not_count() -> None:
    assert why(b"\n\n# coding: latin-1\nx = '\xe9'\n").startswith("it is not utf-8: byte 0xe9 on line 4")


def test_letters_beside_the_cookie_are_in_its_encoding() -> None:
    assert decode(b"# coding: latin-1 caf\xe9\n").text == "# coding: latin-1 café\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF\0\0", "it has a NUL byte: binary, not Python"),
        (b"# coding: klingon\n", "unknown encoding: klingon"),
        (b"# coding: rot13\nk = 1\n", "it cannot be decoded as rot13"),
        (b"x = 1\ny = '\xff'\n", "it is not utf-8: byte 0xff on line 2"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "encoding problem: utf-8"),
        ("x = 1\n".encode("utf-16"), "it has a NUL byte: binary, not Python"),
    ],
)
def test_what_is_no_text_says_why(data: bytes, reason: str) -> None:
    assert why(data) == reason


def test_a_character_that_the_encoding_lacks_cannot_be_written() -> None:
    decoded = decode(b"# coding: latin-1\n")
    with pytest.raises(CannotEncodeError, match="does not fit into iso-8859-1"):
        decoded.encode(decoded.text + "'😀'")


def test_an_encoding_that_gives_other_bytes_back_is_not_written() -> None:
    data = b"# coding: utf-7\nx = '+AGE-'\n"
    decoded = decode(data)
    assert decoded.text.endswith("x = 'a'\n")
    with pytest.raises(CannotEncodeError, match="same bytes"):
        decoded.encode(decoded.text)


_ENCODINGS = ["utf-8", "latin-1", "cp1252", "shift_jis", "koi8-r", "ascii", "gbk"]


@given(
    encoding=st.sampled_from(_ENCODINGS),
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    bom=st.booleans(),
)
def test_unchanged_text_gives_the_same_bytes(encoding: str, text: str, bom: bool) -> None:
    text = f"# coding: {encoding}\n{text}"
    assume(not bom or encoding == "utf-8")
    try:
        body = text.encode(encoding)
    except UnicodeEncodeError:
        assume(False)
    data = (codecs.BOM_UTF8 if bom else b"") + body
    decoded = decode(data)
    # Some encodings write several characters alike; then nothing is written at all.
    if body.decode(encoding).encode(encoding) == body:
        assert decoded.encode(decoded.text) == data


@given(st.binary())
@example(b"\xef\xbb\xbf")
@example(b"# coding: undefined\n")
@example(b"# coding: idna\n...\n")
@example(b"# coding: utf-16\nab")
@example(b"# coding: utf-8-sig\n\xef\xbb\xbf")
def test_any_bytes_are_either_text_that_comes_back_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
        assert decoded.encode(decoded.text) == data
    except (CannotReadError, CannotEncodeError):
        pass


@given(st.sampled_from(["latin-1", "utf-8", "cp1252"]), st.text("é€ß'\"x \n\r", max_size=20))
def test_text_is_what_python_reads(encoding: str, comment: str) -> None:
    try:
        data = f"# coding: {encoding}\nx = {comment!r}\n".encode(encoding)
    except UnicodeEncodeError:
        assume(False)
    tree = ast.parse(data)
    assert ast.dump(ast.parse(decode(data).text)) == ast.dump(tree)


def test_a_directory_says_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(CannotReadError, match="it is a directory"):
        read(tmp_path)


def test_a_missing_file_and_a_dangling_link_say_so(tmp_path: Path) -> None:
    link = tmp_path / "link.py"
    link.symlink_to(tmp_path / "gone.py")
    for path in (tmp_path / "gone.py", link):
        with pytest.raises(CannotReadError, match="no such file"):
            read(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(CannotReadError, match="not a regular file"):
        read(tmp_path / "pipe.py")


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.py"
    file.touch()

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CannotReadError, match="permission denied"):
        read(file)
