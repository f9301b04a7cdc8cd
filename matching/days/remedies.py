"""What can bind on a matching day, and what can be done about it: words shared by the solver and the pages."""

import enum


class Bound(enum.StrEnum):
    """The constraint that binds."""

    nobody_fits = "nobody_fits"
    """No pair at all: nobody on the day fits."""
    excluded = "excluded"
    """Whoever fits is ruled out: same organisation, a declared conflict, dismissed, declined, talks that ended."""
    no_common_slot = "no_common_slot"
    """Those who fit are never there at the same time, or are taken whenever they are."""
    own_limit = "own_limit"
    """The party's own limit, or its enterprise's slots, lies below what it was promised."""
    all_full = "all_full"
    """All who fit, and all who could step in for them, are at their limit."""
    tables = "tables"
    """Every table is taken in every slot."""


class Remedy(enum.StrEnum):
    slot = "slot"
    """One more slot at the end."""
    table = "table"
    """One more table in every slot."""
    expert_load = "expert_load"
    """One more meeting for this expert."""
    demand_most = "demand_most"
    """One more meeting for this demand."""
    expert_hours = "expert_hours"
    """This expert is there all day."""
    firm_hours = "firm_hours"
    """This enterprise is there all day."""
    exclusion = "exclusion"
    """The pairs ruled out for this demand or expert are allowed."""
    invite = "invite"
    """Somebody new who fits: nothing on the day itself helps."""
