"""Draw the picture of the README: what the command line really says about an example.

    python scripts/make_readme_picture.py [--check]

With ``--check`` nothing is written: exit code 1 when the text in the picture is not what the command says now. How
that text is drawn depends on the release of rich, so it is not compared.
"""

from __future__ import annotations

import argparse
import html
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "check.svg"
SHOWN = "sub-second-timeout-truncated,durable-plain-sleep,unknown-member"
COMMAND = ("hatchet-ls", "check", "examples", "--select", SHOWN)
WIDTH = 118
"""Columns."""

_HUES = ((240, 98, 98), (120, 200, 120), (229, 192, 90), (97, 160, 240), (200, 120, 220), (86, 190, 200))
THEME = TerminalTheme(
    (30, 31, 34),
    (214, 216, 222),
    [(30, 31, 34), *_HUES, (214, 216, 222)],
    [(110, 114, 122), *_HUES, (255, 255, 255)],
)

# As rich's own, without the fonts that it would fetch from elsewhere.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
    <style>
    .{unique_id}-matrix {{
        font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
        font-size: {char_height}px;
        line-height: {line_height}px;
        font-variant-east-asian: full-width;
    }}
    .{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: arial; }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
    </g>
</svg>
"""


def said() -> Text:
    """What the command prints, with its colours."""
    program, *arguments = COMMAND
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=ROOT,
        env={**environment, "FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": str(WIDTH)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 1 or done.stderr:
        raise SystemExit(f"{' '.join(COMMAND)} ended with {done.returncode}: {done.stderr}")
    return Text.assemble(("$ ", "bold green"), (" ".join(COMMAND), "bold"), "\n", Text.from_ansi(done.stdout))


def picture(text: Text) -> str:
    """The text as SVG."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(text)
    return console.export_svg(
        title="hatchet-ls", theme=THEME, code_format=FORMAT, unique_id="check", font_aspect_ratio=0.61
    )


def words(svg: str) -> list[str]:
    """The text in a picture, word by word."""
    pieces = re.findall(r"<text [^>]*>(.*?)</text>", svg, re.DOTALL)
    return " ".join(html.unescape(piece) for piece in pieces).split()


def main() -> int:
    """0, or 1 when the picture is stale and was only to be checked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say whether the picture is stale")
    check = parser.parse_args().check
    svg = picture(said())
    if check:
        if not PICTURE.is_file() or words(PICTURE.read_text(encoding="utf-8")) != words(svg):
            print(f"stale: {PICTURE.relative_to(ROOT)} (run python scripts/make_readme_picture.py)", file=sys.stderr)
            return 1
        return 0
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
