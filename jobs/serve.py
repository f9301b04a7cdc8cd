"""`jiebang serve`: the site and the worker under one parent."""

import os
import socket
import sys
import threading

from jobs.supervisor import Child, supervise
from matching.compiling import compile_loops
from models import migrate
from models.database import make_engine
from models.errors import Conflict
from models.guards import missing_guards
from settings import Settings

SITE = "web.wsgi:app"
THREADS = 16
"""Requests at once. Most wait for the database; the rest share the interpreter's lock anyway."""
SITE_DRAIN_SECONDS = 20
QUIET_SECONDS = 3
"""A cache that is there is read in less; what takes longer is said."""


def site_command(host: str, port: int) -> list[str]:
    return [sys.executable, "-m", "granian", SITE, "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", "1", "--blocking-threads", str(THREADS), "--no-ws", "--respawn-failed-workers",
            "--respawn-interval", "0.5", "--workers-kill-timeout", str(SITE_DRAIN_SECONDS), "--log-level", "warning"]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "jobs.worker"]


def check_port(host: str, port: int) -> None:
    """Conflict where another program holds the port: said before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Conflict(f"{host}:{port} 用不了（{error.strerror}）。换一个端口：jiebang serve --port 8001") from error


def check_schema(settings: Settings) -> None:
    """Conflict where the database is not at the newest schema, or the ledger's guards are gone."""
    engine = make_engine(settings.database)
    try:
        migrate.require_newest(engine)
        with engine.connect() as connection:
            if missing := missing_guards(connection):
                raise Conflict(f"账本缺少 {len(missing)} 个防改触发器：{'、'.join(missing)}。先运行 jiebang doctor")
    finally:
        engine.dispose()


def compile_ahead(say) -> None:
    """Have the search compiled before the site stands: a page that did it would keep its reader waiting."""
    word = threading.Timer(QUIET_SECONDS, say, ("第一次启动，先编译检索程序，约半分钟，以后不用再等……",))
    word.start()
    try:
        compile_loops()
    finally:
        word.cancel()


def serve(settings: Settings, host: str, port: int, say) -> None:
    """Run site and worker until told to stop. `say` prints one line for the person at the terminal."""
    check_schema(settings)
    check_port(host, port)
    compile_ahead(say)
    environment = {"PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
    children = [Child("site", site_command(host, port), environment), Child("worker", worker_command(), environment)]
    shown = f"[{host}]" if ":" in host else "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
    supervise(children, lambda: say(f"揭榜已启动：http://{shown}:{port}/  按 Ctrl-C 停止"))
