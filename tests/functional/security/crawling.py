"""Opening every page as one person, and reading what came back whatever it is packed in."""

import hashlib
import io
import pathlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from sqlalchemy import Connection, select
from werkzeug.datastructures import Headers

from models.base import Base
from tests.functional.security.probing import read_matrix
from tests.support.client import SiteClient
from tests.support.routes import routes
from tests.support.world import CANARY, World

TABLE = pathlib.Path(__file__).with_name("matrix.txt")
ASKED = (
    "/demands?q=公开的题目", f"/demands?q={CANARY}&taken=1", f"/experts?q={CANARY}", f"/proof?number={CANARY}",
    f"/introductions/new?demand_words={CANARY}", f"/introductions/new?expert_words={CANARY}",
    f"/api/v1/demands?q={CANARY}", "/api/v1/demands?taken=true", "/demands?taken=1", "/staff/members?state=approved",
    "/staff/diagnosis?state=published")
"""Searches and filters, beside the pages as they stand."""


@dataclass(frozen=True)
class Answer:
    """What one address answered. `text` is what is written in it, out of archives and PDFs too."""

    url: str
    status: int
    media_type: str
    headers: Headers
    text: str


def addresses(client: SiteClient, world: World) -> Iterator[str]:
    """Every GET address of the site, with the ids of the world's records."""
    for row in read_matrix(TABLE.read_text()):
        if row.method == "GET":
            yield row.url(client.application, world)
    for route in routes(client.application):
        if "GET" in route.methods and "<" not in route.rule:
            yield route.rule
    yield from ("/register/expert", "/account/roles/broker", *ASKED)


def crawl(client: SiteClient, world: World, token: dict[str, str]) -> list[Answer]:
    """The answers to every address."""
    answers = []
    for url in dict.fromkeys(addresses(client, world)):
        response = client.get(url, headers=token if url.startswith("/api/") else {})
        answers.append(Answer(url, response.status_code, response.mimetype, response.headers,
                              written_in(response.get_data(), response.mimetype)))
        response.close()
    return answers


def written_in(data: bytes, media_type: str) -> str:
    """The text of an answer's body."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if media_type == "application/pdf":
        document = pypdfium2.PdfDocument(data)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()
    return data.decode("utf-8", "replace")


def digests(connection: Connection) -> dict[str, str]:
    """Table → digest of all its rows."""
    found = {}
    for table in Base.metadata.sorted_tables:
        rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
        found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
