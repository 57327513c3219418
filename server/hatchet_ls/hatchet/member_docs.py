"""What members of the SDK's classes are, in our own words, where the SDK itself says nothing."""

from __future__ import annotations

from collections.abc import Mapping

MEMBER_DOCS: Mapping[str, str] = {
    "Context.worker_id": "The worker that the task runs on.",
    "Context.worker_labels": "The labels of the worker that the task runs on.",
    "Context.upsert_worker_labels": "Sets labels of the worker that the task runs on.",
    "Context.aio_upsert_worker_labels": "Sets labels of the worker that the task runs on.",
    "Context.filter_payload": "The payload of the filter that let the triggering event through.",
    "Context.trigger_data": "The outputs of the conditions that let the task start.",
    "Context.child_index": "The place of this run among its parent's children.",
    "Context.child_key": "The key under which the parent started this run.",
    "Context.workflow_name": "The name of the workflow that the task belongs to.",
    "Context.task_name": "The name of the task.",
    "Context.triggering_event_id": "The event that started the run; none if it was started otherwise.",
    "Context.triggering_event_key": "The key of the event that started the run; none if it was started otherwise.",
    "DurableContext.wait_index": "The number of waits that the run has begun so far.",
    "DurableContext.invocation_count": "How often the run has been started or resumed so far.",
    "Worker.start": "Registers the worker's workflows, runs their tasks, and comes back only when the worker ends.",
    "Worker.register_workflow": "Registers one more workflow; to be called before `start`.",
    "Worker.register_workflows": "Registers more workflows; to be called before `start`.",
    "Worker.aio_register_workflow": "Registers one more workflow; to be called before `start`.",
    "Worker.labels": "The worker's labels.",
    "Worker.name": "What the worker is called in the dashboard.",
    "Workflow.tasks": "The workflow's tasks, those of failure and success included.",
    "or_": "Groups conditions of which one is enough.",
}
"""By the keys of the facts."""
