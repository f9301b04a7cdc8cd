"""Reading the matrix, and asking without leaving a trace."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Connection

from tests.support.client import SiteClient
from tests.support.routes import Route
from tests.support.world import World

PEOPLE = ("visitor", "nobody", "revoked", "firm", "expert", "broker", "rival_firm", "rival_expert", "rival_broker",
          "staff",
          "admin", "reviewer", "rival_reviewer")
GROUPS = {"everybody": frozenset(PEOPLE), "members": frozenset(PEOPLE[1:])}
TURNED_AWAY = 401
FORM = "application/x-www-form-urlencoded"
REFUSALS = frozenset({401, 403, 404})


@dataclass(frozen=True)
class Row:
    """One line: METHOD endpoint argument=record … : who may."""

    method: str
    endpoint: str
    records: tuple[tuple[str, str], ...]
    allowed: frozenset[str]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} {' '.join('='.join(pair) for pair in self.records)}"

    def url(self, app: Flask, world: World) -> str:
        """The address with the ids of the world's records in it; a record of no name stands for itself."""
        values = {name: world.ids.get(record, record) for name, record in self.records}
        return app.url_map.bind("localhost").build(self.endpoint, values, self.method)


def read_matrix(text: str) -> list[Row]:
    rows = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            head, _, allowed = line.partition(" :")
            method, endpoint, *records = head.split()
            rows.append(Row(method, endpoint, tuple(tuple(one.split("=")) for one in records),
                            GROUPS.get(allowed.strip(), frozenset(allowed.split()))))
    return rows


def identified(route: Route) -> bool:
    """Whether the route's address names a record."""
    return "<uuid:" in route.rule or "<int:" in route.rule


@dataclass
class Probe:
    """Asks as one person, each time from the same state: what the call writes is rolled back."""

    client: SiteClient
    connection: Connection
    token: dict[str, str]

    def status(self, method: str, url: str, body: dict | bytes | None) -> int:
        """The status answered; a redirect to the login page counts as 401. Bytes are a form already encoded."""
        self.client.session.flush()
        savepoint = self.connection.begin_nested()
        try:
            content = {"data": body, "content_type": FORM} if isinstance(body, bytes) else \
                {"json": body} if url.startswith("/api/") and method != "GET" else {"data": body or {}}
            answer = self.client.open(url, method=method, headers=self.token, **content)
            answer.close()
        finally:
            savepoint.rollback()
            self.client.session.expire_all()
        to_login = answer.status_code == 302 and answer.location.startswith("/login")
        return TURNED_AWAY if to_login else answer.status_code

    @staticmethod
    def refused(status: int) -> bool:
        return status in REFUSALS
