"""Where the socket lies: in the data folder, or, where that path is too long for a socket, in a short folder of its own
that a file in the data folder names."""

import tempfile
from pathlib import Path

LONGEST_PATH = 100  # bytes; the kernel takes 107
SOCKET = "hegui.sock"
ELSEWHERE = "hegui.sock.path"


def choose(data_dir: Path) -> Path:
    """A path that a socket can be bound to; nothing lies there any more."""
    found = find(data_dir)
    found.unlink(missing_ok=True)
    if found.parent.is_dir():
        return found
    folder = Path(tempfile.mkdtemp(prefix="hegui-"))  # open to its owner alone
    _note(data_dir).write_text(str(folder), encoding="utf-8")
    return folder / SOCKET


def find(data_dir: Path) -> Path:
    """Where a running program listens, if one runs."""
    usual = data_dir.absolute() / SOCKET
    if len(bytes(usual)) <= LONGEST_PATH:
        return usual
    note = _note(data_dir)
    named = note.read_text(encoding="utf-8") if note.exists() else "/nonexistent"
    return Path(named) / SOCKET


def give_up(place: Path, data_dir: Path) -> None:
    """Takes the socket away, and the short folder with it."""
    place.unlink(missing_ok=True)
    note = _note(data_dir)
    if note.exists() and place.parent != data_dir.absolute():
        note.unlink()
        place.parent.rmdir()


def _note(data_dir: Path) -> Path:
    return data_dir / ELSEWHERE
