import pytest

from ingestion import validation
from models.errors import Invalid


def refusal(call, *args, **kwargs) -> Invalid:
    with pytest.raises(Invalid) as caught:
        call(*args, **kwargs)
    return caught.value


class TestCreditCode:
    def test_is_normalised(self):
        assert validation.credit_code(" 9 1 110000 600037341l ") == "91110000600037341L"

    def test_says_how_long_it_is(self):
        assert refusal(validation.credit_code, "91110000600037341").message == "统一社会信用代码应为 18 位，现在是 17 位"

    def test_names_a_wrong_check_digit(self):
        assert "校验位不对" in refusal(validation.credit_code, "911100006000373411").message

    def test_names_letters_that_are_not_used(self):
        assert "不用 I、O" in refusal(validation.credit_code, "91110000IOOO37341L").message

    def test_belongs_to_its_field(self):
        assert refusal(validation.credit_code, "").field == "uscc"


class TestText:
    @pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\u202e", "\ud800"])
    def test_refuses_control_characters(self, mark):
        assert "控制字符" in refusal(validation.text, f"盐雾{mark}起泡", "problem", "难题", most=100).message

    def test_drops_zero_width_characters(self):
        assert validation.line("\ufeff盐雾\u200b起泡", "title", "标题") == "盐雾起泡"

    def test_keeps_html_as_it_was_typed(self):
        assert validation.line("<b>δ≤0.03</b>", "title", "标题") == "<b>δ≤0.03</b>"

    def test_counts_after_trimming(self):
        assert "最多 3 字，现在 4 字" in refusal(validation.text, " 四个汉字 ", "tried", "试过的办法", most=3).message

    def test_makes_one_line_of_several(self):
        assert validation.line("钓竿\r\n  涂层", "title", "标题") == "钓竿 涂层"

    def test_asks_for_what_is_missing(self):
        assert refusal(validation.line, " ", "title", "标题", least=6).message == "写上标题"


class TestContact:
    @pytest.mark.parametrize(("typed", "digits"), [
        ("199 0000 0001", "19900000001"), ("+86 19900000001", "19900000001"), ("0631-000 0123", "06310000123"),
        ("１９９００００００01", "19900000001")])
    def test_phones_become_digits(self, typed, digits):
        assert validation.phone(typed) == digits

    @pytest.mark.parametrize("typed", ["", "1990000", "12345678901", "199abc00001"])
    def test_wrong_phones_are_refused(self, typed):
        assert refusal(validation.phone, typed).field == "phone"

    def test_addresses_are_lower_case(self):
        assert validation.email(" Lin@Jiebang.example ") == "lin@jiebang.example"

    @pytest.mark.parametrize("typed", ["", "lin", "lin@", "lin@example", "a b@example.cn", "a@b..cn", "a@-.cn"])
    def test_wrong_addresses_are_refused(self, typed):
        assert refusal(validation.email, typed).field == "email"

    @pytest.mark.parametrize("name", ["林守拙", "古丽·阿依", "Zhou Yanqiu"])
    def test_names_people_have(self, name):
        assert validation.person_name(name) == name

    @pytest.mark.parametrize("name", ["", "林", "<script>", "林1"])
    def test_names_nobody_has(self, name):
        assert refusal(validation.person_name, name).field == "name"
