import functools
import io
import zipfile

import openpyxl
import pypdfium2
import pytest
from PIL import Image

from ingestion import files
from models.errors import Invalid, NotFound
from tests import factories


@functools.cache
def pdf(pages: int = 1) -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(595, 842)
    document.save(out)
    document.close()
    return out.getvalue()


def picture(kind: str, size=(40, 30), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def store(session, settings, content, name="合同.pdf"):
    return files.store(session, settings, factories.user(session), name, content, field="scan")


@pytest.mark.parametrize(("content", "extension"), [
    (pdf(), "pdf"), (picture("PNG"), "png"), (picture("JPEG"), "jpg"), (workbook(), "xlsx"),
    (archive({"word/document.xml": b"<w/>"}), "docx")])
def test_what_it_is_comes_from_its_content(session, settings, content, extension):
    assert store(session, settings, content, "a.exe").name == f"a.{extension}"


@pytest.mark.parametrize(("content", "says"), [
    (b"", "是空的"), (b"MZ\x90\x00" + b"\0" * 60, "程序文件"), (b"\x7fELF" + b"\0" * 60, "程序文件"),
    (pdf()[:120], "打不开"), (b"%PDF-1.7\nnonsense", "打不开"), (picture("PNG")[:-30], "打不开"),
    (b"PK\x03\x04 broken", "打不开"), (b"<svg onload=alert(1)>", "认不出"), (b"<!doctype html>", "认不出"),
    (archive({"a.txt": b"x"}), "压缩包不能上传"), (archive({"word/document.xml": b"0" * 3_000_000}), "展开后太大"),
    (archive({f"{n}.xml": b"x" for n in range(1001)}), "展开后太大"),
    (archive({"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}), "带宏"),
    (picture("PNG", (8000, 6000), "1"), "4,800 万像素")])
def test_what_is_not_kept_says_why(session, settings, content, says):
    with pytest.raises(Invalid, match=says) as caught:
        store(session, settings, content)
    assert caught.value.field == "scan"
    assert not settings.files_folder.exists()


def test_two_hundred_megabytes_are_refused_with_their_size(session, settings):
    with pytest.raises(Invalid, match="文件 200 MB，超过 20 MB。可以分成两份上传"):
        store(session, settings, io.BytesIO(b"%PDF-" + b"\0" * (200 * 1024 * 1024 - 5)))


def test_the_same_bytes_lie_once(session, settings):
    first, second = store(session, settings, pdf()), store(session, settings, pdf(), "副本.pdf")
    assert first.sha256 == second.sha256
    assert [path.name for path in settings.files_folder.iterdir()] == [first.sha256]


def test_what_was_stored_is_read_back(session, settings):
    with files.open_file(settings, store(session, settings, pdf())) as file:
        assert file.read() == pdf()


@pytest.mark.parametrize(("typed", "shown"), [
    ("../../etc/passwd", "passwd.pdf"), ("C:\\合同\\一.exe", "一.pdf"), ("a\r\nb\u202efdp.exe", "abfdp.pdf"),
    ("<b>x</b>.pdf", "b.pdf"), ("", "文件.pdf"), ("..", "文件.pdf"), ("长" * 400, "长" * 120 + ".pdf")])
def test_names_are_cleaned(typed, shown):
    assert files.clean_name(typed, "pdf") == shown


class TestPages:
    def test_a_page_becomes_a_picture(self, session, settings):
        image = Image.open(io.BytesIO(files.page_image(settings, store(session, settings, pdf(2)), 2)))
        assert image.size[0] == files.PAGE_WIDTH

    def test_there_is_no_page_past_the_end(self, session, settings):
        with pytest.raises(NotFound, match="没有第 3 页"):
            files.page_image(settings, store(session, settings, pdf(2)), 3)
