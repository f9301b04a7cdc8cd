"""Recording, correcting and confirming a contract through its pages."""

import io

import pytest
import typst

from models.base import today
from models.contracts import BenefitReport, Contract, ContractStatus
from models.files import StoredFile
from tests import factories
from tests.support.documents import docx_file, pdf_file
from tests.support.sources import ROOT
from tests.support.stories import confirmed, introduced, recorded, talks

WORD_97 = ROOT / "tests/unit/ingestion/documents/files/contract.doc"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> bytes:
    source = tmp_path_factory.mktemp("contract") / "contract.typ"
    source.write_text("LG-JS-2026-014")
    return typst.compile(source)


@pytest.fixture
def story(session):
    return talks(session)


def form(pdf: bytes | None, **changes) -> dict:
    day = today()
    said = {"type": "development", "contract_number": "LG-JS-2026-014", "name": "碳纤维钓竿插接跳动控制",
            "party_a": "海岬渔具有限公司", "party_b": "海岬大学", "signed_on-year": str(day.year),
            "signed_on-month": str(day.month), "signed_on-day": str(day.day), "amount": "38", "expected_benefit": "120"}
    if pdf is not None:
        said["scan"] = (io.BytesIO(pdf), "合同.pdf")
    return said | changes


def record(client, story, *args, **changes):
    return client.login(story.firm).post(f"/engagements/{story.engagement.id}/contract", data=form(*args, **changes))


def test_one_side_records_and_the_other_confirms(client, session, story, pdf):
    assert record(client, story, pdf).status_code == 302
    contract = session.query(Contract).one()
    page = client.login(story.person).get(f"/contracts/{contract.id}").text
    assert "确认合同" in page
    assert client.post(f"/contracts/{contract.id}/confirm", data={"revision": 1}).status_code == 302
    assert contract.status is ContractStatus.confirmed
    assert contract.collaboration.number in client.get(f"/contracts/{contract.id}").text


def test_every_fault_is_named_and_what_was_typed_is_kept(client, session, story):
    faults = {"type": "", "name": "", "amount": "-1", "signed_on-month": "2", "signed_on-day": "30"}
    answer = record(client, story, None, **faults)
    assert answer.status_code == 422
    for field in ("type", "name", "amount", "signed_on", "scan"):
        assert f'href="#{field}"' in answer.text
    assert 'value="LG-JS-2026-014"' in answer.text
    assert session.query(Contract).count() == 0


def test_a_slip_of_ten_thousand_is_caught(client, session, story, pdf):
    answer = record(client, story, pdf, amount="380000")
    assert answer.status_code == 422
    assert "是不是把“元”当成“万元”填了" in answer.text
    assert "请再选一次" in answer.text
    assert session.query(StoredFile).count() == 0


@pytest.mark.parametrize(("content", "name"), [
    (WORD_97.read_bytes(), "合同.doc"), (docx_file(), "合同.docx"),  # to be read from, but no scan
    (b"MZ\x90\x00" + b"\x00" * 200, "合同.pdf"), (b"%PDF-1.7\nbroken", "合同.pdf"), (b"", "合同.pdf"),
])
def test_a_file_that_is_no_contract_is_refused(client, session, story, content, name):
    answer = record(client, story, None, scan=(io.BytesIO(content), name))
    assert answer.status_code == 422
    assert 'id="scan-error"' in answer.text
    assert session.query(Contract).count() == 0


@pytest.mark.parametrize("changes", [{"name": "甲\x07乙"}, {"contract_number": "——"}, {"name": "字" * 400}])
def test_texts_that_cannot_be_are_refused(client, session, story, pdf, changes):
    assert record(client, story, pdf, **changes).status_code == 422
    assert session.query(Contract).count() == 0


def test_html_stays_text(client, session, story, pdf):
    record(client, story, pdf, name="<b>粗</b>体合同")
    contract = session.query(Contract).one()
    assert "&lt;b&gt;粗&lt;/b&gt;体合同" in client.get(f"/contracts/{contract.id}").text


