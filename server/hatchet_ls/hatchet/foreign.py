"""Classes outside the SDK that its classes extend: which public names they bring along."""

from __future__ import annotations

import builtins
from functools import lru_cache

MODELS = frozenset(
    {
        "pydantic.BaseModel",
        "pydantic.main.BaseModel",
        "pydantic_settings.BaseSettings",
        "pydantic_settings.main.BaseSettings",
    }
)
ENUMS = frozenset({"enum.Enum", "enum.Flag", "enum.IntEnum", "enum.IntFlag", "enum.StrEnum"})
_TYPING = frozenset(
    f"{module}.{name}" for module in ("typing", "typing_extensions") for name in ("Generic", "Protocol", "TypedDict")
)

_MODEL_NAMES = frozenset(
    [
        "construct",
        "copy",
        "dict",
        "from_orm",
        "json",
        "model_computed_fields",
        "model_config",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "model_extra",
        "model_fields",
        "model_fields_set",
        "model_json_schema",
        "model_parametrized_name",
        "model_post_init",
        "model_rebuild",
        "model_validate",
        "model_validate_json",
        "model_validate_strings",
        "parse_file",
        "parse_obj",
        "parse_raw",
        "schema",
        "schema_json",
        "settings_cached",
        "settings_clear_cache",
        "settings_customise_sources",
        "update_forward_refs",
        "validate",
    ]
)
"""Public names of ``pydantic.BaseModel`` and ``pydantic_settings.BaseSettings``."""


@lru_cache
def public_names(path: str) -> frozenset[str] | None:
    """The public names that instances of a class have, by its dotted path; None for a class that is not known."""
    if path in MODELS:
        return _MODEL_NAMES
    if path in ENUMS:
        mixin = {"enum.IntEnum": int, "enum.IntFlag": int, "enum.StrEnum": str}.get(path, object)
        return _public(mixin) | {"name", "value"}
    if path in _TYPING or path == "abc.ABC":
        return _public(dict) if path.endswith(".TypedDict") else frozenset()
    found = builtin(path)
    return None if found is None else _public(found)


def builtin(path: str) -> type | None:
    """The builtin class behind a dotted path such as ``builtins.str``."""
    module, _, name = path.rpartition(".")
    found = getattr(builtins, name, None) if module == "builtins" else None
    return found if isinstance(found, type) else None


def _public(cls: type) -> frozenset[str]:
    return frozenset(name for name in dir(cls) if not name.startswith("_"))
