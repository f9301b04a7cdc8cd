"""What a row of a sheet would give away: the checks that a typed posting passes before it is posted.

Nobody reads an imported row before it is public, so that nothing doubtful can be settled with a reason here: it is
changed in the file, or written on the site, where somebody looks at it.
"""

from collections.abc import Mapping

from ingestion.findings import Findings
from ingestion.firm_names import firm_names
from ingestion.leak_check import CHECKED, refuse_contacts
from ingestion.leaks import Sealed, leaks
from ingestion.sheets.cells import Cells
from models.demands import Confidentiality, Demand

LEAST = 20
"""Characters of an abstract, as of one that is typed."""
OPEN_TEXTS = {"title": ("title", "标题"), "text": ("problem", "正文"), "constraints": ("constraints", "约束条件"),
              "tried": ("tried", "已试过的办法"), "offers": ("offers", "企业能提供的条件"), "abstract": ("abstract", "公开摘要")}


def check_contacts(cells: Cells, values: Mapping) -> None:
    """InvalidForm where contact data stands in a text of a demand, as the file gives it."""
    findings = Findings()
    _demand_contacts(findings, cells, values, {})
    findings.settle()


def check_demand(cells: Cells, values: Mapping, held: Demand | None) -> None:
    """InvalidForm where contact data stands in a text, or a confidential demand's public words tell who asks or what.

    `held`: the demand as an earlier file left it, whose level and abstract count where this file has no such column.
    """
    findings = Findings()
    level = values.get("confidentiality", held.confidentiality if held else Confidentiality.public)
    shown = {"title": values["title"], "abstract": values.get("abstract", held.abstract if held else "")}
    _demand_contacts(findings, cells, values, shown)
    if level in CHECKED:
        if len(shown["abstract"]) < LEAST:
            findings.add(f"不公开全文的需求要有公开摘要，至少 {LEAST} 字", cells.name("abstract"))
        names = firm_names(values.get("firm") or (held.organisation.name if held and held.organisation else ""))
        problem = values.get("problem", held.problem if held else "")
        sealed = Sealed(names=names.sure, common_names=names.common, texts=(problem,), shown=(values["title"],))
        for name, words in shown.items():
            found = dict.fromkeys(f"“{leak.words}”" for leak in leaks(words, sealed))
            if found:
                findings.add(f"公开的文字里有能让人认出是谁的字：{'、'.join(found)}。请改掉，或在网站上发布并写明理由", cells.name(name))
    findings.settle()


def _demand_contacts(findings: Findings, cells: Cells, values: Mapping, shown: Mapping[str, str]) -> None:
    told = {key: values.get(column, shown.get(key, "")) for key, (column, _) in OPEN_TEXTS.items()}
    told["targets"] = "\n".join(f"{one['what']} {one['figure']} {one['measure']}"
                                for one in values.get("targets") or ())
    _contacts(findings, cells, told, {key: label for key, (_, label) in OPEN_TEXTS.items()} | {"targets": "指标"})


def check_capability(cells: Cells, values: Mapping) -> None:
    """InvalidForm where contact data stands in a text."""
    findings = Findings()
    told = {"title": values["title"], "text": values.get("summary", ""),
            "claims": "\n".join(one["text"] for one in values.get("claims") or ())}
    _contacts(findings, cells, told, {"title": "标题", "text": "正文", "claims": "做成过的事"})
    findings.settle()


def _contacts(findings: Findings, cells: Cells, texts: Mapping[str, str], labels: Mapping[str, str]) -> None:
    named = {cells.name(key): words for key, words in texts.items()}
    refuse_contacts(findings, named, {cells.name(key): label for key, label in labels.items()})