def test_the_same_form_sent_twice_records_one_contract(client, session, story, pdf):
    record(client, story, pdf)
    assert record(client, story, pdf).status_code == 409
    assert session.query(Contract).count() == 1


def test_the_same_number_elsewhere_is_refused_beside_its_field(client, session, story, pdf):
    record(client, story, pdf)
    other = talks(session)
    other.engagement.demand = factories.demand(session, story.firm)
    other.firm = story.firm
    answer = record(client, other, pdf, contract_number="lg js 2026 014")
    assert answer.status_code == 409
    assert 'id="contract_number-error"' in answer.text


def test_confirming_twice_or_as_the_writer_is_a_conflict(client, session, story):
    contract = recorded(session, story)
    confirm = f"/contracts/{contract.id}/confirm"
    assert client.login(story.firm).post(confirm, data={"revision": 1}).status_code == 409
    client.login(story.person)
    assert [client.post(confirm, data={"revision": 1}).status_code for _ in range(2)] == [302, 409]


def test_a_correction_shows_what_changed_and_keeps_the_scan(client, session, story):
    contract = recorded(session, story)
    scan = contract.revision.scan_id
    answer = client.login(story.person).post(f"/contracts/{contract.id}/correct", data=form(None, amount="36"))
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "<del>38 万元</del>" in page
    assert "<ins>36 万元</ins>" in page
    assert contract.revision.scan_id == scan


def test_an_old_revision_is_not_confirmed(client, session, story):
    contract = recorded(session, story)
    client.login(story.firm).post(f"/contracts/{contract.id}/correct", data=form(None, amount="36"))
    answer = client.login(story.person).post(f"/contracts/{contract.id}/confirm", data={"revision": 1})
    assert answer.status_code == 409


@pytest.mark.parametrize("path", ["", "/correct", "/scan", "/pages/1.png", "/benefit", "/shares"])
def test_strangers_find_nothing(client, session, story, path):
    contract = recorded(session, story)
    for stranger in (factories.contact(session), factories.expert(session).user, factories.broker(session).user):
        assert client.login(stranger).get(f"/contracts/{contract.id}{path}").status_code in (403, 404)


def test_two_brokers_agree_their_shares(client, session, story):
    one, two = introduced(session, story), introduced(session, story, days_ago=18)
    contract = confirmed(session, story)
    url = f"/contracts/{contract.id}/shares"
    client.login(one.user)
    wrong = client.post(url, data={f"percent-{one.id}": "60", f"percent-{two.id}": "50"})
    assert (wrong.status_code, "现在是 110" in wrong.text) == (422, True)
    assert client.post(url, data={f"percent-{one.id}": "60", f"percent-{two.id}": "40"}).status_code == 302
    client.login(two.user)
    assert "同意我的 40%" in client.get(f"/contracts/{contract.id}").text
    assert client.post(f"{url}/agree", data={"percent": "40"}).status_code == 302
    assert contract.status is ContractStatus.confirmed


def test_the_enterprise_reports_realised_benefit_with_proof(client, session, story, pdf):
    contract, day = confirmed(session, story), today()
    data = {"realised": "50", "until-year": day.year, "until-month": day.month, "until-day": day.day}
    url = f"/contracts/{contract.id}/benefit"
    assert client.login(story.person).get(url).status_code == 403
    client.login(story.firm)
    assert client.post(url, data=data).status_code == 422
    assert client.post(url, data=data | {"proof": (io.BytesIO(pdf), "证明.pdf")}).status_code == 302
    assert session.query(BenefitReport).one().realised == 500000


def test_a_page_of_the_scan_is_a_picture(client, session, story, pdf):
    record(client, story, pdf)
    contract = session.query(Contract).one()
    answer = client.get(f"/contracts/{contract.id}/pages/1.png")
    assert answer.data.startswith(b"\x89PNG")
    assert client.get(f"/contracts/{contract.id}/pages/2.png").status_code == 404


def test_the_form_waits_until_both_agreed_to_talk(client, story):
    story.engagement.accepted_at = None
    assert client.login(story.firm).get(f"/engagements/{story.engagement.id}/contract").status_code == 409


