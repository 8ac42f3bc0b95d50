"""How many paragraphs (款) and items (项) articles have: what `cite` needs to check them without any statute text."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from hegui.rulebook.problem import Problem, RulesProblem

FILE = "article_shapes.tsv"
PLAIN = (0,)  # one paragraph without items: articles of this shape are not listed

Shape = tuple[int, ...]  # the number of items of each paragraph
Key = str  # of one version of a law


class Shapes(NamedTuple):
    """The shapes of one version, by article: 23, or 286-1 for one inserted."""

    listed: Mapping[str, Shape]

    def holds(self, article: int, inserted: int | None, paragraph: int | None, item: int | None) -> bool:
        """Whether the article, which exists, has such a paragraph and such an item."""
        shape = self.listed.get(name(article, inserted), PLAIN)
        if paragraph is not None and not 1 <= paragraph <= len(shape):
            return False
        items = shape if paragraph is None else (shape[paragraph - 1],)
        return item is None or 1 <= item <= max(items)

    def read_bracket(self, article: int, inserted: int | None, number: int) -> tuple[int | None, int | None]:
        """What a bare number in brackets is: a paragraph where there are so many, else an item."""
        shape = self.listed.get(name(article, inserted), PLAIN)
        return (number, None) if number <= len(shape) and len(shape) > 1 else (None, number)


def key(law: str, effective: date) -> Key:
    return f"{law} {effective}"


def name(article: int, inserted: int | None) -> str:
    return f"{article}-{inserted}" if inserted else str(article)


def read(source: bytes) -> Mapping[Key, Shapes]:
    """Law, day and `article=items.items` for each article that is not plain; # begins a line for people."""
    return dict(_rows(source.decode("utf-8")))


def written(law: str, effective: date, shapes: Mapping[str, Shape]) -> str:
    """One line of the file."""
    told = (f"{article}={'.'.join(map(str, shape))}" for article, shape in shapes.items() if shape != PLAIN)
    return f"{law}\t{effective}\t{' '.join(told)}"


def _rows(text: str) -> Iterator[tuple[Key, Shapes]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            law, effective, told = line.split("\t")
            pairs = (one.split("=") for one in told.split())
            shapes = {article: tuple(map(int, counts.split("."))) for article, counts in pairs}
            yield key(law, date.fromisoformat(effective)), Shapes(shapes)
        except ValueError:
            raise RulesProblem([Problem(FILE, number, "needs a law, a day and the shapes of its articles")]) from None
