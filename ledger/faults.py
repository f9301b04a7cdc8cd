"""Why a proof or a dossier is not accepted. Each is an exit code of the verifier (ledger/verify.py)."""


class Contradicted(ValueError):
    """Exit 1: two things that must agree do not. Somebody changed something, or claims what was never recorded."""


class Incomplete(ValueError):
    """Exit 2: nothing disagrees, but something needed to be sure is missing."""


class Malformed(ValueError):
    """Exit 3: not in the format at all, so nothing can be said of its content."""
