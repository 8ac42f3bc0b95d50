"""Checks an audit log of Hegui without Hegui: Python 3.11 alone, no package, no network. For a court's expert.

PLACE is a folder made by `hegui audit export`, or a SQLite file. Name checkpoints and keys that were kept elsewhere:
those beside the log prove less. Row: h(n) = H(0x00 | h(n-1) | JSON | H(sealed)). Checkpoint: Ed25519 over its note,
with the root of RFC 6962 over h(1)..h(n). Ends with 0 where all is whole, 1 where something is not.
"""

import argparse
import base64
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

FIELDS = ["about", "act", "actor", "algorithm", "at", "detail"]
FIELDS += ["door", "enterprise", "outcome", "salt", "seq", "subject"]
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # RFC 8032
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
Notes = dict[int, set[tuple[bytes, bytes]]]


def plus(a: Point, b: Point) -> Point:
    t, u = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    v, w = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = u - t, w - v, w + v, u + t
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n: int, point: Point) -> Point:
    found = (0, 1, 1, 0)
    while n:
        found = plus(found, point) if n & 1 else found
        point, n = plus(point, point), n >> 1
    return found


def point_of(raw: bytes) -> Point | None:
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    x = x if x & 1 == odd else P - x
    return (x, y, 1, x * y % P) if y < P and (x * x - square) % P == 0 and x < P else None


def is_signed(key: bytes, signature: bytes, text: bytes) -> bool:
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    base, h = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little")), hashlib.sha512(signature[:32] + key + text)
    if not (base and a and r and s < ORDER):
        return False
    left, right = times(s, base), plus(r, times(int.from_bytes(h.digest(), "little") % ORDER, a))
    return all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def link(before: bytes, row: dict[str, Any]) -> bytes:
    told = json.dumps({n: row[n] for n in FIELDS}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    sealed = hashlib.new(row["algorithm"], (row["sealed"] or "").encode()).digest()
    return hashlib.new(row["algorithm"], b"\0" + before + told.encode() + sealed).digest()


def lines(place: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for file in sorted(place.glob(pattern)) if place.is_dir() else [place]:
        with file.open(encoding="utf-8") as opened:
            yield from map(json.loads, opened)


def rows_of(place: Path) -> Iterator[dict[str, Any]]:
    if place.is_dir():
        return lines(place, "rows.jsonl")
    store = sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True)
    store.row_factory = sqlite3.Row
    return map(dict, store.execute("select * from audit_log order by seq"))


def notes_of(places: Iterable[Path], keys: Iterable[str], faults: list[str]) -> Notes:
    found: Notes = {}
    for one in chain.from_iterable(lines(place, "checkpoints*.jsonl") for place in places):
        size, top, head = one["note"].split("\n")[1:4]
        key, signature = base64.b64decode(one["public_key"]), base64.b64decode(one["signature"])
        if one["public_key"] in keys and is_signed(key, signature, one["note"].encode()):
            found.setdefault(int(size), set()).add((base64.b64decode(top), bytes.fromhex(head[5:])))
        else:
            faults.append(f"the checkpoint over {size} rows has a wrong signature or a key that is not trusted")
    return found


def check_all(rows: Iterable[dict[str, Any]], notes: Notes, faults: list[str]) -> str:
    edge, head, count, covered = list[bytes](), bytes(32), 0, 0
    for size, row in enumerate(rows):
        if row["seq"] != count + 1:
            faults.append(f"row {count + 1} is missing")
        elif link(head, row).hex() != row["hash"]:
            faults.append(f"row {count + 1} was changed, or does not follow the row before it")
        head, count, bits = bytes.fromhex(row["hash"]), row["seq"], size
        new = hashlib.sha256(b"\0" + head).digest()
        while bits & 1:
            new, bits = node(edge.pop(), new), bits >> 1
        edge.append(new)
        for one in notes.pop(size + 1, ()):
            root, covered = edge[-1], count
            for larger in edge[-2::-1]:
                root = node(larger, root)
            faults += [] if one == (root, head) else [f"the first {count} rows are not those that were signed"]
    faults += [f"the log ends at row {count}, but a checkpoint covers {size} rows" for size in sorted(notes)]
    return f"{count} rows; rows up to {covered} are covered by a signed checkpoint"


def check_proofs(rows: Iterable[dict[str, Any]], notes: Notes, faults: list[str]) -> str:  # RFC 9162, 2.1.3.2
    for row in rows:
        at, last, found = row["seq"] - 1, row["size"] - 1, hashlib.sha256(b"\0" + bytes.fromhex(row["hash"])).digest()
        for beside in map(bytes.fromhex, row["path"]):
            found = node(beside, found) if at & 1 or at == last else node(found, beside)
            while at == last and at and not at & 1:
                at, last = at >> 1, last >> 1
            at, last = at >> 1, last >> 1
        if link(bytes.fromhex(row["previous"]), row).hex() != row["hash"]:
            faults.append(f"row {row['seq']} was changed")
        elif last or found not in {top for top, _ in notes.get(row["size"], ())}:
            faults.append(f"row {row['seq']} is not among the first {row['size']} rows that were signed")
    return "each row was looked for among those that were signed"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("place", type=Path, metavar="PLACE")
    asked.add_argument("--checkpoints", type=Path, nargs="+", metavar="PLACE")
    asked.add_argument("--keys", type=Path, metavar="FILE")
    given, faults = asked.parse_args(), list[str]()
    keys = (given.keys or given.place / "public.keys").read_text(encoding="ascii").split()
    notes = notes_of(given.checkpoints or [given.place], keys, faults)
    check = check_proofs if "path" in next(rows_of(given.place), {}) else check_all
    said = check(rows_of(given.place), notes, faults)
    verdict = "NOT whole" if faults else "whole"
    sys.stdout.write("\n".join([*faults, said, "trusted keys: " + " ".join(keys), verdict, ""]))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
