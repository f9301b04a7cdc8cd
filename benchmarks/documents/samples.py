"""The sample documents: text and truth in the TOML files beside this one, made into files of the kind each asks for."""

import functools
import html
import io
import pathlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import docx
import typst

from contests.forms.glyphs import FONTS
from ingestion.documents.document import Document
from ingestion.documents.mending import mended
from ingestion.documents.opening import open_document

FOLDER = pathlib.Path(__file__).parent
HELD_OUT = FOLDER / "held_out"
"""Nobody tunes a reader on these; who does moves them up into FOLDER and writes new ones."""
PAPER = '#set page(width: 210mm, height: 297mm, margin: 20mm)\n#set text(font: "Noto Sans SC", size: 11pt)\n'


@dataclass(frozen=True)
class Sample:
    """One document. `held_out`: its reader was not tuned on it."""

    id: str
    format: str
    text: str
    truth: dict
    held_out: bool

    @property
    def name(self) -> str:
        return f"{self.id}.{self.format}"

    def file(self) -> bytes:
        """The document as a file of its format."""
        return MAKERS[self.format](list(self.parts()))

    def parts(self) -> Iterator[str | list[list[str]]]:
        """Paragraphs, and tables as rows of cells."""
        rows: list[list[str]] = []
        for line in self.text.strip("\n").split("\n"):
            if line.startswith("|"):
                rows.append([cell.strip().replace("\\n", "\n") for cell in line.strip("| ").split("|")])
                continue
            if rows:
                yield rows
                rows = []
            yield line
        if rows:
            yield rows

    @functools.cached_property
    def document(self) -> Document:
        return mended(open_document(self.name, self.file()))


def samples(kind: str) -> list[Sample]:
    """The samples of contracts, people or demands: those the readers were tuned on, then the held-out ones."""
    return [Sample(row["id"], row["format"], row["text"], row["truth"], folder == HELD_OUT)
            for folder in (FOLDER, HELD_OUT)
            for row in tomllib.loads((folder / f"{kind}.toml").read_text())["sample"]]


def _docx(parts) -> bytes:
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for row, cells in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(parts) -> bytes:
    body = "\n".join(_paragraph(part) if isinstance(part, str) else _table(part) for part in parts)
    return typst.compile((PAPER + body).encode(), font_paths=[str(FONTS)])


def _paragraph(line: str) -> str:
    return f"#par({_quoted(line)})" if line.strip() else "#v(4mm)"


def _table(rows: list[list[str]]) -> str:
    cells = ", ".join(_quoted(cell) for row in rows for cell in row)
    return f"#table(columns: {max(map(len, rows))}, {cells})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _html(parts) -> bytes:
    body = "\n".join(f"<p>{html.escape(part)}</p>" if isinstance(part, str) else _html_table(part) for part in parts)
    page = f'<!DOCTYPE html><html><head><meta charset="gbk"></head><body>{body}</body></html>'
    return page.encode("gbk", "xmlcharrefreplace")


def _html_table(rows: list[list[str]]) -> str:
    return "<table>" + "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>"
        for row in rows) + "</table>"


def _lines(parts) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from ("\t".join(cell.replace("\n", " ") for cell in row) for row in part)


def _txt(parts) -> bytes:
    return "\r\n".join(_lines(parts)).encode("gb18030")


def _rtf(parts) -> bytes:
    text = "\\par\n".join("".join(_rtf_char(char) for char in line) for line in _lines(parts))
    return (r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 " + text + "\\par}").encode("ascii")


def _rtf_char(char: str) -> str:
    if char == "\t":
        return "\\tab "
    if char.isascii():
        return f"\\{char}" if char in "\\{}" else char
    return f"\\u{ord(char) - 65536 if ord(char) > 32767 else ord(char)}?"


MAKERS = {"docx": _docx, "pdf": _pdf, "html": _html, "txt": _txt, "rtf": _rtf}
