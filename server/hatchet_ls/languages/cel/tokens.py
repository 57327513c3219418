"""Text to tokens. What the engine's lexer refuses becomes a problem, and a token where the meaning is plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


class Token(NamedTuple):
    """A token and its place in code points."""

    kind: str
    """``name``, ``quoted`` (a name in backticks), ``int``, ``uint``, ``double``, ``string``, ``bytes``, ``end``;
    operators, brackets and keywords are their own kind."""
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The token's place."""
        return Span(self.start, self.end)


_HEX = "[0-9a-fA-F]"
_ESCAPE = rf"\\(?:[abfnrtv\"'\\?`]|[xX]{_HEX}{{2}}|u{_HEX}{{4}}|U{_HEX}{{8}}|[0-3][0-7][0-7])"
_STRING = "|".join(
    [
        r"[rR]'''(?s:.*?)'''",
        r'[rR]"""(?s:.*?)"""',
        r"[rR]'[^'\n\r]*'",
        r'[rR]"[^"\n\r]*"',
        rf"'''(?:{_ESCAPE}|[^\\])*?'''",
        rf'"""(?:{_ESCAPE}|[^\\])*?"""',
        rf"'(?:{_ESCAPE}|[^\\'\n\r])*'",
        rf'"(?:{_ESCAPE}|[^\\"\n\r])*"',
    ]
)
_TOKEN = "|".join(
    [
        r"(?P<space>[\t \r\n\f]+|//[^\n]*)",
        rf"(?P<string>[bB]?(?:{_STRING}))",
        r"(?P<double>[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?)",
        rf"(?P<uint>(?:0x{_HEX}+|[0-9]+)[uU])",
        rf"(?P<int>0x{_HEX}+|[0-9]+)",
        r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)",
        r"(?P<quoted>`[A-Za-z0-9_.\-/ ]+`)",
        r"(?P<mark>==|!=|<=|>=|&&|\|\||[<>\[\]{}().,\-!?:+*/%])",
    ]
)
"""Compiled with the first expression: many projects have none."""
MOST_PROBLEMS = 30
"""After so many problems the rest of the text is not read."""
KEYWORDS = frozenset(("in", "true", "false", "null"))

# Patterns of what the lexer refuses: compiled when it does.
_MALFORMED = r"""(?P<quote>['"])(?P<body>(?:\\.|(?!(?P=quote))[^\\\n\r])*)(?P<close>(?P=quote))?"""
"""A string on one line, whatever its escapes."""
_ANY_ESCAPE = r"\\(?:.|$)"
_WRONG_MARK = r"(?s)={1,3}|&|\||\$\{?|."
_MEANT = {"=": "==", "&": "&&", "|": "||"}


def tokenize(text: str) -> tuple[list[Token], list[Problem]]:
    """The tokens of a text, the last of kind ``end``, and what the lexer refuses. Takes linear time."""
    tokens: list[Token] = []
    problems: list[Problem] = []
    place, end = 0, len(text)
    match = re.compile(_TOKEN).match
    solid = len(text.rstrip())
    while place < end:
        found = match(text, place)
        if found is None:
            if len(problems) >= MOST_PROBLEMS:
                break
            place = _refuse(text, place, solid, tokens, problems)
            continue
        kind, place = found.lastgroup, found.end()
        if kind != "space":
            word = found.group()
            if kind == "mark" or (kind == "name" and word in KEYWORDS):
                kind = word
            elif kind == "string" and word[0] in "bB":
                kind = "bytes"
            tokens.append(Token(kind or "", word, found.start(), place))
    tokens.append(Token("end", "", end, end))
    return tokens, problems


def _refuse(text: str, place: int, solid: int, tokens: list[Token], problems: list[Problem]) -> int:
    """Tells what is wrong at a place where no token starts, and says where to go on."""
    malformed = re.compile(_MALFORMED).match(text, place)
    if malformed is not None:
        return _refuse_string(malformed, tokens, problems)
    found = re.compile(_WRONG_MARK).match(text, place)
    mark = found.group() if found else text[place]
    previous = tokens[-1] if tokens and tokens[-1].end == place else None
    start, finish = place, place + len(mark)
    if mark.startswith("=") and previous is not None and previous.text in ("==", "!="):
        # `===` and `!==`: the first two characters are a good operator.
        start = previous.start
        _add(problems, Span(start, finish), f"`{text[start:finish]}` is `{previous.text}` in CEL", place, previous.text)
    elif mark in _MEANT:
        meant = _MEANT[mark]
        _add(problems, Span(start, finish), f"`{mark}` is `{meant}` in CEL", place, meant)
        tokens.append(Token(meant, mark, start, finish))
    elif mark == ";" and finish == solid:
        _add(problems, Span(start, finish), "a CEL expression does not end with `;`", place, "")
    elif mark == "`":
        _add(problems, Span(start, finish), "a name in backticks is not closed", place)
    else:
        note = "; CEL fills in no `$` templates" if mark.startswith("$") else ""
        shown = mark if mark.isprintable() else f"U+{ord(mark[0]):04X}"
        _add(problems, Span(start, finish), f"`{shown}` means nothing in CEL{note}", place)
        finish = start + 1
    return finish


def _refuse_string(found: re.Match[str], tokens: list[Token], problems: list[Problem]) -> int:
    text, span, quote = found.string, Span(*found.span()), found["quote"]
    # The rest of the expression is read as if a string stood there.
    tokens.append(Token("string", quote * 2, span.start, span.end))
    if not found["close"]:
        cut = text[span.end : span.end + 1] == "\\"
        reason = "ends with a stray `\\`" if cut else "is not closed"
        _add(problems, span, f"the string that starts with `{_short(found.group())}` {reason}", span.start)
        return span.end
    bad = next(_bad_escapes(found["body"]), "\\")
    message = f"`{bad}` is no escape in CEL: write `r{quote}…{quote}` for a raw string"
    _add(problems, span, message, span.start, f"r{found.group()}")
    return span.end


def _bad_escapes(body: str) -> Iterator[str]:
    for escape in re.finditer(_ANY_ESCAPE, body):
        if not re.compile(_ESCAPE).match(body, escape.start()):
            yield escape.group()


def _add(problems: list[Problem], span: Span, message: str, position: int, meant: str | None = None) -> None:
    suggestion = None if meant is None else Replacement(span, meant)
    problems.append(Problem(span, message, ProblemKind.SYNTAX, suggestion=suggestion, position=position))


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
