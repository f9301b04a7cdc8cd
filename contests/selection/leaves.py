"""The fields of each ledger leaf that selection writes. All are committed, none stands in the clear."""

from collections.abc import Mapping

from models.accounts import User
from models.awards import Award, AwardProposal, SealedTerms
from models.contests import Season

Fields = Mapping[str, object]


def contest(season: Season) -> str:
    """weihai-2020/2026: the definition and the year it is run for."""
    return f"{season.code}/{season.year}"


def sealed_terms(row: SealedTerms, season: Season, sealer: str) -> Fields:
    """Weights, grades and caps exactly as they were sealed."""
    return {"contest": contest(season), "track": row.track, "terms": row.terms, "minutes": row.minutes,
            "sealer.name": sealer, "sealer.id": row.sealed_by_id}


def decision(row: AwardProposal, season: Season, decider: User) -> Fields:
    """The whole ranking that was decided, by its digest; it cites the sealed terms."""
    return {"contest": contest(season), "track": row.track, "ranking": row.digest, "minutes": row.minutes,
            "proposer.id": row.proposed_by_id, "decider.name": decider.name, "decider.id": decider.id}


def award(row: Award, entrant: str) -> Fields:
    """One entry's award; it cites the decision and the entry's own leaf."""
    return {"award": row.id, "entry": row.entry_id, "entrant.name": entrant, "track": row.track, "grade": row.grade,
            "rank": row.rank, "points": str(row.points), "minutes": row.minutes}


def revocation(row: Award, actor_name: str, reason: str) -> Fields:
    return {"award": row.id, "entry": row.entry_id, "actor.name": actor_name, "reason": reason}
