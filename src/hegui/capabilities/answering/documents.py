"""What is searched: one document for each duty and each decoy, with all its words."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

from hegui.capabilities.answering.text import TOKENIZER_VERSION, tokens
from hegui.rulebook.obligation import AskedAs, Ladder, Obligation
from hegui.rulebook.pack import Decoy, Pack, Rulebook

Kind = Literal["rule", "decoy"]


class Document(NamedTuple):
    """An entry of a pack or a decoy (then `pack` is empty)."""

    kind: Kind
    entry: str
    pack: str
    words: tuple[str, ...]


Read = Callable[[str], tuple[str, ...]]
Words = Callable[[Iterable[str]], tuple[str, ...]]


def documents(rulebook: Rulebook, read: Read = tokens) -> tuple[Document, ...]:
    """The documents of a rulebook: every duty, the ladders that people ask for by themselves, every decoy.

    `read` cuts a text into words; who builds many indexes of nearly the same texts hands in one that remembers.
    """
    known: dict[str, str] = {}  # the same word is one object: thousands of documents share their words
    words = partial(_words, known, read)
    rules = (_of_entry(pack.id, entry, asked, words) for pack in rulebook.packs for entry, asked in _searched(pack))
    return (*rules, *(_of_decoy(decoy, words) for decoy in rulebook.decoys))


def digest(held: Sequence[Document]) -> str:
    """Changes with everything that changes a score: texts and tokenizer."""
    content = "\n".join(f"{d.kind} {d.entry} {' '.join(d.words)}" for d in held)
    return hashlib.sha256(f"{TOKENIZER_VERSION}\n{content}".encode()).hexdigest()[:16]


def _searched(pack: Pack) -> Iterator[tuple[Obligation | Ladder, AskedAs | None]]:
    phrasings = {asked.entry: asked for asked in pack.asked_as}
    yield from ((duty, phrasings.get(duty.id)) for duty in pack.obligations)
    yield from ((ladder, phrasings[ladder.id]) for ladder in pack.ladders if ladder.id in phrasings)


def _of_entry(pack: str, entry: Obligation | Ladder, asked: AskedAs | None, words: Words) -> Document:
    """Titles and keywords count twice; what the entry says and its phrasings once."""
    titles = (entry.title.zh, entry.title.en)
    says = entry.duty if isinstance(entry, Obligation) else entry.trigger
    keywords = (*asked.keywords.zh, *asked.keywords.en) if asked else ()
    phrasings = (*asked.asked_as.zh, *asked.asked_as.en) if asked else ()
    texts = (*titles, *titles, *keywords, *keywords, says.zh, says.en, *phrasings)
    return Document("rule", entry.id, pack, words(texts))


def _of_decoy(decoy: Decoy, words: Words) -> Document:
    keywords = (*decoy.keywords.zh, *decoy.keywords.en)
    return Document("decoy", decoy.id, "", words((*keywords, *keywords)))


def _words(known: dict[str, str], read: Read, texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(known.setdefault(token, token) for text in texts for token in read(text))
