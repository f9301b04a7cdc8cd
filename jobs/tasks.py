"""Celery tasks: what a message may ask the worker to do now instead of at its next round."""

from celery import shared_task

from jobs.duties import BY_NAME
from jobs.runtime import runtime
from jobs.schedule import perform


@shared_task(name="jobs.drain_outbox")
def drain_outbox() -> None:
    perform(BY_NAME["drain_outbox"], runtime())


@shared_task(name="jobs.sign_checkpoint")
def sign_checkpoint() -> None:
    perform(BY_NAME["sign_checkpoint"], runtime())


@shared_task(name="jobs.expire_demands")
def expire_demands() -> None:
    perform(BY_NAME["expire_demands"], runtime())


@shared_task(name="jobs.reconcile_index")
def reconcile_index() -> None:
    perform(BY_NAME["reconcile_index"], runtime())


@shared_task(name="jobs.save_snapshot")
def save_snapshot() -> None:
    perform(BY_NAME["save_snapshot"], runtime())


@shared_task(name="jobs.arrange_meetings")
def arrange_meetings() -> None:
    perform(BY_NAME["arrange_meetings"], runtime())


@shared_task(name="jobs.bring_in_sheets")
def bring_in_sheets() -> None:
    perform(BY_NAME["bring_in_sheets"], runtime())
