"""P9: recommendations over HTTP from a running site, against the same ones called in this process.

A client with one kept-alive connection asks the API as staff; between its requests the same demand is recommended here,
on the same database. The figure is the median of the differences, demand by demand.
"""

import http.client
import socket
import statistics
import time
import uuid
from collections.abc import Callable, Iterator

from benchmarks.city import TOKEN, City, city
from benchmarks.command import Options
from benchmarks.results import Result, found
from benchmarks.rounds import Spread, milliseconds
from jobs.serve import site_command
from matching.recommend import recommend_experts
from matching.searcher import Searcher
from models.demands import Demand

HOST = "127.0.0.1"
PATIENCE = 300
"""Seconds until the site must answer its first request."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Client:
    """One connection, kept alive."""

    def __init__(self, port: int):
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)

    def get(self, path: str) -> bytes:
        try:
            answer = self._asked(path)
        except http.client.RemoteDisconnected:  # idle for too long while this process did its part: once more
            self._connection.close()
            answer = self._asked(path)
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:300])
        return body

    def _asked(self, path: str) -> http.client.HTTPResponse:
        self._connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
        return self._connection.getresponse()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.get("/api/v1/me")
                return
            except OSError:
                self._connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)


def recommended(home: City, searcher: Searcher, demand_id: uuid.UUID) -> None:
    with home.database.read() as session:
        recommend_experts(session, searcher, session.get_one(Demand, demand_id))


def measure(options: Options) -> Iterator[Result]:
    for size in options.sizes:
        with city(size, options.kinds[0]) as home:
            port = free_port()
            with home.running(site_command(HOST, port)):
                client = Client(port)
                client.wait()
                yield overhead(home, client, Searcher.from_settings(home.settings), options.rounds)


def overhead(home: City, client: Client, searcher: Searcher, rounds: int) -> Result:
    acts: dict[str, Callable[[uuid.UUID], object]] = {
        "HTTP": lambda demand: client.get(f"/api/v1/demands/{demand}/recommendations"),
        "in process": lambda demand: recommended(home, searcher, demand),
        "HTTP, who am I": lambda _: client.get("/api/v1/me"),
        "HTTP, a file": lambda _: client.get("/static/mark.svg")}
    taken: dict[str, list[float]] = {name: [] for name in acts}
    differences = []
    for number in range(rounds + 1):
        took = {name: [] for name in acts}
        for demand in home.demands:
            for name, act in acts.items():
                took[name].append(milliseconds(lambda act=act, demand=demand: act(demand)))
        if number:
            differences.append(statistics.median(a - b for a, b in zip(took["HTTP"], took["in process"], strict=True)))
            for name in acts:
                taken[name].append(statistics.median(took[name]))
    medians = {name: statistics.median(found_ms) for name, found_ms in taken.items()}
    return found("P9", len(home.corpus) - len(home.demands), home.corpus.kind, Spread(tuple(differences)),
                 " · ".join(f"{name} {ms:.2f} ms" for name, ms in medians.items()),
                 figures={f"{name} ms": ms for name, ms in medians.items()})
