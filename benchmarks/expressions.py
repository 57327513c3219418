"""Measures how long CEL expressions take, ours and the other libraries' in one process.

Run by ``benchmarks.languages`` in the environment of the other libraries:
``python -m benchmarks.expressions ROUNDS [--only-ours]``. Prints JSON. Needs nothing but what it measures.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from hatchet_ls.languages.cel import ENVIRONMENTS, check

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "languages" / "golden" / "cel_hand.jsonl"
ENVIRONMENT = "workflow_str"
"""The engine's environment with the most expressions: the strings extension and ``checksum`` belong to it."""
OURS = "hatchet-ls"
GOOGLE = "cel-expr-python"
CELPY = "cel-python"

Compile = Callable[[str], bool]
"""Parses and checks an expression; whether it is accepted."""


def _ours() -> Compile:
    environment = ENVIRONMENTS[ENVIRONMENT]

    def compiles(text: str) -> bool:
        return not check(text, environment).problems

    return compiles


def _google() -> Compile:
    cel = import_module("cel_expr_python.cel")
    strings = import_module("cel_expr_python.ext.ext_strings")
    text_type = cel.Type.STRING
    json_object = cel.Type.Map(text_type, cel.Type.DYN)
    checksum = [
        cel.Overload("checksum_string", text_type, [text_type], False),
        cel.Overload("string_checksum", text_type, [text_type], True),
    ]
    environment = cel.NewEnv(
        variables={"input": json_object, "additional_metadata": json_object, "workflow_run_id": text_type},
        extensions=[strings.ExtStrings()],
        functions=[cel.FunctionDecl("checksum", checksum)],
    )

    def compiles(text: str) -> bool:
        try:
            environment.compile(text)
        except Exception:  # it raises one class for everything
            return False
        return True

    return compiles


def _celpy() -> Compile:
    celpy = import_module("celpy")
    types = import_module("celpy.celtypes")
    environment = celpy.Environment(
        annotations={
            "input": types.MapType,
            "additional_metadata": types.MapType,
            "workflow_run_id": types.StringType,
        }
    )

    def compiles(text: str) -> bool:
        try:
            environment.compile(text)
        except celpy.CELParseError:
            return False
        return True

    return compiles


def main() -> None:
    """Measure as the arguments say."""
    rounds, *options = sys.argv[1:]
    compilers = {OURS: _ours()}
    if "--only-ours" not in options:
        compilers |= {GOOGLE: _google(), CELPY: _celpy()}
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").strip().split("\n")]
    valid = [row["expr"] for row in rows if row["kind"] == ENVIRONMENT and row["ok"]]
    # Looking at each expression once also warms everything up.
    refused = {name: [text for text in valid if not compiles(text)] for name, compiles in compilers.items()}
    texts = [text for text in valid if not any(text in others for others in refused.values())]
    seconds: dict[str, list[float]] = {name: [] for name in compilers}
    for _ in range(int(rounds)):
        for name, compiles in compilers.items():
            start = time.process_time()
            for text in texts:
                compiles(text)
            seconds[name].append((time.process_time() - start) / len(texts))
    measured = {"valid": len(valid), "used": len(texts), "seconds": seconds}
    measured["refused"] = {name: len(found) for name, found in refused.items()}
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
