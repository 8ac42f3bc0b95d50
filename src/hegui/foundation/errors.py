"""The tree of errors. A Refusal is shown to the person; everything else is our fault or the machine's."""

from typing import Any


class HeguiError(Exception):
    """Root of all errors that Hegui raises on purpose."""


class Refusal(HeguiError):
    """Something the person can act on. `key` names a sentence of the catalogue, `params` fill it."""

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class EnvironmentProblem(HeguiError):
    """The machine is not as it must be: no database, wrong permissions, a wrong token. Exit code 3."""


class AnotherInstance(HeguiError):
    """Another process runs on the same database. Exit code 75."""
