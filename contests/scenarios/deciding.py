"""From sealed terms to the published result, as any contest goes: terms, list, 公示, document."""

from collections.abc import Sequence

from contests.publication.opening import Approval, open_notice
from contests.publication.results import Draft, proposed, publish_result
from contests.scenarios.judging import Officials, name_of
from contests.scenarios.play import Play
from contests.seasons import definition_of
from contests.selection.ballot import Ballot, digest
from contests.selection.decision import decide, propose, ranking
from contests.selection.sealing import seal
from models.awards import Award
from models.base import today
from models.contests import Entry, Season
from models.publication import PublicNotice, ResultDocument


def select_awards(run: Play, officials: Officials, season: Season, track: str, minutes: str) -> list[Award]:
    """The list that the sealed terms give, proposed by one official and decided by the other."""
    _, selection = ranking(run.session, season, track, Ballot())
    proposal = propose(run.session, officials.first, season, track, ballot=Ballot(), minutes=minutes,
                       seen=digest(selection))
    with run.refusing(f"{officials.first.name}拟的名单自己来审定"):
        decide(run.session, officials.first, proposal)
    awards = decide(run.session, officials.second, proposal)
    group = definition_of(season).track(track)
    for award in awards:
        name = run.session.get_one(Entry, award.entry_id).name
        run.result(f"{group.name}　{group.award(award.grade).name}　第 {award.rank} 名　{name}　{award.points} 分")
    return awards


def seal_terms(run: Play, officials: Officials, season: Season, tracks: Sequence[str], minutes: str) -> None:
    for track in tracks:
        row = seal(run.session, officials.first, season, track, minutes=minutes, version=season.version)
        run.did(f"{name_of(season, track)}的评选办法封存在台账第 {row.ledger_index} 号")


def show_publicly(run: Play, officials: Officials, season: Season, approval: Approval) -> PublicNotice:
    notice = open_notice(run.session, officials.first, season, approval, calendar_checked=True)
    run.did(f"公示 {len(notice.lines)} 项，到 {notice.last_day:%Y-%m-%d}" if notice.days
            else f"名单 {len(notice.lines)} 项，通知没有写公示，可以直接公布")
    return notice


def publish(run: Play, officials: Officials, notice: PublicNotice, number: str, addressees: str) -> ResultDocument:
    draft = Draft(document_number=number, addressees=addressees, dated=today(), **proposed(notice))
    document = publish_result(run.session, officials.second, notice, draft)
    run.result(f"{document.document_number}《{document.title}》，证书 {len(document.certificates)} 张")
    return document
