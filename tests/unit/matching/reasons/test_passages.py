from matching.reasons.passages import capability_passages, sentences


def test_a_text_is_cut_at_its_full_stops():
    assert sentences("跳动量 0.025 mm。节拍 35 秒；返修率 2%\n已投产") == ["跳动量 0.025 mm。", "节拍 35 秒；", "返修率 2%", "已投产"]


def test_a_long_sentence_is_cut_at_its_commas_and_nothing_is_lost():
    text = "，".join(f"第{i}道工序的温度控制" for i in range(40))
    cut = sentences(text)
    assert all(len(part) <= 120 for part in cut)
    assert "".join(cut).replace("，", "") == text.replace("，", "")


def test_a_text_without_any_mark_is_cut_by_length():
    assert [len(part) for part in sentences("工" * 300)] == [120, 120, 60]


def test_title_and_summary_say_where_they_come_from():
    title, summary = capability_passages("c1", "薄壁管插接", "跳动量 0.025 mm")
    assert (title.source, summary.source, summary.context) == ("title", "summary", "薄壁管插接")
