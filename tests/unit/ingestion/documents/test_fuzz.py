"""Broken on purpose: valid files with bytes changed, cut and doubled. Each is read, or refused with a reason."""

import pathlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion import decoding
from ingestion.documents import docx_text, html_text, kinds, mhtml_text, pdf_text, rtf_text
from ingestion.documents.document import join
from ingestion.documents.pieces import Pieces, Unreadable
from ingestion.documents.word97 import reader as word97
from tests.support.documents import docx_file, html_file, mhtml_file, pdf_file, rtf_file

TABLE = "<table><tr><td>职称<td>教授</tr></table><ul><li>论文<li>专利</ul><script>x</script>"
CONTRACT = (pathlib.Path(__file__).parent / "files/contract.doc").read_bytes()
READERS = {
    "doc": (word97.read, CONTRACT), "mhtml": (mhtml_text.read, mhtml_file(TABLE)),
    "pdf": (pdf_text.read, pdf_file()), "docx": (docx_text.read, docx_file(header="页眉")),
    "html": (html_text.read, html_file(TABLE)), "rtf": (rtf_text.read, rtf_file()),
    "txt": (decoding.decode, "甲方：海岬公司\n金额 38 万元\n".encode("gbk") * 4),
}
PLACES = st.integers(0, 1 << 16)
CHANGES = st.lists(st.tuples(PLACES, st.sampled_from(("put", "cut", "double")), st.binary(min_size=1, max_size=12)),
                   min_size=1, max_size=8)


def broken(data: bytes, changes) -> bytes:
    for place, how, content in changes:
        at = place % (len(data) + 1)
        if how == "put":
            data = data[:at] + content + data[at + len(content):]
        elif how == "cut":
            data = data[:at] + data[at + 37 * len(content):]
        else:
            data = data[:at] + data[max(0, at - 64):at] + data[at:]
    return data


def attempt(read, kind: str, data: bytes):
    """What is read, or None where it is refused."""
    try:
        kinds.kind_of(f"a.{kind}", data)
        return read(data)
    except Unreadable:
        return None


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_a_broken_file_is_read_or_refused(kind, changes):
    read, whole = READERS[kind]
    found = attempt(read, kind, broken(whole, changes))
    if isinstance(found, Pieces):
        document = join("a", kind, found.pieces)
        pairs = list(zip(document.blocks, document.blocks[1:], strict=False))
        assert all(document.text[one.end:other.start] in ("\t", "\n") for one, other in pairs)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.binary(max_size=400))
def test_any_bytes_after_a_true_beginning_are_read_or_refused(kind, data):
    read, whole = READERS[kind]
    attempt(read, kind, whole[:40] + data)


@pytest.mark.parametrize(("kind", "data"), [
    ("html", "<html>海岬大学<?php echo 1 ?>的专家</html>".encode()),  # a node that has no tag
    ("rtf", rtf_file()[:-1] + rb"\uc 1\u26085 ?}"),  # an instruction whose number is missing
])
def test_what_a_long_fuzz_found_is_read_or_refused(kind, data):
    """Real files changed at random, minutes a reader, 27 November 2026: whatever came out that was no refusal."""
    attempt(READERS[kind][0], kind, data)
