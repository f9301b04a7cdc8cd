"""Celery and its broker. The broker only wakes the worker: what there is to do stands in the database."""

from celery import Celery

from jobs import folder_transport
from settings import Settings

QUEUE = "jiebang"
POLLING_SECONDS = 0.1
CONNECT_SECONDS = 1.0
"""How long a request waits for a broker that does not answer."""


def make_celery(settings: Settings) -> Celery:
    """Celery on the configured broker, or on files in the data directory. JSON only: a message is never code."""
    folder_transport.register()
    celery = Celery("jiebang", set_as_current=False)
    celery.conf.update(
        broker_url=settings.broker_url or f"{folder_transport.SCHEME}://",
        broker_transport_options=transport_options(settings),
        broker_connection_timeout=CONNECT_SECONDS,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_default_queue=QUEUE,
        task_serializer="json", accept_content=["json"], result_accept_content=["json"],
        task_ignore_result=True, task_acks_late=True,
        worker_hijack_root_logger=False, worker_redirect_stdouts=False, worker_prefetch_multiplier=1,
        timezone="UTC",
    )
    return celery


def transport_options(settings: Settings) -> dict:
    if settings.broker_url:
        return {"socket_connect_timeout": CONNECT_SECONDS, "socket_timeout": 5 * CONNECT_SECONDS, "max_retries": 0}
    for folder in (settings.broker_folder, control_folder := settings.broker_folder / "control"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    messages = str(settings.broker_folder.resolve())
    return {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(control_folder.resolve()),
            "polling_interval": POLLING_SECONDS}
