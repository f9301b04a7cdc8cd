"""Who holds which office of a contest: given and ended by staff, each for a district, an organisation or a track."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests import staff
from contests.lifecycles.parts import CaseRole
from contests.seasons import definition_of
from models.accounts import Organisation, User
from models.audit import notify, record
from models.base import now
from models.codes import divisions
from models.contests import Season
from models.errors import Conflict, Invalid, NotFound
from models.lifecycles import Case, CaseOffice
from models.locking import lock


def give_office(session: Session, actor: User, season: Season, role: str, holder: User, *, district: str = "",
                organisation: Organisation | None = None, track: str = "") -> CaseOffice:
    """Give a person an office of the season, of what its scope asks for. Conflict where they hold it already."""
    require_staff(actor)
    lock(session, season)  # of two at once the second finds the office given
    office = case_roles(season).get(role)
    if office is None:
        raise Invalid("这项竞赛没有这个职责", field="role")
    _scoped(season, office, district, organisation, track)
    given = CaseOffice(season_id=season.id, role=role, user_id=holder.id, given_by_id=actor.id,
                       organisation_id=organisation.id if office.scope == "organisation" else None,
                       district_code=district if office.scope == "district" else "",
                       track=track if office.scope == "track" else "")
    if any(_same(one, given) for one in offices_of(session, holder, season)):
        raise Conflict(f"{holder.name}已经是{office.name}", field="holder")
    session.add(given)
    session.flush()
    record(session, actor, "office.give", given, role=role, holder=str(holder.id))
    notify(session, holder.id, f"您在竞赛里办理“{office.name}”的事", given)
    return given


def end_office(session: Session, actor: User, office: CaseOffice) -> None:
    """From now on the person acts no more in it; what they did stays."""
    require_staff(actor)
    lock(session, office)
    if office.ended_at is not None:
        raise Conflict("已经停止，不用再停")
    office.ended_at = now()
    session.flush()
    record(session, actor, "office.end", office)


def case_roles(season: Season) -> dict[str, CaseRole]:
    """Every office of the season's lifecycles, by code. A code means the same office in each of them."""
    return {role.code: role for lifecycle in definition_of(season).lifecycles for role in lifecycle.roles}


def offices_of(session: Session, holder: User, season: Season | None = None) -> list[CaseOffice]:
    """What a person holds now, in one season or in all."""
    query = select(CaseOffice).where(CaseOffice.user_id == holder.id, CaseOffice.ended_at.is_(None))
    if season is not None:
        query = query.where(CaseOffice.season_id == season.id)
    return list(session.scalars(query))


def holders(session: Session, season: Season) -> list[CaseOffice]:
    """Every office of the season that is held now, by office and person."""
    query = (select(CaseOffice).options(joinedload(CaseOffice.user), joinedload(CaseOffice.organisation))
             .where(CaseOffice.season_id == season.id, CaseOffice.ended_at.is_(None)))
    return sorted(session.scalars(query), key=lambda one: (one.role, one.user.name, str(one.id)))


def find_office(session: Session, office_id: uuid.UUID) -> CaseOffice:
    office = session.get(CaseOffice, office_id)
    if office is None:
        raise NotFound("没有找到这项职责")
    return office


def covers(office: CaseOffice, case: Case) -> bool:
    """Whether the office sees to that case: same season, and the case lies in its district, organisation or track."""
    return (office.season_id == case.season_id and office.ended_at is None
            and office.district_code in ("", case.district_code)
            and office.organisation_id in (None, case.organisation_id) and office.track in ("", case.track))


def roles_on(offices: Iterable[CaseOffice], case: Case) -> set[str]:
    """The offices, by code, in which one may act on the case."""
    return {office.role for office in offices if covers(office, case)}


def require_staff(actor: User) -> None:
    staff.require_staff(actor, "分配职责")


def _scoped(season: Season, office: CaseRole, district: str, organisation: Organisation | None, track: str) -> None:
    if office.scope == "district" and district not in divisions():
        raise Invalid(f"选{office.name}管哪个地区", field="district")
    if office.scope == "organisation" and organisation is None:
        raise Invalid(f"写{office.name}是哪个单位的", field="organisation")
    if office.scope == "track" and track not in {one.code for one in definition_of(season).tracks}:
        raise Invalid(f"选{office.name}管哪个赛项", field="track")


def _same(one: CaseOffice, other: CaseOffice) -> bool:
    return all(getattr(one, name) == getattr(other, name)
               for name in ("role", "organisation_id", "district_code", "track"))
