"""The places of the SDK that take a CEL expression, and what the engine makes of it there.

The engine has an environment (variables and functions) and a result for each place. It looks at some of them when a
worker registers its workflows, and at others only when it evaluates them. Source: ``internal/cel`` and the callers of
its environments in github.com/hatchet-dev/hatchet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hatchet_ls.languages.cel.demands import Demand

_NO_PARENTS = {"parents": "The outputs of the parent tasks, by name; not there at run on engines before v0.106.5."}
_NO_OUTPUT = {"output": "Declared, and empty here: the event's payload is `input`."}
_NOT_REGISTERED = "the engine refuses the workflow when the worker registers it"


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One kind of place."""

    name: str
    """For a sentence: ``the concurrency key``."""
    environment: str
    """The engine's environment that declares the variables and functions: a key of the language's ``ENVIRONMENTS``."""
    result: Demand
    refused: str
    """What comes of an expression that the engine's checker refuses; says so where registration does not notice."""
    fails: str
    """What comes of an evaluation that fails, or gives something else than ``result``."""
    registered: bool = False
    """The engine checks the expression when the worker registers the workflow."""
    early: bool = True
    """It is fixed when the workflow is defined; else the code that runs gives it."""
    needed: bool = False
    """An empty text is refused, or gives nothing; elsewhere it counts as none at all."""
    hollow: Mapping[str, str] = field(default_factory=dict)
    """Variables that the environment declares, and that have nothing in them here, with a sentence about each."""
    sees_input: bool = False
    """``input`` is the input of the run."""
    sees_output: bool = False
    """``output`` is the output of a parent task."""


CONCURRENCY_KEY = Place(
    "the concurrency key",
    "workflow_str",
    Demand.STRING,
    refused=_NOT_REGISTERED,
    fails="every run fails",
    registered=True,
    needed=True,
    sees_input=True,
)
CONCURRENCY_LIMIT = Place(
    "the concurrency limit",
    "workflow_str",
    Demand.NUMBER,
    refused=_NOT_REGISTERED,
    fails="every run fails",
    registered=True,
    sees_input=True,
)
IDEMPOTENCY_KEY = Place(
    "the idempotency key",
    "workflow_str",
    Demand.STRING,
    refused=_NOT_REGISTERED,
    fails="every trigger fails",
    registered=True,
    needed=True,
    sees_input=True,
    hollow={"workflow_run_id": "Declared, and without a value here: there is no run yet."},
)
RATE_LIMIT_KEY = Place(
    "the key of the rate limit",
    "step_run",
    Demand.STRING,
    refused=_NOT_REGISTERED,
    fails="every run fails",
    registered=True,
    sees_input=True,
    hollow=_NO_PARENTS,
)
RATE_LIMIT_UNITS = Place(
    "the units of the rate limit",
    "step_run",
    Demand.NUMBER,
    refused=_NOT_REGISTERED,
    fails="every run fails",
    registered=True,
    sees_input=True,
    hollow=_NO_PARENTS,
)
RATE_LIMIT_LIMIT = Place(
    "the limit of the rate limit",
    "step_run",
    Demand.NUMBER,
    refused=_NOT_REGISTERED,
    fails="every run fails",
    registered=True,
    sees_input=True,
    hollow=_NO_PARENTS,
)
BATCH_GROUP_KEY = Place(
    "the group key of the batch",
    "workflow_str",
    Demand.STRING,
    refused="registration does not notice, and every run fails",
    fails="every run fails",
    sees_input=True,
)
PARENT_CONDITION = Place(
    "the condition on the parent",
    "bool_expr",
    Demand.BOOL,
    refused="registration does not notice, and the condition never matches",
    fails="the condition never matches",
    hollow={"input": "Declared, and empty here: the parent's output is `output`."},
    sees_output=True,
)
EVENT_CONDITION = Place(
    "the condition on the event",
    "bool_expr",
    Demand.BOOL,
    refused="registration does not notice, and the condition never matches",
    fails="the condition never matches",
    hollow=_NO_OUTPUT,
)
DURABLE_EVENT = Place(
    "the condition on the event",
    "bool_expr",
    Demand.BOOL,
    refused="the engine only logs it, and the task waits for ever",
    fails="the task waits for ever",
    early=False,
    hollow=_NO_OUTPUT,
)
DEFAULT_FILTER = Place(
    "the filter",
    "event",
    Demand.BOOL,
    refused="registration does not notice, and no event passes the filter",
    fails="no event passes the filter",
    needed=True,
)
FILTER = Place(
    "the filter",
    "event",
    Demand.BOOL,
    refused="the engine does not notice when the filter is created, and no event passes it",
    fails="no event passes the filter",
    early=False,
    needed=True,
)
DEBUG = Place(
    "the expression",
    "event",
    Demand.BOOL,
    refused="the answer is an error",
    fails="the answer is an error",
    early=False,
)
WEBHOOK_KEY = Place(
    "the event key of the webhook",
    "webhook",
    Demand.STRING,
    refused="the engine refuses the webhook",
    fails="the engine refuses every call of the webhook",
    early=False,
)
WEBHOOK_SCOPE = Place(
    "the scope of the webhook",
    "webhook",
    Demand.STRING,
    refused="the engine refuses the webhook",
    fails="the engine refuses every call of the webhook",
    early=False,
)


def _each(owners: str, methods: str, arguments: Mapping[str, Place]) -> dict[str, Mapping[str, Place]]:
    return {f"{owner}.{method}": arguments for owner in owners.split() for method in methods.split()}


PLACES: Mapping[str, Mapping[str, Place]] = {
    "ConcurrencyExpression": {"expression": CONCURRENCY_KEY, "max_runs": CONCURRENCY_LIMIT},
    "RateLimit": {"dynamic_key": RATE_LIMIT_KEY, "units": RATE_LIMIT_UNITS, "limit": RATE_LIMIT_LIMIT},
    "TTLBasedIdempotencyConfig": {"key_expression": IDEMPOTENCY_KEY},
    "StatusBasedIdempotencyConfig": {"key_expression": IDEMPOTENCY_KEY},
    "ParentCondition": {"expression": PARENT_CONDITION},
    "UserEventCondition": {"expression": EVENT_CONDITION},
    "DefaultFilter": {"expression": DEFAULT_FILTER},
    **_each("DurableContext", "aio_wait_for_event", {"expression": DURABLE_EVENT}),
    **_each("Hatchet Workflow", "batch_task", {"batch_group_key": BATCH_GROUP_KEY}),
    **_each("BaseWorkflow Workflow Standalone", "create_filter aio_create_filter", {"expression": FILTER}),
    **_each("FiltersClient", "create aio_create", {"expression": FILTER}),
    **_each("CELClient", "debug aio_debug", {"expression": DEBUG}),
    **_each(
        "WebhooksClient",
        "create aio_create update aio_update",
        {"event_key_expression": WEBHOOK_KEY, "scope_expression": WEBHOOK_SCOPE},
    ),
}
"""By what is called (in the facts' words) and the argument."""
