"""The facts that are read from the installed SDK's source agree with the SDK as it runs."""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import os
import shutil
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import hatchet_sdk
import pytest
from pydantic import BaseModel
from pydantic._internal._decorators import PydanticDescriptorProxy
from pydantic_settings import BaseSettings

from hatchet_ls.hatchet.facts import Class, ClassKind, MemberKind, Parameter, ParameterKind, Version
from hatchet_ls.hatchet.facts_history import facts_at
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.foreign import public_names

PACKAGE = Path(hatchet_sdk.__file__).parent
FACTS = load_facts([PACKAGE.parent])
CLASSES = sorted(FACTS.classes)

KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: ParameterKind.POSITIONAL,
    inspect.Parameter.POSITIONAL_OR_KEYWORD: ParameterKind.POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY: ParameterKind.KEYWORD,
    inspect.Parameter.VAR_POSITIONAL: ParameterKind.VAR_POSITIONAL,
    inspect.Parameter.VAR_KEYWORD: ParameterKind.VAR_KEYWORD,
}


def real(name: str) -> type[Any]:
    """The class of the running SDK."""
    cls: type[Any] = getattr(importlib.import_module(FACTS.classes[name].module), name)
    return cls


def shape(parameters: tuple[Parameter, ...]) -> list[tuple[str, ParameterKind, bool]]:
    return [(parameter.name, parameter.kind, parameter.required) for parameter in parameters]


def real_shape(signature: inspect.Signature) -> list[tuple[str, ParameterKind, bool]]:
    variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        (name, KINDS[parameter.kind], parameter.default is parameter.empty and parameter.kind not in variable)
        for name, parameter in signature.parameters.items()
    ]


def meaning(text: str, cls: Class) -> object:
    """What a default in the facts says, in the module that it is written in."""
    return eval(text, {**vars(importlib.import_module(cls.module)), **vars(real(cls.name))})


def same(left: object, right: object) -> bool:
    """Whether two defaults are the same; random and stateful ones need only be of one type."""
    return left == right or (type(left) is type(right) and not isinstance(left, (int, float, tuple, bytes, enum.Enum)))


def agree(cls: Class, parameters: tuple[Parameter, ...], signature: inspect.Signature, *, bound: bool) -> None:
    """Assert that parameters are those of a signature; of a ``bound`` one the first is left out."""
    assert shape(parameters) == real_shape(signature)[1 if bound else 0 :]
    for parameter in parameters:
        if parameter.default is not None:
            assert same(meaning(parameter.default, cls), signature.parameters[parameter.name].default), parameter.name


def is_of_the_sdk(cls: type[Any], attribute: str) -> bool:
    """Whether a class of the SDK, and not one that it extends, defines an attribute."""
    owner = next((base for base in cls.__mro__ if attribute in vars(base)), None)
    return attribute != "model_config" and owner is not None and owner.__module__.startswith("hatchet_sdk.")


def plain_function(found: object) -> tuple[Any, bool]:
    """The function behind what a class has under a name, and whether its first parameter is bound."""
    if isinstance(found, staticmethod):
        return found.__func__, False
    if isinstance(found, classmethod):
        return found.__func__, True
    return plain_function(found.wrapped) if isinstance(found, PydanticDescriptorProxy) else (found, True)


