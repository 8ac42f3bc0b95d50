"""The Merkle tree of RFC 6962 over the hashes of the chain: its root, and the proof that a row is in it. Pure.

SHA-256 whatever the chain uses. A leaf is the hash of a row in the chain, so one row is shown by itself, the hash
before it and a path; other rows stay unseen, and their salt keeps them from being guessed.
"""

import hashlib
from collections.abc import Sequence


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The whole subtrees on the right edge: enough to add leaves and to tell the root."""

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        self.size = size
        self.edge = list(edge)  # largest first, one for each bit of the size

    def add(self, data: bytes) -> None:
        new, before = leaf(data), self.size
        while before & 1:
            new = node(self.edge.pop(), new)
            before >>= 1
        self.edge.append(new)
        self.size += 1

    def root(self) -> bytes:
        if not self.edge:
            return hashlib.sha256().digest()
        found = self.edge[-1]
        for larger in reversed(self.edge[:-1]):
            found = node(larger, found)
        return found


class Tree:
    """All levels of the tree over some hashes: for proofs."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self.levels = [[leaf(one) for one in hashes]]
        while len(below := self.levels[-1]) > 1:
            pairs = [node(below[n], below[n + 1]) for n in range(0, len(below) - 1, 2)]
            self.levels.append(pairs + below[len(below) & ~1 :])

    def path(self, index: int) -> list[bytes]:
        """What must be hashed onto leaf `index` (from 0), in order, to arrive at the root."""
        found = []
        for level in self.levels[:-1]:
            if (beside := index ^ 1) < len(level):
                found.append(level[beside])
            index >>= 1
        return found


def root_by_path(data: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to (RFC 9162, 2.1.3.2); None where the path has the wrong length."""
    found, last = leaf(data), size - 1
    for beside in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            found = node(beside, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = node(found, beside)
        index, last = index >> 1, last >> 1
    return found if last == 0 else None
