"""What people send as files: too large, not what it says, harmful, oddly named."""

import io
import re

import pytest

from models.files import StoredFile
from tests import factories
from tests.support.world import PDF
from tests.unit.ingestion.test_files import archive, picture

MEGABYTE = 1024 * 1024
FORM = "application/x-www-form-urlencoded"
NAMES = {
    "path": "../../../etc/passwd.pdf", "backslash": "..\\..\\web\\app.pdf", "absolute": "/etc/cron.d/x.pdf",
    "nul": "a\x00.pdf",
    "bidi": "合同\u202efdp.exe", "markup": "<img src=x onerror=alert(1)>.pdf", "quote": 'a"; filename="evil.html',
    "long": "长" * 3000 + ".pdf", "none": ".pdf", "device": "CON.pdf", "double": "合同.pdf.exe"}
REFUSED = {
    "program": (b"MZ\x90\x00" + b"\0" * 500, "程序"), "script": (b"#!/bin/sh\nrm -rf /\n", "程序"),
    "broken": (PDF[:400], "打不开"),
    "empty": (b"", "空"), "page": (b"<!doctype html><script>alert(1)</script>", "认不出"),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "认不出"),
    "bomb": (archive({"word/document.xml": b"\0" * 30 * MEGABYTE}), "展开后太大"),
    "macros": (archive({"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}), "宏"),
    "archive": (archive({"../../evil.sh": b"x"}), "压缩包"), "cut": (picture("PNG")[:-40], "打不开"),
    "huge picture": (picture("PNG", (9000, 9000), "1"), "像素")}


class Endless(io.RawIOBase):
    """A body of `size` bytes that is made while it is read, so that nobody needs room for it."""

    def __init__(self, head: bytes, size: int):
        self.head, self.left, self.read_so_far, self.size, self.place = head, size, 0, size, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """As far as the test client needs it, which asks for the length."""
        self.place = self.size if whence == io.SEEK_END else place
        return self.place

    def readinto(self, buffer) -> int:
        piece = (self.head or b"\0" * min(len(buffer), self.left))[:len(buffer)]
        self.head = self.head[len(piece):]
        self.left -= len(piece)
        self.read_so_far += len(piece)
        buffer[:len(piece)] = piece
        return len(piece)


@pytest.fixture
def author(session):
    return factories.contact(session)


@pytest.fixture
def header(session, author):
    return factories.bearer(session, author)


def upload(client, header, content: bytes, name: str = "合同.pdf"):
    return client.post("/api/v1/files", data={"file": (io.BytesIO(content), name)}, headers=header)


def pour(client, url: str, size: int, **options):
    """Send a form with one file of `size` bytes."""
    head = b'--x\r\nContent-Disposition: form-data; name="scan"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
    body = Endless(head, size)
    answer = client.post(url, input_stream=body, content_type="multipart/form-data; boundary=x",
                         **options)
    return answer, body


@pytest.mark.parametrize("url", ["/account/organisation", "/my/demands/new", "/engagements/invite", "/login"])
def test_200_megabytes_are_refused_unread(client, author, url):
    answer, body = pour(client.login(author), url, 200 * MEGABYTE)
    assert (answer.status_code, "超过 20 MB" in answer.text) == (413, True)
    assert body.read_so_far < 30 * MEGABYTE


def test_200_megabytes_to_the_api_are_refused_unread(client, header):
    answer, body = pour(client, "/api/v1/files", 200 * MEGABYTE, headers=header)
    assert (answer.status_code, answer.json["code"]) == (413, "request_entity_too_large")
    assert body.read_so_far < 30 * MEGABYTE


def test_a_body_that_hides_its_length_is_read_no_further(client, author):
    body = Endless(b"title=", 200 * MEGABYTE)
    unsaid = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    answer = client.login(author).post("/my/demands/new", input_stream=body, content_type=FORM,
                                       environ_overrides=unsaid)
    assert answer.status_code in (413, 422)
    assert body.read_so_far < 3 * MEGABYTE


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_document_is_refused(client, session, header, kind):
    content, says = REFUSED[kind]
    answer = upload(client, header, content)
    assert (answer.status_code, answer.json["field"]) == (422, "file")
    assert says in answer.json["message"]
    assert session.query(StoredFile).count() == 0


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_only_shown(client, session, settings, header, kind):
    assert upload(client, header, PDF, NAMES[kind]).status_code == 201
    [kept] = session.query(StoredFile)
    assert re.fullmatch(r"[^/\\\x00-\x1f\u202a-\u202e<>\"]{1,120}\.pdf", kept.name)
    assert [path.name for path in settings.files_folder.iterdir()] == [kept.sha256]


def test_a_document_that_is_also_a_page_comes_as_a_document(client, session, author, header):
    """A polyglot: a PDF to its reader, a page to a browser that would guess."""
    both = PDF + b"\n<script>alert(1)</script>"
    upload(client, header, both, "a.html")
    [kept] = session.query(StoredFile)
    assert (kept.name, kept.media_type) == ("a.pdf", "application/pdf")


@pytest.mark.parametrize("count", [600, 5000])
def test_a_form_of_endless_parts_is_refused(client, author, count):
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nv\r\n' % n for n in range(count))
    answer = client.login(author).post("/my/demands/new", data=parts + b"--x--\r\n",
                                       content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413


@pytest.mark.parametrize("sent", [
    {"data": {"title": "字" * MEGABYTE}}, {"data": b"a=&" * MEGABYTE, "content_type": FORM}])
def test_only_a_file_may_be_large(client, author, sent):
    answer = client.login(author).post("/my/demands/new", **sent)
    assert (answer.status_code, "超过 2 MB" in answer.text) == (413, True)


def test_a_large_text_for_the_api_is_refused(client, header):
    assert client.post("/api/v1/demands", json={"title": "字" * MEGABYTE}, headers=header).status_code == 413
