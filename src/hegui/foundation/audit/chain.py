"""The chain (哈希链): what of a row is hashed, and how each row holds on to the one before it. Pure.

h(n) = H(0x00 ‖ h(n-1) ‖ canonical JSON of the row ‖ H(sealed)). The JSON is that of RFC 8785: names sorted, no blanks,
UTF-8, `at` in milliseconds. The fields never change under a name of `algorithm`; new columns need a new name.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from hegui.foundation.errors import EnvironmentProblem

BEGINNING = bytes(32)
FIELDS = (
    "about", "act", "actor", "algorithm", "at", "detail", "door", "enterprise", "outcome", "salt", "seq", "subject",
)  # fmt: skip
ALGORITHMS = ("sha256", "sm3")


def check_algorithm(name: str) -> None:
    """Raises EnvironmentProblem where this machine's OpenSSL cannot compute it."""
    if name not in ALGORITHMS or name not in hashlib.algorithms_available:
        raise EnvironmentProblem(f"The audit log cannot be hashed with {name} here: this OpenSSL has no {name}.")


def canonical(row: Mapping[str, Any]) -> bytes:
    """The bytes that stand for a row; `at` is in milliseconds."""
    fields = {name: row[name] for name in FIELDS}
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def link(previous: bytes, row: Mapping[str, Any]) -> bytes:
    """The hash of the row, given the hash of the row before it."""
    algorithm = row["algorithm"]
    sealed = hashlib.new(algorithm, (row["sealed"] or "").encode()).digest()
    return hashlib.new(algorithm, b"\x00" + previous + canonical(row) + sealed).digest()
