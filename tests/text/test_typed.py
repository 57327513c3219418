"""The light ``NamedTuple`` against the one of ``typing``."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from hatchet_ls.text import typed


class Light(typed.NamedTuple):
    """A pair."""

    left: int
    """The first."""
    right: str = "r"

    @property
    def both(self) -> str:
        return f"{self.left}{self.right}"


class Heavy(typing.NamedTuple):
    """A pair."""

    left: int
    right: str = "r"


def test_it_makes_tuples_of_the_same_kind() -> None:
    light, heavy = Light(1), Heavy(1)
    assert (tuple(light), light) == (tuple(heavy), (1, "r"))
    assert hash(light) == hash(heavy)
    assert repr(light) == repr(heavy).replace("Heavy", "Light")
    assert light.both == "1r"
    assert Light._fields == Heavy._fields
    assert Light._field_defaults == Heavy._field_defaults
    assert (Light.__doc__, Light.__module__, Light.__qualname__) == ("A pair.", __name__, "Light")


def test_its_tuples_are_changed_copied_and_packed_like_others() -> None:
    light = Light(1, right="x")
    assert light._replace(left=2) == Light(2, "x")
    assert type(light._replace(left=2)) is Light
    assert copy.copy(light) == pickle.loads(pickle.dumps(light)) == light
    assert not hasattr(light, "__dict__")


def test_its_tuples_need_all_fields_and_no_others() -> None:
    with pytest.raises(TypeError):
        Light()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Light(1, "r", 2)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Light(1).left = 2  # type: ignore[misc]
