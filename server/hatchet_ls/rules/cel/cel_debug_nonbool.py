"""
Checks for `hatchet.cel.debug` with an expression that is not true or false.

## What happens
`hatchet.cel.debug(...)` evaluates an expression as a filter: it must be true or false. For anything else, such as a
concurrency key that gives a string, the answer at run is an error about the type, even though the expression is right
in its own place.

## Example
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()


def main() -> None:
    result = hatchet.cel.debug(
        expression="'user-' + input.user_id",  # error: [cel-debug-nonbool]
        input={"user_id": "ada"},
    )
    print(result)
```

## Use instead
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()


def main() -> None:
    result = hatchet.cel.debug(
        expression="'user-' + input.user_id == 'user-ada'",
        input={"user_id": "ada"},
    )
    print(result)
```
Compare a key with the text that you expect of it.

## References
- https://docs.hatchet.run/v1/cel-expressions
- `hatchet_sdk.Hatchet.cel`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.cel_places import DEBUG
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.demands import Verdict, judge
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cel._checking import quote, report
from hatchet_ls.text import Span


@rule(severity=Severity.ERROR, since="0.1.0")
def cel_debug_nonbool(expression: Expression) -> Iterator[Finding]:
    """The checker's type is another one."""
    if expression.place is DEBUG and judge(expression.checked, DEBUG.result).verdict is Verdict.MISMATCH:
        yield report(
            expression,
            Span(0, len(expression.text)),
            f"{quote(expression.text)} gives `{expression.checked.type}`, and `cel.debug` takes filters only, which "
            "are true or false: the answer is an error",
        )
