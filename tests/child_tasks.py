"""Tasks for the child process: one that reads any file as the house would, and some that misbehave."""

import csv
import io
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

from hegui.foundation.errors import Refusal


def read(path: Path, given: dict[str, Any]) -> Any:
    """Reads the file with the reader of its kind, without any care, and says how much there is."""
    return {"xlsx": _workbook, "xls": _workbook, "csv": _table, "docx": _document, "pdf": _pdf}[given["kind"]](path)


def _workbook(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    return sum(1 for _ in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())


def _table(path: Path) -> int:
    csv.field_size_limit(20_000_000)
    return sum(1 for _ in csv.reader(io.StringIO(path.read_bytes().decode("gb18030"))))


def _document(path: Path) -> int:
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as part:
        return sum(1 for _ in etree.iterparse(part, resolve_entities=False, no_network=True, huge_tree=False))


def _pdf(path: Path) -> int:
    import pypdfium2

    return sum(page.get_textpage().count_chars() for page in pypdfium2.PdfDocument(path))


def echo(path: Path, given: dict[str, Any]) -> Any:
    return {"name": path.name, "given": given}


def refuse(_path: Path, given: dict[str, Any]) -> Any:
    raise Refusal("upload.too_many_rows", limit=given["limit"])


def fail(_path: Path, _given: dict[str, Any]) -> Any:
    raise ZeroDivisionError("the secret words of a cell")


def abort(_path: Path, _given: dict[str, Any]) -> Any:
    os.abort()


def hang(_path: Path, given: dict[str, Any]) -> Any:
    Path(given["started"]).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def spin(_path: Path, _given: dict[str, Any]) -> Any:
    while True:
        pass


def swell(_path: Path, _given: dict[str, Any]) -> Any:
    return len(bytearray(2 * 1024**3))


def write_much(_path: Path, given: dict[str, Any]) -> Any:
    Path(given["target"]).write_bytes(bytes(2 * 1024 * 1024))


def write_little(_path: Path, given: dict[str, Any]) -> Any:
    Path(given["target"]).write_bytes(b"copy")


def answer_much(_path: Path, _given: dict[str, Any]) -> Any:
    return "x" * (20 * 1024 * 1024)


def answer_garbage(_path: Path, _given: dict[str, Any]) -> Any:
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, b"{{{ no JSON")
        except OSError:
            continue
    os._exit(0)


def print_garbage(_path: Path, _given: dict[str, Any]) -> Any:
    print("garbage", flush=True)  # noqa: T201
    print("garbage", file=sys.stderr, flush=True)  # noqa: T201
    os.write(1, b"garbage")
    return "clean"


def return_no_json(_path: Path, _given: dict[str, Any]) -> Any:
    return object()


def fork(_path: Path, given: dict[str, Any]) -> Any:
    """Tries to leave a process behind."""
    if os.fork() == 0:
        os.setsid()
        Path(given["started"]).write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(60)
        os._exit(0)
    time.sleep(60)


def start_thread(_path: Path, _given: dict[str, Any]) -> Any:
    said: list[str] = []
    thread = threading.Thread(target=said.append, args=("from a thread",))
    thread.start()
    thread.join()
    return said


def reach_network(_path: Path, given: dict[str, Any]) -> Any:
    try:
        with socket.create_connection(("127.0.0.1", given["port"]), timeout=2):
            return "reached"
    except OSError:
        return "not reached"


def surroundings(_path: Path, _given: dict[str, Any]) -> Any:
    """What the child knows of its parent: variables and open descriptors."""
    opened = []
    for descriptor in range(3, 32):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        opened.append(descriptor)
    return {"variables": dict(os.environ), "opened": opened}


def lift_limits(_path: Path, _given: dict[str, Any]) -> Any:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (ValueError, OSError):
        return "kept"
    return "lifted"
