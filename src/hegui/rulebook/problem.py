"""What can be wrong with the files in `rules/`; all problems of all files are raised together."""

from collections.abc import Iterable
from dataclasses import dataclass

from hegui.foundation.errors import HeguiError


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one file, with its line where it has one. `entry` is the id by which its line can be found."""

    file: str
    line: int | None
    message: str
    entry: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class RulesProblem(HeguiError):
    """The rules cannot be read. The text names file, line and fault of every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
