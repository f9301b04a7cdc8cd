"""Which tests one process must run: those that share something costly, a running site or a crawl of every page.

xdist's own groups rest on renaming items, which pytest 9 no longer lets through.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/functional/security/test_crawl.py", "tests/functional/test_demo.py",
            "tests/functional/test_command_line.py")
"""Beginnings of node ids; the tests under each stay in one process, the long ones first."""


class GroupedScheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid)
