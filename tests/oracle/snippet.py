"""Judging one snippet with the SDK that is installed; runs in a process of its own."""

from __future__ import annotations

import importlib
import os
import sys
import types
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from oracle import crons, engine, journal, later, quiet
from oracle.places import Place, Places
from oracle.runs import call_function, is_refusal, run_task
from oracle.workspace import SnippetFinder, StandInFinder, StatementLoader, module_name


class Judge:
    """Takes a snippet through import, registration and run, and writes down what is refused."""

    def __init__(self, folder: Path) -> None:
        self.places = Places(folder)
        self.refusals: list[dict[str, Any]] = []
        self.broken: str | None = None
        self.made: dict[int, list[Place]] = {}
        self.workflows: list[Any] = []
        self.tasks: list[Any] = []
        self.modules: list[types.ModuleType] = []

    def refuse(self, moment: str, text: str, places: list[Place]) -> None:
        """Write down a refusal, once."""
        refusal = {"moment": moment, "text": text, "places": places}
        if refusal not in self.refusals:
            self.refusals.append(refusal)

    def refuse_here(self, text: str) -> None:
        """Write down a refusal of what the snippet is doing now."""
        self.refuse("run", text, self.places.of_stack(sys._getframe(1)))

    def watch(self) -> None:
        """Remember every workflow and task that is made, and where."""
        from hatchet_sdk.runnables.task import Task
        from hatchet_sdk.runnables.workflow import BaseWorkflow, Standalone

        def remember(cls: Any, keep: Callable[[Any], None]) -> None:
            make = cls.__init__

            def watched(made: Any, *args: Any, **kwargs: Any) -> None:
                make(made, *args, **kwargs)
                self.made[id(made)] = self.places.of_stack(sys._getframe(1))
                keep(made)

            cls.__init__ = watched

        remember(Task, self.tasks.append)
        remember(BaseWorkflow, lambda made: None if isinstance(made, Standalone) else self.workflows.append(made))

    def importing(self, error: Exception) -> None:
        """A statement of a module raised."""
        text = f"{type(error).__name__}: {error}"
        of_the_sdk = isinstance(error, ImportError) and error.name == "hatchet_sdk"
        if of_the_sdk or not isinstance(error, (ImportError, NameError, SyntaxError)):
            self.refuse("import", text, self.places.of_traceback(error.__traceback__))
        elif not self.refusals:
            # After a refusal it is a consequence: the refused statement bound nothing.
            self.broken = self.broken or f"{text} at {self.places.of_traceback(error.__traceback__)}"

    def register(self) -> None:
        """Send every workflow to the engine, as a worker does at its start."""
        for workflow in self.workflows:
            if not workflow.tasks:
                workflow.task(name="so-that-there-is-one")(lambda input, ctx: None)
            self._refuse_what_cannot_be_sent(workflow)
            client = getattr(workflow, "_client", None) or workflow.client
            try:
                client._client.admin.put_workflow(workflow.to_proto())
            except Exception as error:
                self._registration_refused(workflow, error)

    def _refuse_what_cannot_be_sent(self, workflow: Any) -> None:
        """Take the tasks that cannot be put into a request out of their workflow, so that the others are judged."""
        for task in workflow.tasks:
            try:
                task.to_proto("oracle")
            except Exception as error:
                self.refuse("registration", f"{type(error).__name__}: {error}", self.made[id(task)])
                for tasks in (workflow._default_tasks, workflow._durable_tasks):
                    tasks[:] = [other for other in tasks if other is not task]
                workflow._on_failure_task = None if workflow._on_failure_task is task else workflow._on_failure_task
                workflow._on_success_task = None if workflow._on_success_task is task else workflow._on_success_task

    def _registration_refused(self, workflow: Any, error: Exception) -> None:
        try:
            request = workflow.to_proto()
        except Exception:
            self.refuse("registration", f"{type(error).__name__}: {error}", self.made[id(workflow)])
            return
        tasks = {task.name: task for task in workflow.tasks}
        reasons = [reason for reason in engine.refusals(request) if request.tasks]
        if not reasons and request.tasks:
            raise error
        for name, reason in reasons:
            made = tasks.get(name or "", workflow)
            self.refuse("registration", f"the engine refuses {name or request.name}: {reason}", self.made[id(made)])

    def run(self) -> None:
        """Run every task once, as the engine would, and then the modules' main parts."""
        for workflow in self.workflows:
            self._failed(workflow)
        for task in self.tasks:
            self._attempt(partial(run_task, task))
            self._resume(task)
        for module in self.modules:
            loader = module.__loader__
            assert isinstance(loader, StatementLoader)
            loader.on_error = self.running
            for statement in loader.main:
                self._attempt(partial(loader.run, module, statement))
            for value in list(vars(module).values()):
                own = isinstance(value, types.FunctionType) and value.__module__ == module.__name__
                if own and value.__name__ not in loader.main_names:
                    self._attempt(partial(call_function, value))

    def _failed(self, workflow: Any) -> None:
        tasks = {task.name: task for task in workflow.tasks}
        try:
            request = workflow.to_proto()
        except Exception:
            return
        config = getattr(workflow, "_config", None) or workflow.config
        if reason := crons.input_failure(request, config):
            self.refuse("run", reason, self.made[id(workflow)])
        for name, reason in engine.failures(request):
            made = tasks.get(name or "", workflow)
            self.refuse("run", f"the engine fails {name or request.name}: {reason}", self.made[id(made)])

    def _resume(self, task: Any) -> None:
        """Run a durable task again, and refuse what it then does otherwise."""
        if not getattr(task, "_is_durable", False) or not journal.is_kept():
            return
        difference = journal.difference(lambda: self._attempt(partial(run_task, task)), self.places)
        if difference is not None:
            self.refuse("run", *difference)

    def _attempt(self, action: Callable[[], object]) -> None:
        quiet.begin_run()
        try:
            action()
        except quiet.TooLongError:
            pass
        except Exception as error:
            self.running(error)
        except BaseException:
            # sys.exit() of a main part, or a cancelled task: says nothing about the code.
            pass

    def running(self, error: Exception) -> None:
        """A task or a main part raised."""
        places = self.places.of_traceback(error.__traceback__)
        if places and is_refusal(error):
            self.refuse("run", f"{type(error).__name__}: {error}", places)


def judge(files: dict[str, str], folder: Path, *, older: bool) -> dict[str, Any]:
    """The verdict on a snippet: ``broken`` (why nothing can be said) and ``refusals``.

    ``older`` says that it is written for a later release than the one installed: names that the package came to
    export later are taken from where they were before.
    """
    folder = folder.resolve()
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    os.chdir(folder)
    judge = Judge(folder)
    judge.watch()
    sys.meta_path.insert(0, SnippetFinder(folder, judge.importing, judge.running))
    sys.meta_path.append(StandInFinder(folder))
    quiet.cut_off_from_the_world(judge.refuse_here)
    journal.lend_clock()
    if older:
        later.export_later_names()
    for path in files:
        try:
            judge.modules.append(importlib.import_module(module_name(path)))
        except Exception as error:
            judge.importing(error)
    judge.register()
    judge.run()
    return {"broken": judge.broken, "refusals": judge.refusals}
