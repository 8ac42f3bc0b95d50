"""Checkpoints (检查点): how long the log is and what its root is, signed with Ed25519, kept in the store and outside.

The note is text: origin, size, root in base64, then the last hash and the time. A line of a checkpoint file is a JSON
object of note, signature and public key; files are only added to, so they fit on a medium that cannot be rewritten.
"""

import base64
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hegui.foundation.errors import EnvironmentProblem

KEYS_FILE = "public.keys"
ORIGIN = "hegui-audit/"


@dataclass(frozen=True)
class Checkpoint:
    """A signed note; public key and signature are in base64."""

    note: str
    signature: str
    public_key: str

    @property
    def size(self) -> int:
        return int(self._lines[1])

    @property
    def root(self) -> bytes:
        return base64.b64decode(self._lines[2], validate=True)

    @property
    def head(self) -> bytes:
        return bytes.fromhex(self._lines[3].removeprefix("head "))

    @property
    def _lines(self) -> list[str]:
        return self.note.split("\n")

    def line(self) -> str:
        parts = {"note": self.note, "signature": self.signature, "public_key": self.public_key}
        return json.dumps(parts, sort_keys=True) + "\n"

    def is_signed(self) -> bool:
        """Whether the signature is one of the key that is named."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.public_key))
            key.verify(base64.b64decode(self.signature), self.note.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """Signs notes with the key of a file that nobody but its owner can read."""

    def __init__(self, secret: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public_key = base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, *, origin: bytes, size: int, root: bytes, head: bytes, at: datetime) -> Checkpoint:
        """`origin` is the hash of the first row: no two logs share it."""
        when = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        lines = (ORIGIN + origin.hex()[:16], str(size), base64.b64encode(root).decode(), f"head {head.hex()}", when)
        note = "\n".join(lines) + "\n"
        return Checkpoint(note, base64.b64encode(self._key.sign(note.encode())).decode(), self.public_key)


def month_file(at: datetime) -> str:
    return f"checkpoints-{at:%Y-%m}.jsonl"


def keep_outside(folder: Path, checkpoints: Sequence[tuple[datetime, Checkpoint]]) -> None:
    """Adds them to the files of their months, and the public key to the list of keys; on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, checkpoint in checkpoints:
        _append(folder / month_file(at), checkpoint.line())
    known = read_keys(folder)
    for key in dict.fromkeys(checkpoint.public_key for _, checkpoint in checkpoints):
        if key not in known:
            _append(folder / KEYS_FILE, key + "\n")


def _append(file: Path, line: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    with os.fdopen(handle, "ab") as written:
        written.write(line.encode())
        written.flush()
        os.fsync(written.fileno())


def read_checkpoints(places: Iterable[Path]) -> Iterator[Checkpoint]:
    """Those of files, and of all checkpoint files of folders. Raises EnvironmentProblem where one is not readable."""
    for place in places:
        files = sorted(place.glob("checkpoints*.jsonl")) if place.is_dir() else [place]
        for file in files:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                yield _read(line, f"{file}:{number}")


def _read(line: str, where: str) -> Checkpoint:
    try:
        parts = json.loads(line)
        found = Checkpoint(str(parts["note"]), str(parts["signature"]), str(parts["public_key"]))
        _ = found.size, found.root, found.head
    except (ValueError, KeyError, IndexError, TypeError) as problem:
        raise EnvironmentProblem(f"{where} is not a checkpoint.") from problem
    return found


def read_keys(place: Path) -> set[str]:
    """The public keys of a file, or of the key file of a folder; none where there is no such file."""
    file = place / KEYS_FILE if place.is_dir() else place
    return set(file.read_text(encoding="ascii").split()) if file.exists() else set()