PAPER = ("技术开发合同", "合同编号：LG-JS-2026-014", "项目名称：钓竿插接跳动控制", "甲方：海岬渔具有限公司", "乙方：海岬大学",
         "签订日期：2026 年 3 月 9 日", "履行期限：2026.3.10 至 2027.3.9", "合同总额人民币叁拾捌万元整（¥380,000.00）")


def read_from(client, story, content: bytes, name: str):
    return client.login(story.firm).post(f"/engagements/{story.engagement.id}/contract",
                                         data={"go": "read", "document": (io.BytesIO(content), name)})


def test_a_contract_is_read_into_the_form_with_its_lines_and_recorded_once_accepted(client, session, story):
    page = read_from(client, story, pdf_file(PAPER), "合同.pdf").text
    for value in ("LG-JS-2026-014", "钓竿插接跳动控制", "海岬渔具有限公司", "海岬大学", "2026", "38"):
        assert f'value="{value}"' in page
    assert "原文（第 1 页第 2 行）：合同编号：<mark>LG-JS-2026-014</mark>" in page
    assert session.query(Contract).count() == 0
    scan = session.query(StoredFile).one()
    term = {"starts_on-year": "2026", "starts_on-month": "3", "starts_on-day": "10",
            "ends_on-year": "2027", "ends_on-month": "3", "ends_on-day": "9"}
    assert 'name="ends_on-year" inputmode="numeric" value="2027"' in page
    assert record(client, story, None, kept_scan=str(scan.id), **term).status_code == 302
    revision = session.query(Contract).one().revision
    assert (revision.scan, revision.starts_on.isoformat(), revision.ends_on.isoformat()) == (
        scan, "2026-03-10", "2027-03-09")
    assert "合同期限" in client.get(f"/contracts/{revision.contract_id}").text


def test_a_contract_that_somebody_sent_as_a_doc_is_read_into_the_form(client, session, story):
    page = read_from(client, story, WORD_97.read_bytes(), "合同.doc").text
    for value in ("HJ-2026-0417", "碳纤维钓竿插接跳动量在线检测装置", "海岬渔具有限公司", "海岬大学", "38", "2027"):
        assert f'value="{value}"' in page
    assert "原文（第 2 段）：合同编号：<mark>HJ-2026-0417</mark>" in page
    assert session.query(StoredFile).count() == 0


def test_a_term_that_ends_before_it_begins_is_refused(client, story, pdf):
    term = {"starts_on-year": "2026", "starts_on-month": "3", "starts_on-day": "10",
            "ends_on-year": "2025", "ends_on-month": "3", "ends_on-day": "9"}
    answer = record(client, story, pdf, **term)
    assert (answer.status_code, 'id="ends_on-error"' in answer.text) == (422, True)


def test_another_persons_file_does_not_serve_as_the_scan(client, session, story):
    theirs = factories.stored_file(session)
    assert record(client, story, None, kept_scan=str(theirs.id)).status_code == 422


def test_what_the_file_does_not_say_is_named_and_nothing_is_invented(client, story):
    page = read_from(client, story, "技术服务合同\n金额：人民币 420,000 元（大写：肆拾贰万伍仟元整）".encode(), "合同.txt").text
    assert "没有读到：合同编号、合同名称、甲方、乙方、签订日期" in page
    assert "大写是 42.5 万元，小写是 42 万元，对不上" in page
    assert 'name="amount" type="text" value=""' in page


def test_a_scan_without_text_is_kept_as_the_scan(client, session, story):
    page = read_from(client, story, pdf_file(()), "扫描.pdf").text
    assert "没有文字层" in page
    assert str(session.query(StoredFile).one().id) in page


def test_a_file_that_cannot_be_read_is_refused_beside_its_box(client, session, story):
    answer = read_from(client, story, b"MZ\x00\x90", "合同.pdf")
    assert (answer.status_code, 'id="document-error"' in answer.text) == (422, True)
    assert session.query(StoredFile).count() == 0
