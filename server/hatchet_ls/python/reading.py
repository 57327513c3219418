"""Bytes to text as Python reads them, and back without touching anything else."""

from __future__ import annotations

import codecs
import io
import tokenize
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 5_000_000
"""Files above this size are not looked at: they are generated or data. Of a text its size in UTF-8."""

_ASCII = bytes(byte if byte < 0x80 else ord("?") for byte in range(256))


class CannotReadError(Exception):
    """A file is no text that Python would read; the message says why, without the file's name."""


class CannotEncodeError(Exception):
    """A text cannot be written back in the file's own encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's bytes as text. Line ends are kept as they are, a byte order mark is taken off."""

    data: bytes
    text: str
    encoding: str
    bom: bytes
    """The byte order mark that the file starts with, or nothing."""

    def encode(self, text: str) -> bytes:
        """The bytes of a changed text: unchanged text gives unchanged bytes.

        Raises:
            CannotEncodeError: the encoding lacks a character, or does not give the file's own bytes back.
        """
        try:
            if self.bom + self.text.encode(self.encoding) != self.data:
                raise CannotEncodeError(f"{self.encoding} does not give the same bytes back")
            return self.bom + text.encode(self.encoding)
        except (UnicodeError, ValueError) as error:
            raise CannotEncodeError(f"the text does not fit into {self.encoding}") from error


def decode(data: bytes) -> Decoded:
    """Decode a Python file: its byte order mark, else its PEP 263 cookie, else UTF-8.

    Raises:
        CannotReadError: it is binary, its encoding is unknown, or it is not in its encoding.
    """
    if b"\0" in data:
        raise CannotReadError("it has a NUL byte: binary, not Python")
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data[len(bom) :]
    # Where the cookie is looked for, only ASCII counts, and all three line ends do.
    head = body[:1000].translate(_ASCII).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(bom + head).readline)
    except SyntaxError as error:
        raise CannotReadError(str(error)) from error
    if encoding == "utf-8-sig":
        encoding = "utf-8"
    try:
        return Decoded(data, body.decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        row = body.count(b"\n", 0, error.start) + 1
        raise CannotReadError(f"it is not {encoding}: byte {body[error.start]:#04x} on line {row}") from error
    except (LookupError, ValueError) as error:
        raise CannotReadError(f"it cannot be decoded as {encoding}") from error


def is_too_large(text: str) -> bool:
    """Whether a text has more than ``MAX_BYTES``."""
    most = 4 * len(text)  # No code point takes more; encoding takes time.
    return most > MAX_BYTES and len(text.encode(errors="surrogatepass")) > MAX_BYTES


def read(path: Path) -> Decoded:
    """Read a Python file.

    Raises:
        CannotReadError: also when the file is missing, a directory, a device or a pipe, or may not be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise CannotReadError("it is a directory" if path.is_dir() else "it is not a regular file")
        return decode(path.read_bytes())
    except OSError as error:
        raise CannotReadError((error.strerror or str(error)).lower()) from error
