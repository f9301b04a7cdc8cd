"""What a row of a file would give away: the checks that a typed posting passes before it is posted.

Nobody reads an imported row before it is public, so that nothing doubtful can be settled with a reason here: it is
changed in the file, or written on the site, where somebody looks at it.
"""

from collections.abc import Mapping

from ingestion.findings import Findings
from ingestion.firm_names import firm_names
from ingestion.import_columns import called, cell
from ingestion.leak_check import CHECKED, refuse_contacts
from ingestion.leaks import Sealed, leaks
from models.demands import Confidentiality, Demand

LEAST = 20
"""Characters of an abstract, as of one that is typed."""


def check_demand(cells: Mapping[str, str], values: Mapping, held: Demand | None) -> None:
    """InvalidForm where contact data stands in a text, or a confidential demand's public words tell who asks or what.

    `held`: the demand as an earlier file left it, whose level and abstract count where this file has no such column.
    """
    findings = Findings()
    level = values.get("confidentiality", held.confidentiality if held else Confidentiality.public)
    shown = {"title": values["title"], "abstract": values.get("abstract", held.abstract if held else "")}
    _contacts(findings, cells, {"title": values["title"], "text": values["problem"], "abstract": shown["abstract"]},
              {"title": "标题", "text": "正文", "abstract": "公开摘要"})
    if level in CHECKED:
        if len(shown["abstract"]) < LEAST:
            findings.add(f"不公开全文的需求要有公开摘要，至少 {LEAST} 字", called(cells, "abstract"))
        names = firm_names(cell(cells, "firm"))
        sealed = Sealed(names=names.sure, common_names=names.common, texts=(values["problem"],),
                        shown=(values["title"],))
        for name, words in shown.items():
            found = dict.fromkeys(f"“{leak.words}”" for leak in leaks(words, sealed))
            if found:
                findings.add(f"公开的文字里有能让人认出是谁的字：{'、'.join(found)}。请改掉，或在网站上发布并写明理由", called(cells, name))
    findings.settle()


def check_capability(cells: Mapping[str, str], values: Mapping) -> None:
    """InvalidForm where contact data stands in a text."""
    findings = Findings()
    _contacts(findings, cells, {"title": values["title"], "text": values["summary"]}, {"title": "标题", "text": "正文"})
    findings.settle()


def _contacts(findings: Findings, cells: Mapping[str, str], texts: Mapping[str, str],
              labels: Mapping[str, str]) -> None:
    refuse_contacts(findings, {called(cells, key): words for key, words in texts.items()},
                    {called(cells, key): label for key, label in labels.items()})
