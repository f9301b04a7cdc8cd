"""A contract as PDF with a text layer, for people who walk through the site to upload."""

import datetime as dt
import json

import typst

from contests.forms.glyphs import FONTS

TEMPLATE = """
#let said = json(bytes(sys.inputs.said))
#set page(width: 210mm, height: 297mm, margin: 25mm)
#set text(font: "Noto Sans SC", size: 12pt)
#align(center, text(18pt)[技术开发合同])
合同编号：#said.number \\
项目名称：#said.name \\
委托方（甲方）：#said.party_a \\
受托方（乙方）：#said.party_b　项目负责人：#said.leader \\
签订日期：#said.day

第一条　研究开发内容：乙方按甲方在平台发布的技术需求开展研究开发。

第二条　研究开发经费及支付：合同总额人民币#said.words（¥#said.amount），签订后 10 日内支付 50%。
"""


def contract_pdf(*, number: str, name: str, party_a: str, party_b: str, leader: str, day: dt.date, amount: str,
                 words: str) -> bytes:
    """One page. The texts are handed over as data, so nothing in them is markup."""
    said = dict(number=number, name=name, party_a=party_a, party_b=party_b, leader=leader, amount=amount, words=words,
                day=f"{day.year} 年 {day.month} 月 {day.day} 日")
    return typst.compile(TEMPLATE.encode(), sys_inputs={"said": json.dumps(said)}, font_paths=[str(FONTS)])
