"""The verifier as one file: the modules it is made of, one after the other, so that it runs without jiebang."""

import ast
import functools
import pathlib

MODULES = ("faults", "merkle", "canonical", "note", "checkpoint", "proof", "entry", "archive", "trust", "report",
           "verify")
"""In the order of their imports: each needs only those before it."""

HEADER = '''#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""揭榜佐证包的离线校验程序：python3 verify.py 佐证包.zip --vkey 公钥 --paper 条数:根哈希

Made from the modules of jiebang's ledger package. Needs Python 3.11 and the cryptography library, no network.
"""
'''


@functools.cache
def verifier_source() -> bytes:
    """The Python source of the stand-alone verifier, the same bytes every time."""
    return "\n\n".join([HEADER, *map(_section, MODULES)]).encode()


def _section(name: str) -> str:
    """A module without its docstring and without its imports from this package, whose names stand further up."""
    text = pathlib.Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    lines = text.splitlines()
    docstring, *statements = ast.parse(text).body
    dropped = [docstring] + [node for node in statements
                             if isinstance(node, ast.ImportFrom) and str(node.module).startswith("ledger.")]
    for node in dropped:
        lines[node.lineno - 1:node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    return f"# --- ledger/{name}.py\n" + "\n".join(lines).strip() + "\n"
