"""The sections of a rule's page and the code in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from hatchet_ls.rules import Rule
from scenarios.document import DEFAULT_PATH, Case, File
from scenarios.marks import strip_marks

HEADINGS = ["What happens", "Example", "Use instead", "Fix safety", "References"]
OPTIONAL = {"Fix safety"}


@dataclass
class Section:
    """One heading's part of a page."""

    text: str = ""
    """All but code."""
    snippets: list[str] = field(default_factory=list)


def sections(page: str) -> dict[str, Section]:
    """The parts of a page by their headings, in order; what stands before the first is under an empty one."""
    found = {"": Section()}
    heading = ""
    tokens = MarkdownIt("commonmark").parse(page)
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[index + 1].content.strip()
            found[heading] = Section()
        elif token.type == "inline" and tokens[index - 1].type != "heading_open":
            found[heading].text += token.content + "\n"
        elif token.type == "code_block" or (token.type == "fence" and token.info.strip() in ("py", "python")):
            found[heading].snippets.append(token.content)
    return found


def snippet_case(rule: Rule, heading: str) -> Case:
    """A section's code as a case. Several blocks of one section are several workspaces only if each imports
    ``hatchet_sdk`` itself, so a section has exactly one.

    Raises:
        ValueError: the section is missing or has not exactly one block of code.
    """
    section = sections(rule.page).get(heading)
    if section is None or len(section.snippets) != 1:
        raise ValueError(f"{rule.name}: the page needs one block of code under '{heading}'")
    text, marks = strip_marks(section.snippets[0])
    family = rule.family.replace("-", "_")
    return Case(f"the page's {heading}", rule.name, family, 0, [File(DEFAULT_PATH, text, marks)])