def warned_by(function: Callable[..., Any], *arguments: object, **keywords: object) -> str | None:
    """The first deprecation warning of a call, on an object that has nothing it could do harm with."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with suppress(Exception):
            made = function(*arguments, **keywords)
            if inspect.iscoroutine(made):
                made.send(None)
            elif inspect.isgenerator(made):
                next(made)
    # The SDK uses deprecated properties itself; the warnings for the caller are those that name the caller's file.
    found = [str(each.message) for each in caught if (each.category, each.filename) == (DeprecationWarning, __file__)]
    return found[0] if found else None


def bare(cls: Any) -> object:
    """An object of a class without any attributes."""
    made: object = cls.__new__(cls)
    return made


def parameter(cls: str, method: str, name: str) -> Parameter:
    member = FACTS.classes[cls].members[method]
    return next(parameter for parameter in member.parameters if parameter.name == name)


def test_the_sdk_of_the_tests_is_the_one_that_is_read() -> None:
    assert FACTS.installed
    assert str(FACTS.version) == importlib.import_module("importlib.metadata").version("hatchet_sdk")
    assert {"Hatchet", "Workflow", "Standalone", "Task", "Worker", "Context", "DurableContext", "RateLimit"} <= {
        *CLASSES
    }


@pytest.mark.parametrize("name", CLASSES)
def test_kind(name: str) -> None:
    cls = real(name)
    kind = FACTS.classes[name].kind
    assert issubclass(cls, BaseModel) == (kind is ClassKind.MODEL)
    assert issubclass(cls, enum.Enum) == (kind is ClassKind.ENUM)


@pytest.mark.parametrize("name", CLASSES)
def test_bases(name: str) -> None:
    line = [base.__name__ for base in real(name).__mro__[1:] if base.__module__.startswith("hatchet_sdk.")]
    assert list(FACTS.classes[name].bases) == [base for base in line if base in FACTS.classes]


@pytest.mark.parametrize("name", [name for name in CLASSES if FACTS.classes[name].kind is ClassKind.PLAIN])
def test_constructor_of_a_plain_class(name: str) -> None:
    cls = real(name)
    if cls.__init__ is object.__init__ or getattr(cls, "_is_protocol", False):
        assert FACTS.classes[name].parameters == ()
    elif cls.__init__ is Exception.__init__:
        assert shape(FACTS.classes[name].parameters) == [("args", ParameterKind.VAR_POSITIONAL, False)]
    elif FACTS.classes[name].open and not inspect.isfunction(vars(cls).get("__init__")):
        assert [parameter.name for parameter in FACTS.classes[name].parameters] == ["args", "kwargs"]
    else:
        agree(FACTS.classes[name], FACTS.classes[name].parameters, inspect.signature(cls.__init__), bound=True)


@pytest.mark.parametrize("name", [name for name in CLASSES if FACTS.classes[name].kind is ClassKind.MODEL])
def test_constructor_of_a_model(name: str) -> None:
    facts, cls = FACTS.classes[name], real(name)
    by_name = cls.model_config.get("populate_by_name", False)
    fields = {}
    for key, field in cls.model_fields.items():
        fields[field.alias or key] = field
        if by_name:
            fields[key] = field
    assert [parameter.name for parameter in facts.parameters] == list(fields)
    for parameter in facts.parameters:
        field = fields[parameter.name]
        either = by_name and field.alias is not None
        assert parameter.kind is ParameterKind.KEYWORD
        assert parameter.required == (field.is_required() and not either), parameter.name
        if parameter.default is not None and not field.is_required():
            assert same(meaning(parameter.default, facts), field.get_default(call_default_factory=True)), parameter.name
        if field.description and not either:
            assert facts.parameter_docs[parameter.name] == " ".join(field.description.split())
    extra = cls.model_config.get("extra", "ignore")
    assert (facts.open, facts.forbids_extra) == (extra == "allow", extra == "forbid")


@pytest.mark.parametrize("name", [name for name in CLASSES if FACTS.classes[name].kind is ClassKind.ENUM])
def test_members_of_an_enum(name: str) -> None:
    members = FACTS.classes[name].members.values()
    said = [member.name for member in members if member.kind is MemberKind.ENUM_MEMBER]
    assert said == list(real(name).__members__)
    assert {member.result for member in members if member.kind is MemberKind.ENUM_MEMBER} == {name}


@pytest.mark.parametrize("name", CLASSES)
def test_attributes(name: str) -> None:
    """Every public attribute of the class is known, and the ones that only objects have are fields."""
    facts, cls = FACTS.classes[name], real(name)
    seen = {attribute for attribute in dir(cls) if not attribute.startswith("_")}
    inherited = {attribute for attribute in seen if not is_of_the_sdk(cls, attribute)}
    assert seen - inherited <= {*facts.members}
    if not facts.open:
        assert inherited <= facts.outside
    for attribute in facts.members:
        if inspect.getattr_static(cls, attribute, None) is None:
            assert facts.members[attribute].kind is MemberKind.FIELD, attribute


@pytest.mark.parametrize("name", CLASSES)
def test_methods_and_properties(name: str) -> None:
    facts, cls = FACTS.classes[name], real(name)
    for attribute, member in facts.members.items():
        found = inspect.getattr_static(cls, attribute, None)
        assert isinstance(found, (property, cached_property)) == (member.kind is MemberKind.PROPERTY), attribute
        if member.kind is MemberKind.METHOD:
            function, bound = plain_function(found)
            assert member.is_async == inspect.iscoroutinefunction(inspect.unwrap(function)), attribute
            agree(facts, member.parameters, inspect.signature(function), bound=bound)


PROPERTIES = [
    (name, member.name)
    for name in CLASSES
    for member in FACTS.classes[name].members.values()
    if member.kind is MemberKind.PROPERTY and FACTS.classes[name].kind is ClassKind.PLAIN
]


@pytest.mark.parametrize(("name", "attribute"), PROPERTIES)
def test_deprecated_properties_warn_as_said_and_others_do_not(name: str, attribute: str) -> None:
    found = inspect.getattr_static(real(name), attribute)
    getter = found.func if isinstance(found, cached_property) else found.fget
    assert warned_by(getter, bare(real(name))) == FACTS.classes[name].members[attribute].deprecated


DEPRECATED_METHODS = [
    (name, member.name)
    for name in CLASSES
    for member in FACTS.classes[name].members.values()
    if member.kind is MemberKind.METHOD and member.deprecated
]


@pytest.mark.parametrize(("name", "attribute"), DEPRECATED_METHODS)
def test_deprecated_methods_warn_as_said(name: str, attribute: str) -> None:
    member = FACTS.classes[name].members[attribute]
    passed = {parameter.name: "" for parameter in member.parameters if parameter.required}
    method = inspect.getattr_static(real(name), attribute)
    assert warned_by(method, bare(real(name)), **passed) == member.deprecated


def test_the_warning_of_a_deprecated_parameter_is_the_one_that_the_sdk_gives() -> None:
    said = {parameter.name: parameter.deprecated for parameter in FACTS.classes["Hatchet"].parameters}
    assert warned_by(hatchet_sdk.Hatchet.__init__, bare(hatchet_sdk.Hatchet), debug=True) == said["debug"]
    assert said["client"]
    assert not said["config"]


@pytest.mark.parametrize("method", ["run", "aio_run", "run_no_wait", "schedule", "aio_schedule"])
@pytest.mark.parametrize("name", ["Workflow", "Standalone"])
def test_a_parameter_is_deprecated_too_when_the_warning_is_given_by_what_it_is_passed_on_to(
    name: str, method: str
) -> None:
    assert (parameter(name, method, "options").deprecated or "").startswith("Passing options to the run()")


def test_a_warning_under_another_condition_deprecates_nothing() -> None:
    """``desired_worker_labels`` warns about a dict and ``execution_timeout`` about a string, but about nothing else."""
    assert parameter("Workflow", "task", "desired_worker_labels").deprecated is None
    assert parameter("Workflow", "task", "execution_timeout").deprecated is None


@pytest.mark.parametrize(
    ("key", "result", "decorates"),
    [
        ("Hatchet.workflow", "Workflow", False),
        ("Hatchet.worker", "Worker", False),
        ("Hatchet.task", "Standalone", True),
        ("Hatchet.durable_task", "Standalone", True),
        ("Hatchet.batch_task", "Standalone", True),
        ("Workflow.task", "Task", True),
        ("Workflow.durable_task", "Task", True),
        ("Workflow.batch_task", "Task", True),
        ("Workflow.on_failure_task", "Task", True),
        ("Workflow.on_success_task", "Task", True),
        ("Hatchet.rate_limits", "RateLimitsClient", False),
        ("Hatchet.event", "EventClient", False),
        ("Hatchet.from_embedded", "Hatchet", False),
        ("Hatchet.current_context", "Context", False),
        ("StubsClient.task", "Standalone", False),
        ("WorkflowRunRef.stream", "RunEventListener", False),
        ("DurableContext.aio_sleep_for", "SleepResult", False),
        ("Client.cron", "CronClient", False),
        ("Task.eviction_policy", "EvictionPolicy", False),
        ("Workflow.run", None, False),  # a reference or a result
        ("Hatchet.dispatcher", None, False),  # machinery that the facts leave out
        ("RunsClient.get", None, False),  # a generated model
    ],
)
def test_what_a_call_or_access_gives(key: str, result: str | None, decorates: bool) -> None:
    member = FACTS.member(*key.split("."))
    assert member is not None
    assert (member.result, member.decorates) == (result, decorates)


def test_functions() -> None:
    assert sorted(FACTS.functions) == ["is_in_hatchet_serialization_context", "or_", "remove_null_unicode_character"]
    for name, function in FACTS.functions.items():
        assert shape(function.parameters) == real_shape(inspect.signature(getattr(hatchet_sdk, name)))
    assert FACTS.functions["or_"].result == "OrGroup"


def test_every_export_is_known_and_leads_to_what_it_is() -> None:
    exported = {name for name in hatchet_sdk.__all__ if hasattr(hatchet_sdk, name)} - {"workflow"}
    assert exported <= FACTS.exports.keys()
    for name in exported:
        found = FACTS.class_of(f"hatchet_sdk.{name}")
        if found is not None:
            assert getattr(hatchet_sdk, name) is real(found.name)


def test_a_generated_model_is_not_taken_for_the_class_of_the_same_name() -> None:
    assert hatchet_sdk.Workflow.__module__.startswith("hatchet_sdk.clients.rest.")
    assert FACTS.class_of("hatchet_sdk.Workflow") is None
    assert FACTS.class_of("hatchet_sdk.clients.rest.models.workflow.Workflow") is None
    assert FACTS.class_of("hatchet_sdk.runnables.workflow.Workflow") is FACTS.classes["Workflow"]
    assert FACTS.class_of("hatchet_sdk.runnables.action.Action") is None
    assert FACTS.class_of("hatchet_sdk.conditions.Action") is FACTS.classes["Action"]


def test_a_class_is_found_by_any_module_that_hands_it_on() -> None:
    for path in ("hatchet_sdk.RateLimit", "hatchet_sdk.rate_limit.RateLimit", "hatchet_sdk.types.rate_limit.RateLimit"):
        assert FACTS.class_of(path) is FACTS.classes["RateLimit"]
    assert FACTS.class_of("elsewhere.RateLimit") is None
    assert FACTS.class_of("RateLimit") is None


def test_docs() -> None:
    task = FACTS.classes["Hatchet"].members["task"]
    assert task.docs.startswith("A decorator to transform a function into a standalone Hatchet task")
    assert task.parameter_docs["retries"] == "The number of times to retry the task before failing."
    assert task.parameter_docs.keys() == {parameter.name for parameter in task.parameters}
    assert FACTS.classes["RateLimit"].docs == "Represents a rate limit configuration for a step in a workflow."
    assert FACTS.classes["RateLimit"].parameter_docs["static_key"] == "A static key for rate limiting."
    assert FACTS.classes["ConcurrencyExpression"].parameter_docs["max_runs"].startswith("Maximum number of concurrent")
    assert FACTS.classes["ConcurrencyExpression"].parameter_docs["max_runs"].endswith("most recently created task.")


def test_names_from_outside_the_sdk() -> None:
    assert FACTS.classes["RateLimit"].has("model_dump")
    assert FACTS.classes["ConcurrencyLimitStrategy"].has("value")
    assert FACTS.classes["ConcurrencyLimitStrategy"].has("upper")
    assert FACTS.classes["TaskRunError"].has("with_traceback")
    assert FACTS.classes["Context"].has("_anything_private")
    assert FACTS.classes["EmptyModel"].has("anything")
    assert not FACTS.classes["Context"].has("retries")
    for foreign in (BaseModel, BaseSettings):
        public = {name for name in dir(foreign) if not name.startswith("_")}
        assert public <= (public_names(f"{foreign.__module__.partition('.')[0]}.{foreign.__name__}") or set())


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with the SDK of the tests, as ``pip install --target`` makes it."""
    folder = tmp_path / "packages"
    for path in (PACKAGE, *PACKAGE.parent.glob("hatchet_sdk-*.dist-info")):
        shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns("__pycache__", "api", "*_pb2*"))
    return folder


