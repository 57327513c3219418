"""What tests share."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from oracle.sdk import OLDER, Oracle, install
from scenarios.editor import Editor
from scenarios.engine import Engine
from scenarios.runner import Runner

# Every run tries the same examples, so that only a change can make it fail. New ones are sought on purpose, with
# --hypothesis-profile=explore. How long an example takes says more about the machine than about the code.
settings.register_profile("hatchet-ls", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=10_000)
settings.load_profile("hatchet-ls")


@pytest.fixture(autouse=True, scope="session")
def _no_environment_of_the_shell() -> Iterator[None]:
    """Projects without a ``.venv`` are checked with the SDK that these tests run with, wherever they are started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("VIRTUAL_ENV", raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _time_zones_of_the_recordings() -> Iterator[None]:
    """Zones have the rules of the package that development pins, whatever the machine's own database says by now."""
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()


@pytest.fixture(scope="session")
def sdk_cache(request: pytest.FixtureRequest) -> Path:
    """Where downloaded releases of the SDK are kept from run to run."""
    return Path(request.config.cache.mkdir("hatchet-sdk"))


@pytest.fixture(scope="session")
def cases_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all cases of this process have their folders."""
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="session")
def runner(cases_folder: Path) -> Iterator[Runner]:
    """One engine and one server for all cases of this process."""
    editor = Editor(cases_folder)
    yield Runner(Engine(cases_folder), editor)
    editor.close()


@pytest.fixture(scope="session")
def newest() -> Iterator[Oracle]:
    """The newest release of the SDK, which these tests run with."""
    with Oracle() as oracle:
        yield oracle


@pytest.fixture(scope="session")
def older(sdk_cache: Path) -> Iterator[Oracle]:
    """A release that is about a year older."""
    with Oracle(install(OLDER, sdk_cache)) as oracle:
        yield oracle
