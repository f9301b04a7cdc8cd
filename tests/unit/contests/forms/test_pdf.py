"""The printed PDF, read back with an independent reader; its pixels are looked at where text alone could lie."""

import pypdfium2
import pytest

from contests.forms.pdf import render_pdf

LONG = "面向深远海养殖网箱的渔网自动清洗机绳网缠绕在线检测与声光联动停机保护装置研制"


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("rows", "each"), [(0, 1), (3, 1), (6, 1), (7, 2), (15, 2)])
def test_two_copies_with_an_attached_page_each_where_needed(make_form, rows, each):
    found = pages(render_pdf(make_form(rows)))
    assert len(found) == 2 * each
    assert "第一份" in found[0]
    assert "第二份" in found[each]
    assert f"第1页，共{each}页" in flat(found[each])


def test_form_carries_the_annex_words_and_the_values(make_form):
    text = flat(pages(render_pdf(make_form(2)))[0])
    for words in ("附件1", "“推动技术创新助力企业发展”", "校企合作技术竞赛报名表", "（技术攻关组）", "注：本表一式两份。",
                  "报名人姓名周砚秋", "联系方式13800000000", "合同金额（万元）", "35.5", "报名人签字", "审查意见", "年月日"):
        assert words in text


def test_broker_form_is_annex_two(make_form):
    text = flat(pages(render_pdf(make_form(1, track="school_enterprise")))[0])
    assert "附件2" in text
    assert "合作双方" in text


@pytest.mark.parametrize("typed", ["#panic()", "$x^2$", "*粗*_斜_", "@ref <label>", "// 注释 /* */", "\\u{41}", "= 标题",
                                   '"引号" \'单引\'', "#sys.inputs", "`raw`", "[a](b)", "<b>x</b>{{7*7}}"])
def test_markup_stays_what_was_typed(make_form, typed):
    text = flat(pages(render_pdf(make_form(1, project=typed, name=typed, summary=typed)))[0])
    assert text.count(flat(typed)) == 3


@pytest.mark.parametrize("values", [
    {"name": "阿" * 120, "employer": "海" * 120}, {"rows": 6, "project": LONG}, {"rows": 20, "project": LONG * 3},
    {"rows": 6, "project": "W" * 290}, {"employer": "x" * 120, "phone": "1" * 60, "rows": 3},
    {"name": "W" * 110, "rows": 6}, {"name": "M m" * 30}, {"summary": "，。" * 130},
    {"summary": "\n" * 6 + "字"}, {"summary": "字\n" * 7}])
@pytest.mark.parametrize("track", ["tech_challenge", "school_enterprise"])
def test_the_form_itself_never_runs_over_its_page(make_form, values, track):
    found = pages(render_pdf(make_form(track=track, **values)))
    assert "审查意见" in flat(found[0])
    assert len([page for page in found if "报名人签字" in flat(page)]) == 2
    assert len([page for page in found if "审查意见" in flat(page)]) == 2


def test_every_row_and_the_whole_summary_are_printed_in_each_copy(make_form):
    text = flat("".join(pages(render_pdf(make_form(25, summary="甲乙丙丁" * 200, project="第")))))
    assert all(text.count(f"第{number}荣成") == 2 for number in range(1, 26))
    assert text.count("甲乙丙丁") == 400


def test_a_missing_character_is_marked_and_named(make_form):
    text = flat(pages(render_pdf(make_form(name="周𠮷")))[0])
    assert "周〓" in text
    assert "请手写补上：报名人姓名U+20BB7" in text


def test_control_characters_do_not_reach_the_page(make_form):
    assert "报名人姓名周砚秋" in flat(pages(render_pdf(make_form(name="周\x00砚\u202e秋")))[0])


def test_same_form_same_bytes(make_form):
    assert render_pdf(make_form(3)) == render_pdf(make_form(3))


def test_only_the_vendored_fonts_are_embedded(make_form):
    pdf = render_pdf(make_form(1))
    with pypdfium2.PdfDocument(pdf) as document:
        fonts = {found.get_font().get_base_name().split("+")[-1] for page in document
                 for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])}
    assert fonts == {"NotoSerifSC-Regular", "NotoSansSC-Medium"}


def test_blanks_for_signature_and_opinion_hold_no_ink(make_form):
    """The signature cell, right of its label, is white on the rendered page."""
    with pypdfium2.PdfDocument(render_pdf(make_form(0))) as document:
        text = document[0].get_textpage()
        position = text.search("报名人签字").get_next()[0]
        _, bottom, right, top = text.get_charbox(position + 4)
        box = document[0].render(scale=2).to_numpy()
    height = box.shape[0]
    cell = box[int(height - 2 * top):int(height - 2 * bottom), int(2 * right) + 40:int(2 * 297 * 72 / 25.4 * 0.6)]
    assert cell.size
    assert cell.min() == 255