def test_the_first_sdk_in_the_folders_counts(packages: Path, tmp_path: Path) -> None:
    assert load_facts([tmp_path / "missing", tmp_path, packages]) == FACTS
    assert load_facts([packages, PACKAGE.parent]) == FACTS


def test_another_release_in_the_same_place_is_noticed(packages: Path) -> None:
    assert load_facts([packages]).version == FACTS.version
    metadata = next(packages.glob("*.dist-info"))
    metadata.rename(packages / "hatchet_sdk-1.99.0.dist-info")
    assert load_facts([packages]).version == Version(1, 99, 0)


@pytest.mark.parametrize("before", ["import something\n# comment\n", "\ufeff", "no\0path\n", ""])
def test_an_editable_install_is_found_by_its_pth_file(packages: Path, tmp_path: Path, before: str) -> None:
    site = tmp_path / "site-packages"
    site.mkdir()
    shutil.move(next(packages.glob("*.dist-info")), site)
    (site / "broken.pth").write_bytes(b"\xff\n")
    (site / "hatchet_sdk.pth").write_text(f"{before}{packages}\n", encoding="utf-8")
    assert load_facts([site]) == FACTS


def test_an_editable_install_is_found_by_its_address(packages: Path, tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    site.mkdir()
    shutil.move(next(packages.glob("*.dist-info")), site)
    address = {"url": packages.as_uri(), "dir_info": {"editable": True}}
    (next(site.glob("*.dist-info")) / "direct_url.json").write_text(json.dumps(address))
    assert load_facts([site]) == FACTS


def test_a_checkout_says_its_version_in_its_project_file(packages: Path) -> None:
    shutil.rmtree(next(packages.glob("*.dist-info")))
    (packages / "pyproject.toml").write_text('[tool.poetry]\nname = "hatchet-sdk"\nversion = "1.42.7"\n')
    assert load_facts([packages]).version == Version(1, 42, 7)


def test_sources_without_a_version_count_as_the_newest(packages: Path) -> None:
    shutil.rmtree(next(packages.glob("*.dist-info")))
    facts = load_facts([packages])
    assert facts.installed
    assert facts.version == facts_at(None).version


def test_the_layout_tells_the_series_before_1_0_from_an_install_that_was_interrupted(tmp_path: Path) -> None:
    package = tmp_path / "hatchet_sdk"
    package.mkdir()
    (package / "__init__.py").touch()
    assert load_facts([tmp_path]) is facts_at(None)
    (package / "workflow.py").touch()
    os.utime(package / "__init__.py", (1, 1))
    assert load_facts([tmp_path]).version == Version(0, 0, 0)


def test_of_the_series_before_1_0_only_the_version_is_known(tmp_path: Path) -> None:
    (tmp_path / "hatchet_sdk-0.47.1.dist-info").mkdir()
    (tmp_path / "hatchet_sdk").mkdir()
    (tmp_path / "hatchet_sdk" / "__init__.py").write_text("class Hatchet: ...\n")
    facts = load_facts([tmp_path])
    assert (facts.version, facts.installed, dict(facts.classes)) == (Version(0, 47, 1), True, {})
    assert facts.since("Hatchet.task") == Version(1, 0, 1)


def test_without_an_sdk_the_newest_release_is_assumed(tmp_path: Path) -> None:
    assert load_facts([tmp_path]) is facts_at(None)
    assert not load_facts([]).installed


@pytest.mark.parametrize(
    "damage",
    [
        lambda package: (package / "hatchet.py").unlink(),
        lambda package: (package / "hatchet.py").write_text("class Hatchet(:\n"),
        lambda package: (package / "hatchet.py").write_bytes(b"\0"),
        lambda package: (package / "hatchet.py").write_text(""),
        lambda package: (package / "__init__.py").write_text(""),
        lambda package: (package / "__init__.py").write_text("from hatchet_sdk.hatchet import (\n"),
        lambda package: (package / "__init__.py").write_bytes(b"\xff\xfe"),
        lambda package: (package / "config.py").write_text("x = " + "(" * 10_000),
    ],
    ids=["missing", "syntax", "null", "empty", "nothing", "half", "encoding", "depth"],
)
def test_where_the_source_cannot_be_read_the_table_speaks_for_the_release(
    packages: Path, damage: Callable[[Path], object]
) -> None:
    next(packages.glob("*.dist-info")).rename(packages / "hatchet_sdk-1.21.2.dist-info")
    damage(packages / "hatchet_sdk")
    assert load_facts([packages]) is facts_at(Version(1, 21, 2))


def test_a_circle_of_imports_and_of_bases_ends(packages: Path) -> None:
    package = packages / "hatchet_sdk"
    (package / "__init__.py").write_text(
        "from hatchet_sdk.a import Lost as Lost, Ring as Ring\nfrom hatchet_sdk.hatchet import Hatchet as Hatchet\n"
    )
    (package / "a.py").write_text("from hatchet_sdk.b import Lost\nclass Ring(Wheel): ...\nclass Wheel(Ring): ...\n")
    (package / "b.py").write_text("from hatchet_sdk.a import Lost\n")
    facts = load_facts([packages])
    assert facts.exports["Lost"].startswith("hatchet_sdk.")
    assert facts.classes["Ring"].bases == ("Wheel",)
    assert facts.class_of("hatchet_sdk.Lost") is None
