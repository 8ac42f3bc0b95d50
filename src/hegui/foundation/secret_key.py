"""A secret key in a file of its own: made once, readable by its owner alone."""

import os
from pathlib import Path

from hegui.foundation.errors import EnvironmentProblem
from hegui.foundation.randomness import Randomness

KEY_BYTES = 32


def secret_key(file: Path, randomness: Randomness, *, without: str) -> bytes:
    """The key in the file, made where there is none.

    Raises EnvironmentProblem where it is damaged; `without` says what follows from removing it.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = file.read_bytes()
        if len(key) != KEY_BYTES:
            raise EnvironmentProblem(f"{file} is damaged. Bring it back from a copy, or remove it: {without}") from None
        return key
    with os.fdopen(handle, "wb") as written:
        key = randomness.secret(KEY_BYTES)
        written.write(key)
        written.flush()
        os.fsync(written.fileno())
    return key
