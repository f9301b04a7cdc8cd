"""Checking a dossier offline. Needs the `cryptography` library and nothing of jiebang: a copy travels in every dossier.

Exit 0 verified, 1 contradicted, 2 incomplete, 3 malformed (ledger/faults.py).
"""

import argparse
import pathlib
import sys
import typing
from collections.abc import Sequence

from ledger.archive import Archive, open_archive
from ledger.checkpoint import Checkpoint, decimal, parse_note
from ledger.entry import AMENDMENTS, TYPE_NAMES, check_opening, parse_leaf, parse_openings
from ledger.faults import Contradicted, Incomplete, Malformed
from ledger.merkle import check_consistency, check_inclusion, leaf_hash
from ledger.proof import parse_consistency, parse_inclusion
from ledger.report import Report, told
from ledger.trust import Trust, parse_key, parse_policy, read_paper

CHECKPOINT = "checkpoint.txt"
CLOSED, CLOSED_INDEXES = "dossier.closed", "indexes"


def check(file: typing.BinaryIO, trust: Trust) -> Report:
    """Check a dossier against what the user trusts. Nothing is raised for a bad dossier: the report says it."""
    report = Report()
    try:
        with report.collecting(), open_archive(file) as archive:
            _check_dossier(archive, trust, report)
    except Malformed as error:
        report.malformed.append(str(error))
    return report


def _check_dossier(archive: Archive, trust: Trust, report: Report) -> None:
    archive.check_manifest()
    note = archive.text(CHECKPOINT)
    tree = parse_note(note)
    with report.collecting():
        _check_trust(note, tree, trust)
    _check_entries(archive, note, tree, report)
    _check_openings(archive, report)
    _check_files(archive, report)
    cited = _check_citations(archive, note, tree, trust, report)
    _check_papers({**cited, tree.size: note}, tree.origin, trust, report)
    _check_amendments(report)


def _check_trust(note: str, tree: Checkpoint, trust: Trust) -> None:
    if not trust.keys:
        raise Incomplete("没有给出日志的公钥（--vkey 或 --policy），签名没有验证")
    trust.check(note, tree)
    if trust.quorum != "none":
        raise Incomplete(f"策略要求见证人签名（{trust.quorum}），检查点上没有")


def _check_entries(archive: Archive, note: str, tree: Checkpoint, report: Report) -> None:
    indexes = archive.numbers("entries", ".json")
    if not indexes or indexes != archive.numbers("entries", ".tlog-proof"):
        raise Malformed("条目和它的证明应一一对应")
    bodies = {index: archive.read(f"entries/{index}.json") for index in indexes}
    report.entries.update((index, parse_leaf(body)) for index, body in bodies.items())
    for index, body in bodies.items():
        with report.collecting():
            _check_entry(archive, index, body, note, tree, report)
    for index, leaf in report.entries.items():
        for ref in leaf.references:
            if ref.index >= index or ref.index in bodies and leaf_hash(bodies[ref.index]) != ref.hash:
                report.contradicted.append(f"第 {index} 号条目引用的第 {ref.index} 号和实际的不符")


def _check_entry(archive: Archive, index: int, body: bytes, note: str, tree: Checkpoint, report: Report) -> None:
    proof = parse_inclusion(archive.text(f"entries/{index}.tlog-proof"))
    if proof.extra is not None:
        raise Malformed(f"第 {index} 号的证明里有多余内容")
    if proof.note != note:
        report.forks.append((note, proof.note))
        raise Contradicted(f"第 {index} 号的证明里是另一个检查点")
    if proof.index != index or report.entries[index].origin != tree.origin:
        raise Contradicted(f"第 {index} 号条目的序号或日志名不符")
    check_inclusion(index, tree.size, leaf_hash(body), proof.path, tree.root)


def _check_openings(archive: Archive, report: Report) -> None:
    for index in archive.numbers("open", ".json"):
        if index not in report.entries:
            raise Malformed(f"披露了第 {index} 号，却没有这个条目")
        openings = parse_openings(archive.read(f"open/{index}.json"))
        for field, (salt, value) in openings.items():
            with report.collecting():
                check_opening(report.entries[index], field, salt, value)
        report.disclosed[index] = {field: value for field, (_, value) in openings.items()}


def _check_files(archive: Archive, report: Report) -> None:
    known = {text for fields in report.disclosed.values() for value in fields.values()
             for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)}
    for name in archive.names:
        if name.startswith("files/"):
            digest = name.removeprefix("files/").partition(".")[0]
            if archive.sha256(name) != digest:
                report.contradicted.append(f"{name} 的内容和文件名里的哈希不符")
            elif digest not in known:
                report.contradicted.append(f"{name} 不是任何披露的条目登记过的文件")


