"""The child's side: limits first, then the guard, then the task. Started by `child.py` as a program of its own.

Imports little, because every upload starts one. What a library prints goes nowhere: the answer has a pipe to itself.
"""

import contextlib
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.confinement import confine
from hegui.foundation.untrusted.limits import Limits

REQUEST = Path("request.json")
"""In the working directory, which is the child's own."""


def main(parent: int) -> None:
    answers = os.dup(1)
    os.set_inheritable(answers, False)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    request = json.loads(REQUEST.read_text(encoding="utf-8"))
    REQUEST.unlink()  # so that it is not left behind if the parent is killed
    confine(Limits(**request["limits"]), parent)
    said = _written(_done(request))
    with contextlib.suppress(BrokenPipeError), open(answers, "wb") as pipe:  # noqa: PTH123  a descriptor
        pipe.write(said)
    os._exit(0)  # a native library may hang or abort while it is taken down


def _written(said: dict[str, Any]) -> bytes:
    try:
        return json.dumps(said).encode()
    except (TypeError, ValueError) as wrong:
        return json.dumps({"fault": f"the answer is no JSON: {wrong}"}).encode()


def _done(request: dict[str, Any]) -> dict[str, Any]:
    try:
        function = _function(request["task"])
    except (ImportError, AttributeError, ValueError) as wrong:
        return {"fault": f"{request['task']}: {wrong}"}
    try:
        return {"result": _run(function, request)}
    except Refusal as refusal:
        return {"refusal": refusal.key, "params": {name: _plain(value) for name, value in refusal.params.items()}}
    except MemoryError:
        os._exit(1)
    except Exception:  # noqa: BLE001  whatever a reader raises about a file is the file's
        return {"failure": _where()}


def _run(function: Callable[[Path, dict[str, Any]], Any], request: dict[str, Any]) -> Any:
    path, given = Path(request["path"]), request["given"]
    if request["wanted"] is not None:
        from hegui.foundation.untrusted.guard import inspect
        from hegui.foundation.untrusted.recognising import FileKind

        given = given | {"kind": inspect(path, frozenset(map(FileKind, request["wanted"])))}
    return function(path, given)


def _function(task: str) -> Callable[[Path, dict[str, Any]], Any]:
    module, name = task.split(":")
    found: Callable[[Path, dict[str, Any]], Any] = getattr(importlib.import_module(module), name)
    return found


def _plain(value: object) -> Any:
    return value if isinstance(value, str | int | float | None) else str(value)


def _where() -> str:
    """Kind and places of the error without its words, which may quote what the file holds."""
    kind, _, trace = sys.exc_info()
    frames = traceback.extract_tb(trace)[-4:]
    return f"{kind.__name__ if kind else ''} at {'; '.join(f'{Path(f.filename).name}:{f.lineno}' for f in frames)}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
