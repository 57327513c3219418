"""Running what a snippet defines: tasks as the engine would, and functions that need nothing."""

from __future__ import annotations

import asyncio
import inspect
import types
from pathlib import Path
from typing import Any

from oracle.examples import example


def is_refusal(error: Exception) -> bool:
    """Whether it is the SDK that a run failed on, rather than what this place lacks (network, files, other modules)."""
    import hatchet_sdk
    import pydantic

    if isinstance(error, (ImportError, NameError, OSError)):
        return False
    if type(error).__module__.startswith(("grpc", "hatchet_sdk.clients.rest")):
        return False
    if isinstance(error, AttributeError):
        owner = error.obj if isinstance(error.obj, (type, types.ModuleType)) else type(error.obj)
        name = owner.__name__ if isinstance(owner, types.ModuleType) else owner.__module__
        if name.startswith("hatchet_sdk"):
            return True
    if isinstance(error, TypeError):
        return "Mock" not in str(error)
    if isinstance(error, pydantic.ValidationError):
        return True
    here, sdk = str(Path.cwd()), str(Path(hatchet_sdk.__file__).parent)
    deepest, traceback = "", error.__traceback__
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        deepest = name if name.startswith((here, sdk)) else deepest
        traceback = traceback.tb_next
    return deepest.startswith(sdk)


def run_task(task: Any) -> None:
    """Run a task's function with a made-up input and the outputs that the engine hands out: of its ancestors."""
    from hatchet_sdk import EmptyModel

    if getattr(task, "batch", None) is not None:
        return
    workflow = getattr(task, "_workflow", None) or task.workflow
    config = getattr(workflow, "_config", None) or workflow.config
    validators = getattr(task, "_validators", None) or task.validators
    function = getattr(task, "_fn", None) or task.fn
    ancestors: dict[str, Any] = {}
    after_all = task.type.name in ("ON_FAILURE", "ON_SUCCESS")
    waiting = [other for other in workflow.tasks if other is not task] if after_all else list(task.parents)
    while waiting:
        parent = waiting.pop()
        outputs = getattr(parent, "_validators", None) or parent.validators
        ancestors[parent.name] = example(outputs.step_output) or {}
        waiting += parent.parents
    arguments = {
        "input": EmptyModel(**(example(validators.workflow_input or config.input_validator) or {})),
        "parent_outputs": ancestors,
        "dependencies": dict.fromkeys(list(inspect.signature(function).parameters)[2:]),
    }
    if inspect.iscoroutinefunction(function):
        asyncio.run(task.aio_mock_run(**arguments))
    else:
        task.mock_run(**arguments)


def call_function(function: types.FunctionType) -> None:
    """Call a function that needs nothing, or nothing but a client: ``main()``, ``register(hatchet)``."""
    from hatchet_sdk import Hatchet

    try:
        hints = inspect.get_annotations(function, eval_str=True)
    except NameError:
        return
    arguments: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.default is not parameter.empty or parameter.kind in (
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
        ):
            continue
        if hints.get(parameter.name) is not Hatchet or parameter.kind is parameter.POSITIONAL_ONLY:
            return
        arguments[parameter.name] = Hatchet()
    result = function(**arguments)
    if inspect.iscoroutine(result):

        async def wait() -> None:
            await result

        asyncio.run(wait())
