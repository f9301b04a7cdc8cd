"""Whole runs read in the wrong encoding come back from their bytes; ordinary and rare text stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.repair.mojibake import mend
from ingestion.repair.passes import repair
from ingestion.repair.repaired import LOST, Kind

WORDS = "公告和通知"
NOTICE = "关于举办职工创新成果擂台赛的通知：各单位要认真组织报名。"


def as_windows(data: bytes) -> str:
    """What Windows-1252 makes of bytes; the five it has not come through as control characters."""
    return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in data)


def as_gbk(data: bytes) -> str:
    """What Windows makes of bytes taken for GBK: 80 is €, and half a character a question mark."""
    said = ""
    while data:
        pair = data[:2].decode("gb18030", "ignore")
        width = 2 if data[0] > 0x80 and len(pair) == 1 else 1
        said += pair if width == 2 else "€" if data[0] == 0x80 else chr(data[0]) if data[0] < 0x80 else "?"
        data = data[width:]
    return said


MISREAD = {
    "utf-8 as gbk": as_gbk(WORDS.encode()), "utf-8 as latin-1": NOTICE.encode().decode("latin-1"),
    "utf-8 as windows-1252": as_windows(NOTICE.encode()), "gbk as latin-1": NOTICE.encode("gbk").decode("latin-1"),
    "gbk as windows-1252": as_windows(NOTICE.encode("gbk")),
}


@pytest.mark.parametrize("how", MISREAD)
def test_a_run_read_wrongly_is_read_again_with_its_log(how):
    repaired = repair(f"1. {MISREAD[how]}\n")
    assert (WORDS if how == "utf-8 as gbk" else NOTICE) in repaired.text
    change = repaired.changes[0]
    assert (change.kind, change.confidence, change.start) == (Kind.encoding, 0.97, 3)
    assert not repaired.lost


def test_the_byte_80_of_windows_counts():
    assert "€" in as_gbk("技术".encode())
    assert repair(as_gbk("技术需求表".encode()) + "a").text == "技术需求表a"


def test_a_character_that_lost_its_byte_is_marked_with_what_it_may_have_been():
    repaired = repair(as_gbk("技术需求".encode())[:-1])
    assert repaired.text == "技术需" + LOST
    assert "求" in repaired.lost[0].candidates


def test_a_mark_of_the_byte_order_goes():
    assert repair(("\ufeff" + NOTICE).encode().decode("latin-1")).text == NOTICE


@pytest.mark.parametrize("text", ["锟斤拷", "技术锟斤拷锟斤拷需求", "ï¿½ï¿½"])
def test_what_left_nothing_is_lost_and_not_invented(text):
    repaired = repair(text)
    assert repaired.text == text.replace("锟斤拷", LOST, 1).replace("锟斤拷", "").replace("ï¿½ï¿½", LOST)
    assert len(repaired.lost) == 1


@pytest.mark.parametrize("text", [
    NOTICE, "饕餮貔貅魑魅魍魉，鳜鲅鳓鲻鳎", "涪陵、亳州、邳州、盱眙、黟县、歙县", "妤妗姹娴婵嫫嬗", "鎏金鍮石鎶铜", "×××××××× ········ °°°°±±±±",
    "Ünïcödé façade naïve Ærøskøbing", "ÀÁÂÃÄÅ", "——……“”‘’", "αβγδεζ ΔΣΩ", "日本語のテキスト、한국어", "ⅣⅤⅥ①②③㎡℃‰"])
def test_ordinary_and_rare_text_stays(text):
    assert mend(text).edits == []


def test_a_second_repair_changes_nothing():
    for misread in MISREAD.values():
        once = repair(misread).text
        assert repair(once).text == once


@given(st.text(st.sampled_from("技术需求公告鎶€鏈渶姹å…¬å‘Š¼¼ÊõÐèÇó锟斤拷?\ufffd，\n1\x80\ud800\ue000"), max_size=60))
def test_whatever_is_mixed_the_edits_stand_in_order_and_inside_the_text(text):
    found = mend(text)
    ends = [0, *(edit.end for edit in found.edits)]
    assert all(end <= edit.start < edit.end <= len(text) for end, edit in zip(ends, found.edits, strict=False))
    assert all(0 <= span.start < span.end <= len(text) for span in found.lost)
