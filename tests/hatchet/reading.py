"""Programs with models, and what their fields are in a few characters."""

from __future__ import annotations

import sysconfig
from collections.abc import Callable
from pathlib import Path

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.models import FieldType, InputModel
from hatchet_ls.hatchet.program import Program
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.python.modules import Modules
from hatchet_ls.text import Source

SITE_PACKAGES = Path(sysconfig.get_paths()["purelib"])
HEAD = """\
from __future__ import annotations
import enum, uuid
from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NewType, Optional, TypedDict, Union, NotRequired, Required
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, EmailStr, Field
from pydantic import PlainSerializer, RootModel, WrapSerializer
from pydantic import computed_field, field_serializer, field_validator, model_serializer, model_validator, with_config
from hatchet_sdk import EmptyModel, Hatchet
hatchet = Hatchet()
"""
WORKFLOW = '\nwf = hatchet.workflow(name="wf", input_validator=Order)\n'

Model = Callable[[str], InputModel]


def program_of(folder: Path, files: dict[str, str], facts: Facts) -> Program:
    """The program of the last file, after writing all of them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    program = Reader(Modules([folder], [SITE_PACKAGES], library="hatchet_sdk"), facts).read(Source(path, text))
    assert program is not None
    return program


def names(found: InputModel) -> list[str]:
    return [field.name for field in found.fields]


def required(found: InputModel) -> list[str]:
    return [field.name for field in found.fields if field.required]


def short(kind: FieldType) -> str:
    """A type in a few characters: ``string?``, ``list[integer]``."""
    item = f"[{short(kind.item)}]" if kind.item is not None else ""
    return f"{kind.kind.value}{item}{'?' if kind.nullable else ''}"
