"""How the source of an SDK is read: the shapes that its releases have, and those that a later one may have."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from hatchet_ls.hatchet.facts import Class, Facts, Member, MemberKind, Parameter, ParameterKind, Version
from hatchet_ls.hatchet.facts_package import read_package
from hatchet_ls.hatchet.facts_source import UnreadableSdkError

ReadClass = Callable[[str], Class]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Facts]:
    """The facts of an SDK that exports everything in ``hatchet_sdk/thing.py``; further files by their paths."""

    def run(text: str, **files: str) -> Facts:
        package = tmp_path / "hatchet_sdk"
        for name, content in {"__init__": "from hatchet_sdk.thing import *", "thing": text, **files}.items():
            path = package / f"{name.replace('.', '/')}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(content))
        names = "".join(f"from hatchet_sdk.thing import {name} as {name}\n" for name in ("Thing", "make"))
        if "__init__" not in files:
            (package / "__init__.py").write_text(names if "def make" in text else names.splitlines()[0])
        return read_package(package, Version(1, 99, 0), {})

    return run


@pytest.fixture
def thing(read: Callable[..., Facts]) -> ReadClass:
    """The class ``Thing`` of such an SDK."""
    return lambda text: read(text).classes["Thing"]


def said(parameters: tuple[Parameter, ...]) -> list[tuple[str, str | None]]:
    return [(parameter.name, parameter.default) for parameter in parameters]


def method(body: str, imports: str = "") -> str:
    return f"{imports}\nclass Other: ...\nclass Thing:\n{textwrap.indent(textwrap.dedent(body), '    ')}"


@pytest.mark.parametrize(
    ("annotation", "result"),
    [
        ("Other", "Other"),
        ("'Other'", "Other"),
        ("'Other[int]'", "Other"),
        ("Other | None", "Other"),
        ("Optional[Other]", "Other"),
        ("typing.Union[Other, None]", "Other"),
        ("Union[Other[int], Other[str]]", "Other"),
        ("Annotated[Other, 1]", "Other"),
        ("Alias", "Other"),
        ("Self", "Thing"),
        ("Other | Thing", None),
        ("Other | int", None),
        ("Optional[Missing]", None),
        ("list[Other]", None),
        ("type[Other]", None),
        ("Alias[int]", None),
        ("Callable[[int], Other]", None),
        ("Callable[..., Other]", None),
        ("'not an annotation'", None),
        ("1", None),
        ("Circle", None),
    ],
)
def test_results_of_annotations(thing: ReadClass, annotation: str, result: str | None) -> None:
    imports = (
        "import typing\nfrom typing import Annotated, Optional, Self, Union\nfrom collections.abc import Callable\n"
        "Alias = Optional['Other']\nCircle = Optional['Circle']\n"
    )
    made = thing(method(f"def get(self) -> {annotation}: ...", imports)).members["get"]
    assert (made.result, made.decorates) == (result, False)


@pytest.mark.parametrize(
    "annotation",
    [
        "Callable[[Callable[[int], str]], Other]",
        "Callable[[Func[int]], Other]",
        "Callable[[int | Callable[[int], str]], Other[int]] | Callable[[Callable[[str], int]], Other[str]]",
    ],
)
def test_a_method_that_takes_a_function_to_make_something_of_it_decorates(thing: ReadClass, annotation: str) -> None:
    imports = (
        "from collections.abc import Callable\nfrom typing import TypeVar\nT = TypeVar('T')\nFunc = Callable[[T], T]\n"
    )
    made = thing(method(f"def get(self) -> {annotation}: ...", imports)).members["get"]
    assert (made.result, made.decorates) == ("Other", True)


def test_overloads_speak_where_the_implementation_says_nothing(thing: ReadClass) -> None:
    member = thing(
        method(
            """
            @overload
            def get(self, a: int, *, b: int) -> Other:
                '''What it does.'''
            @overload
            def get(self, a: int, c: str = "") -> Other: ...
            def get(self, *args, **kwargs): ...
            """,
            "from typing import overload",
        )
    ).members["get"]
    assert said(member.parameters) == [("a", None), ("b", "..."), ("c", '""')]
    assert (member.result, member.docs) == ("Other", "What it does.")


def test_overloads_that_differ_have_no_common_result(thing: ReadClass) -> None:
    member = thing(
        method(
            """
            @overload
            def get(self, a: int) -> Other: ...
            @overload
            def get(self, a: str) -> Thing: ...
            def get(self, a): ...
            """,
            "from typing import overload",
        )
    ).members["get"]
    assert said(member.parameters) == [("a", None)]
    assert member.result is None


def test_kinds_of_members(thing: ReadClass) -> None:
    cls = thing(
        method(
            """
            version = 1
            "What it is."
            size: int
            class Inner: ...
            def __init__(self, other: Other, plain):
                self.other = other
                self.made = Other()
                self.a, self.b = 1, 2
                self.plain = plain
                if plain:
                    self.deep: Other | None = None
                self._hidden = self.other.attribute = 1
            @property
            def one(self) -> Other: ...
            @one.setter
            def one(self, value: int) -> None: ...
            @functools.cached_property
            def two(self): ...
            @staticmethod
            def three(a): ...
            @classmethod
            def four(cls, a) -> 'Thing': ...
            async def five(self): ...
            async def six(self):
                for x in self: yield x
            @asynccontextmanager
            async def seven(self) -> Other: yield Other()
            def _hidden_too(self): ...
            def nothing(): ...
            """,
            "import functools\nfrom contextlib import asynccontextmanager",
        )
    )
    fields = {"version", "size", "Inner", "other", "made", "a", "b", "plain", "deep"}
    assert {name for name, member in cls.members.items() if member.kind is MemberKind.FIELD} == fields
    assert {name for name, member in cls.members.items() if member.kind is MemberKind.PROPERTY} == {"one", "two"}
    assert {name: member.result for name, member in cls.members.items() if member.result} == {
        "other": "Other",
        "made": "Other",
        "deep": "Other",
        "one": "Other",
        "four": "Thing",
    }
    assert [name for name, member in cls.members.items() if member.is_async] == ["five"]
    assert said(cls.members["three"].parameters) == said(cls.members["four"].parameters) == [("a", None)]
    assert said(cls.parameters) == [("other", None), ("plain", None)]
    assert cls.members["version"].docs == "What it is."


def test_fields_of_a_model(thing: ReadClass) -> None:
    cls = thing(
        '''
        from typing import Annotated, ClassVar
        from pydantic import BaseModel, ConfigDict, Field, PrivateAttr
        class Base(BaseModel):
            """A base.

            Args:
                first: What the first is,
                    at length.
                second (int, optional): What the second is.

            Example:
                first: not this
            """
            model_config = ConfigDict(extra="forbid")
            first: int
            second: int = 2
        class Thing(Base):
            third: str = Field(..., alias="thirdOne", description="What the third is.")
            fourth: str = Field("x", deprecated="Use `third`.")
            fifth: list[int] = Field(default_factory=list)
            sixth: list[int] = Field(default_factory=lambda: [1])
            seventh: Annotated[int, Field(alias="seven", description="a" "b")] = 7
            eighth: Annotated[int, "nothing"]
            first: float = 1.0
            """What the first is here."""
            shared: ClassVar[int] = 1
            _private: int = PrivateAttr(1)
        '''
    )
    assert said(cls.parameters) == [
        ("first", "1.0"),
        ("second", "2"),
        ("thirdOne", None),
        ("fourth", '"x"'),
        ("fifth", "list()"),
        ("sixth", "[1]"),
        ("seven", "7"),
        ("eighth", None),
    ]
    assert {parameter.kind for parameter in cls.parameters} == {ParameterKind.KEYWORD}
    assert cls.parameter_docs == {
        "first": "What the first is here.",
        "second": "What the second is.",
        "thirdOne": "What the third is.",
        "seven": "ab",
    }
    assert cls.parameters[3].deprecated == cls.members["fourth"].deprecated == "Use `third`."
    assert (cls.forbids_extra, cls.open, cls.bases) == (True, False, ("Base",))
    assert "shared" in cls.members
    assert "model_config" not in cls.members


@pytest.mark.parametrize(
    ("body", "open_", "forbids"),
    [
        ("pass", False, False),
        ("model_config = {'extra': 'allow'}", True, False),
        ("model_config: ClassVar[ConfigDict] = ConfigDict(extra='forbid')", False, True),
        ("model_config = configured(frozen=True)", False, True),
        ("model_config = configured(extra='ignore')", False, False),
        ("model_config = somewhere.CONFIG", False, False),
    ],
)
def test_extra_keywords_of_a_model(thing: ReadClass, body: str, open_: bool, forbids: bool) -> None:
    cls = thing(
        "from pydantic import BaseModel, ConfigDict\nimport somewhere\n"
        f"def configured(**more):\n    return ConfigDict(extra='forbid', **more)\nclass Thing(BaseModel):\n    {body}\n"
    )
    assert (cls.open, cls.forbids_extra) == (open_, forbids)


def test_settings_forbid_extra_keywords_by_themselves(thing: ReadClass) -> None:
    assert thing("from pydantic_settings import BaseSettings\nclass Thing(BaseSettings): ...\n").forbids_extra


def test_a_model_that_takes_names_beside_aliases_requires_neither(thing: ReadClass) -> None:
    cls = thing(
        "from pydantic import BaseModel, Field\n"
        "class Thing(BaseModel):\n    model_config = {'populate_by_name': True}\n"
        "    a: int = Field(alias='A')\n    b: int = Field(1, alias='B')\n    c: int\n"
    )
    assert said(cls.parameters) == [("A", "..."), ("a", "..."), ("B", "1"), ("b", "1"), ("c", None)]


def test_dataclasses(thing: ReadClass) -> None:
    cls = thing(
        """
        import dataclasses
        from dataclasses import dataclass, field
        class NoDataclass:
            other: int
        @dataclasses.dataclass
        class Base(NoDataclass):
            a: int
            b: int = field(default=1)
        @dataclass(kw_only=True)
        class Thing(Base):
            c: list = field(default_factory=list)
            d: int = field(init=False)
        """
    )
    assert said(cls.parameters) == [("a", None), ("b", "1"), ("c", "list()")]
    assert [parameter.kind for parameter in cls.parameters[1:]] == [ParameterKind.POSITIONAL, ParameterKind.KEYWORD]


@pytest.mark.parametrize(
    ("base", "open_", "parameters"),
    [
        ("object", False, []),
        ("Generic[T]", False, []),
        ("ABC", False, []),
        ("ValueError", False, ["args"]),
        ("dict", False, ["args", "kwargs"]),
        ("OrderedDict", True, ["args", "kwargs"]),
        ("made()", True, ["args", "kwargs"]),
        ("Missing", True, ["args", "kwargs"]),
        ("Alias", True, ["args", "kwargs"]),
    ],
)
def test_bases_outside_the_sdk(thing: ReadClass, base: str, open_: bool, parameters: list[str]) -> None:
    cls = thing(
        "from abc import ABC\nfrom typing import Generic, TypeVar\nfrom collections import OrderedDict\n"
        f"T = TypeVar('T')\nAlias = dict[str, int]\nclass Thing({base}): ...\n"
    )
    assert (cls.open, [parameter.name for parameter in cls.parameters]) == (open_, parameters)


def test_a_class_that_answers_any_attribute_is_open(thing: ReadClass) -> None:
    assert thing("class Thing:\n    def __getattr__(self, name): ...\n").open
    assert thing("class Base:\n    def __getattr__(self, name): ...\nclass Thing(Base): ...\n").open


def test_a_diamond_has_its_common_base_last(thing: ReadClass) -> None:
    cls = thing("class A: ...\nclass B(A): ...\nclass C(A): ...\nclass Thing(B, C): ...\n")
    assert cls.bases == ("B", "C", "A")


WARN = "warnings.warn({}, DeprecationWarning, stacklevel=2)"


@pytest.mark.parametrize(
    ("body", "deprecated"),
    [
        (WARN.format("'Use `new`.'"), "Use `new`."),
        ("'''Doc.'''\nx = 1\n" + WARN.format("'Use ' + '`new`.'"), "Use `new`."),
        (WARN.format("f'Use `{self.new}` in {VERSION}.'"), "Use `{self.new}` in {VERSION}."),
        ("warn(message='Use `new`.', category=FutureWarning)", "Use `new`."),
        ("_old('get')", "It is old."),
        (WARN.format("TEXT"), None),
        ("warnings.warn('Careful.')", None),
        ("warnings.warn('Careful.', UserWarning)", None),
        ("if self.x:\n    " + WARN.format("'Use `new`.'"), None),
        ("self.warn('Use `new`.', DeprecationWarning)", None),
        ("_warn_twice()", None),
        ("return 1", None),
    ],
)
def test_deprecated_methods(thing: ReadClass, body: str, deprecated: str | None) -> None:
    imports = (
        "import warnings\nfrom warnings import warn\n"
        f"def _old(name):\n    {WARN.format(repr('It is old.'))}\ndef _warn_old(name):\n    _old(name)\n"
        "def _warn_twice():\n    _warn_once()\ndef _warn_once():\n    warn_later()\n"
    )
    body = body.replace("_old(", "_deprecated_old(")
    imports = imports.replace("_old(", "_deprecated_old(")
    assert (
        thing(method(f"def get(self):\n{textwrap.indent(body, '    ')}", imports)).members["get"].deprecated
        == deprecated
    )


def test_a_deprecated_decorator(thing: ReadClass) -> None:
    text = method("@deprecated('Use `new`.')\ndef get(self): ...", "from typing_extensions import deprecated")
    assert thing(text).members["get"].deprecated == "Use `new`."


@pytest.mark.parametrize(
    ("body", "deprecated"),
    [
        ("if old is not None:\n    " + WARN.format("'No.'"), "No."),
        ("if old:\n    " + WARN.format("'No.'"), "No."),
        ("if old is not other:\n    " + WARN.format("'No.'"), None),
        ("if isinstance(old, str):\n    " + WARN.format("'No.'"), None),
        ("self._inner(old)", "No."),
        ("return asyncio.to_thread(self._inner, old=old)", "No."),
        ("self._between(old=old)", "No."),
        ("self.other.take(old)", "No!"),
        ("self.plain.take(old)", None),
        ("self._inner(old=1)", None),
        ("self._inner(renamed=old)", None),
    ],
)
def test_deprecated_parameters(thing: ReadClass, body: str, deprecated: str | None) -> None:
    cls = thing(
        textwrap.dedent(
            f"""
            import asyncio
            import warnings
            class Other:
                def take(self, old):
                    if old:
                        {WARN.format("'No!'")}
            class Thing:
                def __init__(self, other: Other, plain: int):
                    self.other = other
                    self.plain = plain
                def _inner(self, old=None, renamed=None):
                    if old is not None:
                        {WARN.format("'No.'")}
                def _between(self, old=None):
                    self._inner(old)
                def get(self, old=None, new=None):
            """
        )
        + textwrap.indent(body, "        ")
    )
    assert [parameter.deprecated for parameter in cls.members["get"].parameters] == [deprecated, None]


def test_the_attribute_that_a_class_declares_is_not_made_anew_by_an_assignment(thing: ReadClass) -> None:
    cls = thing("class Base:\n    size: 'Thing'\nclass Thing(Base):\n    def __init__(self):\n        self.size = 1\n")
    assert cls.members["size"].result == "Thing"


def test_docstrings(thing: ReadClass) -> None:
    member: Member = thing(
        method(
            '''
            def get(self, a, b, c):
                """
                The first paragraph,
                on two lines.

                The second.
                :param a: What a is,
                    on two lines.
                :param int b: What b is.
                :returns: What it is.
                    At length.

                :param c: What c is.
                .. deprecated:: 1.0
                """
            '''
        )
    ).members["get"]
    assert member.docs == "The first paragraph, on two lines."
    assert member.parameter_docs == {"a": "What a is, on two lines.", "b": "What b is.", "c": "What c is."}


def test_a_long_annotation_is_one_line(thing: ReadClass) -> None:
    cls = thing(
        "class Thing:\n    def get(\n        self,\n        a: dict[\n            str,\n            int,\n"
        "        ] = {\n            'é': 1,  # one\n        },\n    ): ...\n"
    )
    (parameter,) = cls.members["get"].parameters
    assert (parameter.annotation, parameter.default) == ("dict[str, int]", "{'é': 1}")


def test_names_come_by_all_kinds_of_imports(read: Callable[..., Facts]) -> None:
    facts = read(
        """
        from typing import TYPE_CHECKING
        import hatchet_sdk.deep.one
        import hatchet_sdk.deep.one as first
        try:
            from .deep import two
        except ImportError:
            two = None
        if TYPE_CHECKING:
            from .deep.two import Two
        class Thing:
            def a(self) -> hatchet_sdk.deep.one.One: ...
            def b(self) -> first.One: ...
            def c(self) -> two.Two: ...
            def d(self) -> 'Two': ...
            def e(self) -> 'Thing.One': ...
        def make(a: int, /, *b, c=1, **d) -> Thing: ...
        """,
        **{"deep.__init__": "from . import two\n", "deep.one": "class One: ...\n", "deep.two": "class Two: ...\n"},
    )
    results = [member.result for member in facts.classes["Thing"].members.values()]
    assert results == ["One", "One", "Two", "Two", None]
    kinds = [parameter.kind for parameter in facts.functions["make"].parameters]
    assert kinds == [
        ParameterKind.POSITIONAL,
        ParameterKind.VAR_POSITIONAL,
        ParameterKind.KEYWORD,
        ParameterKind.VAR_KEYWORD,
    ]
    assert facts.functions["make"].result == "Thing"
    assert facts.functions["make"].parameters[0].required


def test_of_two_classes_of_one_name_the_exported_one_counts(read: Callable[..., Facts]) -> None:
    facts = read(
        "from hatchet_sdk import inner\n"
        "class Thing:\n    def a(self) -> inner.Thing: ...\n    def b(self) -> 'Thing': ...\n",
        inner="class Thing: ...\n",
    )
    assert [member.result for member in facts.classes["Thing"].members.values()] == [None, "Thing"]
    assert facts.left_out == {"hatchet_sdk.inner.Thing"}
    assert facts.class_of("hatchet_sdk.inner.Thing") is None


def test_exports_that_are_no_classes(read: Callable[..., Facts]) -> None:
    facts = read(
        "class Thing: ...\n",
        __init__="from hatchet_sdk.thing import Thing\nfrom hatchet_sdk.config import LIMIT\nimport os\n_x = LIMIT\n"
        "from hatchet_sdk.contracts.pb import Event\n",
        config="LIMIT = 1\n",
    )
    assert facts.exports == {
        "Thing": "Thing",
        "LIMIT": "hatchet_sdk.config.LIMIT",
        "Event": "hatchet_sdk.contracts.pb.Event",
    }


def test_a_missing_module_is_an_error(read: Callable[..., Facts]) -> None:
    with pytest.raises(UnreadableSdkError, match=r"hatchet_sdk\.nowhere"):
        read("from hatchet_sdk.nowhere import Base\nclass Thing(Base): ...\n")


def test_what_the_package_has_besides_its_exports(read: Callable[..., Facts]) -> None:
    init = "import os\nfrom hatchet_sdk.thing import Thing\n__all__ = ['Thing', 'Gone', 'other', 'os']\n"
    facts = read("class Thing: ...", __init__=init, other="", **{"inner.__init__": ""})
    assert (set(facts.others), set(facts.lacking), facts.open) == ({"inner", "os", "other", "thing"}, {"Gone"}, False)
    assert [name for name in ("Thing", "other", "_private", "Gone", "Nothing") if not facts.may_have(name)] == [
        "Gone",
        "Nothing",
    ]


@pytest.mark.parametrize("line", ["from hatchet_sdk.thing import *", "def __getattr__(name): ..."])
def test_a_package_with_names_that_no_reading_finds(read: Callable[..., Facts], line: str) -> None:
    facts = read("class Thing: ...", __init__=f"from hatchet_sdk.thing import Thing\n{line}\n")
    assert facts.may_have("Nothing")


def test_generated_enums_that_are_exported_are_described(read: Callable[..., Facts]) -> None:
    models = "hatchet_sdk.clients.rest.models.state"
    text = "from enum import Enum\nclass State(str, Enum):\n    DONE = 'DONE'\nclass Model:\n    '''Not an (Enum)'''\n"
    init = f"from hatchet_sdk.thing import Thing\nfrom {models} import Model, State\n"
    facts = read("class Thing: ...", __init__=init, **{"clients.rest.models.state": text})
    assert facts.exports["State"] == "State"
    assert facts.exports["Model"] == f"{models}.Model"
    assert facts.class_of(f"{models}.State") is facts.classes["State"]
    assert facts.class_of("hatchet_sdk.State") is facts.classes["State"]
    assert [member.result for member in facts.classes["State"].members.values()] == ["State"]
