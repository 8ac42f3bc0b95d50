"""Words for search: the same two functions for what is indexed and what is asked.

A text is brought into one spelling (width, case, traditional characters) and cut into Han characters and pairs, and
stemmed Latin words. What only holds a sentence together (function words) is dropped.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import snowballstemmer

from hegui.foundation.language import chinese
from hegui.rulebook.text import Language

TOKENIZER_VERSION = 4
LONGEST = 10_000  # characters read of one question; more says nothing new
MOST_TOKENS = 200  # distinct tokens asked of the index: the first ones, where people say what they want

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z0-9]+(?:'[a-z]+)?")
_FUNCTION = tomllib.loads(Path(__file__).with_name("function_words.toml").read_text(encoding="utf-8"))
_WORDS = tomllib.loads(Path(__file__).with_name("english_words.toml").read_text(encoding="utf-8"))
_ONE_FOR_MANY = {form: word for table in _WORDS.values() for word, forms in table.items() for form in forms.split()}
_FRAMES = re.compile("|".join(_FUNCTION["frames"]))
_FUNCTION_CHARACTERS = frozenset(_FUNCTION["zh"])
_FUNCTION_WORDS = frozenset(_FUNCTION["en"].split())


_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def language_of(text: str) -> Language:
    """The language to answer in when none is given: Chinese as soon as there is one Chinese character."""
    return "zh" if chinese.has_han(text) else "en"


def tokens(text: str) -> tuple[str, ...]:
    """Tokens in order, repeated ones included."""
    return tuple(_tokens(text))


def asked_tokens(text: str) -> tuple[str, ...]:
    """The distinct tokens of a question, at most so many that the longest paste is answered as fast as a line."""
    distinct: dict[str, None] = {}
    for token in _tokens(text):
        distinct[token] = None
        if len(distinct) == MOST_TOKENS:
            break
    return tuple(distinct)


def _tokens(text: str) -> Iterator[str]:
    for run in _RUN.finditer(_FRAMES.sub(" ", chinese.normalise(text[:LONGEST]))):
        yield from _han_tokens(run[0]) if _HAN.match(run[0]) else _latin_tokens(run[0])


def _han_tokens(run: str) -> list[str]:
    single = [c for c in run if c not in _FUNCTION_CHARACTERS]
    pairs = [a + b for a, b in pairwise(run) if not {a, b} <= _FUNCTION_CHARACTERS]
    return single + pairs


def _latin_tokens(run: str) -> list[str]:
    word = run.partition("'")[0]
    return [] if word in _FUNCTION_WORDS else [_stem(_ONE_FOR_MANY.get(word, word))]