def _check_citations(archive: Archive, note: str, tree: Checkpoint, trust: Trust, report: Report) -> dict[int, str]:
    """The 公示 checkpoints the dossier shows to be of one history with its own: size → note."""
    cited = {}
    for name in archive.names:
        if not name.startswith("consistency/"):
            continue
        sizes = [decimal(part) for part in name.removeprefix("consistency/").removesuffix(".txt").split("-")]
        proof = parse_consistency(archive.text(name))
        other = parse_note(proof.note)
        if sizes != sorted({other.size, tree.size}):
            raise Malformed(f"{name} 和里面的检查点对不上")
        older, newer = sorted((other, tree), key=lambda one: one.size)
        with report.collecting():
            if trust.keys:
                trust.check(proof.note, other)
            try:
                check_consistency(older.size, newer.size, older.root, newer.root, proof.path)
            except Contradicted:
                report.forks.append((note, proof.note))
                raise
            cited[other.size] = proof.note
    return cited


def _check_papers(notes: dict[int, str], origin: str, trust: Trust, report: Report) -> None:
    if not trust.papers:
        report.incomplete.append("没有给出纸面检查点（--paper），不能排除日志被整个换过")
    for paper in trust.papers:
        with report.collecting():
            if paper.note is not None and trust.keys:
                trust.check(paper.note, parse_note(paper.note))
            if paper.note is not None and parse_note(paper.note).origin != origin:
                raise Contradicted("纸面检查点属于另一个日志")
            if paper.size not in notes:
                raise Incomplete(f"包里没有到 {paper.size} 条的纸面检查点的一致性证明")
            if parse_note(notes[paper.size]).root != paper.root:
                report.forks.append((notes[paper.size], paper.note or str(paper)))
                raise Contradicted(f"{paper.size} 条的检查点和纸面的不同：日志有两个版本")


def _check_amendments(report: Report) -> None:
    for index, leaf in report.entries.items():
        missing = {ref.index for ref in leaf.references} if leaf.type in AMENDMENTS else set()
        closed = report.disclosed.get(index, {}).get(CLOSED_INDEXES) if leaf.type == CLOSED else None
        if isinstance(closed, list):
            missing |= {one for one in closed if isinstance(one, int)}
        for number in sorted(missing - report.entries.keys()):
            report.incomplete.append(f"第 {index} 号（{TYPE_NAMES.get(leaf.type, leaf.type)}）涉及的第 {number} 号不在包里")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> typing.NoReturn:
        self.exit(3, f"{self.format_usage()}{message}\n")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="verify.py", description="离线校验揭榜佐证包。公钥和纸面检查点请从公示文件上抄，不要从包里取。")
    parser.add_argument("dossier", type=pathlib.Path, help="佐证包 ZIP")
    parser.add_argument("--vkey", action="append", default=[], help="日志公钥，可写成 公钥@起-止 限定条数")
    parser.add_argument("--policy", type=pathlib.Path, help="C2SP tlog-policy 文件")
    parser.add_argument("--paper", action="append", default=[], help="纸面检查点：条数:根哈希，或存有整段检查点的文件")
    return parser.parse_args(argv)


def read_trust(vkeys: Sequence[str], policy: pathlib.Path | None, papers: Sequence[str]) -> Trust:
    """What the user trusts, from command line arguments. Raises Malformed or OSError."""
    trust = parse_policy(policy.read_text(encoding="utf-8")) if policy else Trust()
    return trust._replace(keys=trust.keys + tuple(map(parse_key, vkeys)), papers=tuple(map(read_paper, papers)))


def main(argv: Sequence[str] | None = None) -> int:
    """Check the dossier named on the command line, print the report, keep proof of a fork, return the exit code."""
    arguments = _arguments(argv)
    try:
        trust = read_trust(arguments.vkey, arguments.policy, arguments.paper)
        with arguments.dossier.open("rb") as file:
            report = check(file, trust)
    except (Malformed, OSError, UnicodeDecodeError) as error:
        report = Report(malformed=[str(error)])
    print(told(report))
    for number, fork in enumerate(report.forks, 1):
        kept = arguments.dossier.with_name(f"{arguments.dossier.name}.fork-{number}.txt")
        kept.write_text("\n".join(fork), encoding="utf-8")
        print(f"两个检查点已存到 {kept}")
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
