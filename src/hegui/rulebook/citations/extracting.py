"""Finds citations in a text (抽取), Chinese and English, in lists and ranges. Says nothing of their truth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hegui.foundation.language.chinese import Spelled, is_han, spell
from hegui.rulebook.citations import grammar
from hegui.rulebook.citations.names import Named, Names

LONGEST_RANGE = 60  # articles; a longer one is read as its two ends
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Place:
    """One article of a list, with what stands below it.

    `bracket` is the number of Art. 23(3), which in English may be a paragraph or an item: the article tells.
    """

    article: int
    inserted: int | None = None
    paragraph: int | None = None
    item: int | None = None
    bracket: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One article that a text names. `label`: the year written to the title; `older`: the version before is meant."""

    raw: str
    start: int
    end: int
    named: Named
    place: Place
    label: int | None = None
    older: bool = False


@dataclass(frozen=True, slots=True)
class _Title:
    """A title in front of its articles."""

    start: int
    named: Named
    label: int | None = None
    older: bool = False


@dataclass
class Extracting:
    """One reading of a text. Short forms that it defines hold until its end."""

    names: Names
    original: str
    _short: dict[str, _Title] = field(default_factory=dict)
    _last: _Title | None = None

    def mentions(self) -> Iterator[Mention]:
        """In the order of the text."""
        spelled = spell(self.original)
        found = [*self._chinese(spelled), *self._english(spelled)]
        yield from sorted(found, key=lambda mention: mention.start)

    def _chinese(self, spelled: Spelled) -> Iterator[Mention]:
        for group in grammar.ARTICLES.finditer(spelled.text):
            if title := self._title_before(spelled.text[: group.start()]):
                self._last = title
                yield from _mentions(spelled, title, group.end(), _places(group[0]))

    def _title_before(self, text: str) -> _Title | None:
        """The title that a list of articles belongs to: in marks, bare, or carried on from the one before."""
        text = grammar.BETWEEN.sub("", text)
        if defined := grammar.SHORT_FORM.search(text):
            title = self._title_before(text[: defined.start()])
            if title:
                self._short[defined["short"]] = title
            return title
        label = grammar.LABEL.search(text)
        if label:
            text = text[: label.start()]
        title = self._quoted(text) if text.endswith("》") else self._bare(text)
        return replace(title, label=int(label["label"])) if title and label else title

    def _quoted(self, text: str) -> _Title | None:
        start = _opening(text)
        if start is None or len(text) - start > LONGEST_TITLE:
            return None
        title = text[start + 1 : -1]
        if kept := self._short.get(title):
            return replace(kept, start=start)
        label = grammar.LABEL.search(title)
        inside = title[: label.start()] if label else title
        named = self.names.exactly(inside) or self._invented(inside, in_marks=True)
        if named is None:
            return None
        found = _Title(start, named, int(label["label"]) if label else None)
        self._note_short_forms(text, found)
        return _dated(text[:start], found)

    def _note_short_forms(self, text: str, title: _Title) -> None:
        """Names that the text itself gives to its laws: （以下简称《处罚法》）."""
        for defined in re.finditer(r"《([^《》]{2,60})》\(以?下?简称[:“\"]?《?([^()《》“”\"]{2,30})》?[”\"]?\)", text):
            if named := self.names.exactly(defined[1]):
                self._short[defined[2]] = _Title(title.start, named)

    def _bare(self, text: str) -> _Title | None:
        if applying := grammar.APPLYING.search(text):
            named = self.names.exactly(applying[0]) or self.names.unknown(applying[0])
            return _Title(applying.start(), named)
        begin = len(text)
        while begin and len(text) - begin < LONGEST_TITLE and _may_name(text[begin - 1]):
            begin -= 1
        run = text[begin:]
        for short, kept in self._short.items():
            if run.endswith(short):
                return replace(kept, start=len(text) - len(short))
        if found := self.names.at_the_end_of(run):
            return self._known(text[:begin], run, *found)
        return self._carried(text) if grammar.CARRIED.search(text) else self._unknown(begin, run)

    def _known(self, before: str, run: str, start: int, named: Named) -> _Title:
        """A name of a law at the end of a run; with a place before it, it is another law."""
        if named.law is not None and _is_longer(run[:start]):
            return _Title(len(before), self.names.unknown(run))
        return _dated(before + run[:start], _Title(len(before) + start, named))

    def _carried(self, text: str) -> _Title | None:
        """本法, 同法, 该条例: the law named last, if it is of that kind."""
        carried = grammar.CARRIED.search(text)
        if carried and self._last and self._last.named.title.endswith(carried["kind"]):
            return replace(self._last, start=carried.start())
        return None

    def _unknown(self, begin: int, run: str) -> _Title | None:
        """A bare title that nobody knows, from the last word that leads up to one."""
        lead = grammar.LEADING.match(run)
        title = (run[lead.end() :] if lead else run).lstrip(grammar.LEADING_LETTERS)
        named = self._invented(title, in_marks=False)
        return _Title(begin + len(run) - len(title), named) if named else None

    def _invented(self, title: str, in_marks: bool) -> Named | None:
        """Not everything that is called a rule is law: a company's own rules and contracts are no citations."""
        if not grammar.LAST_KIND.search(title) or grammar.NO_TITLE.match(title) or grammar.OWN_RULE.search(title):
            return None
        least = 2 if in_marks or grammar.COMPLETE_KIND.search(title) else 6
        return self.names.unknown(title) if len(title) > least else None

    def _english(self, spelled: Spelled) -> Iterator[Mention]:
        for group in grammar.EN_ARTICLES.finditer(spelled.text):
            places = list(_english_places(group["list"]))
            before = spelled.text[: group.start()]
            if after := self._english_after(spelled, group.end()):
                title, end = after
                yield from _mentions(spelled, replace(title, start=group.start()), end, places)
            elif title_before := self._english_before(spelled, before) or self._title_before(before.rstrip(" ,")):
                yield from _mentions(spelled, title_before, group.end(), places)

    def _english_after(self, spelled: Spelled, end: int) -> tuple[_Title, int] | None:
        """Article 33 of the Administrative Penalty Law; also Art. 33 APL."""
        lead = grammar.EN_LAW_AFTER.match(spelled.text[end:])
        begin = end + lead.end() if lead else end + 1
        if not lead and spelled.text[end : end + 1] != " ":
            return None
        if spelled.text[begin : begin + 1] == "《":
            return self._quoted_after(spelled, begin)
        run = _title_run(spelled, begin)
        for stop in _ends(run):
            named = self.names.exactly(run[:stop])
            if named is None and lead and stop == len(run) and _is_title(run):
                named = self.names.unknown_english(run)
            if named:
                year = grammar.EN_YEAR.match(spelled.text[begin + stop :])
                label = int(year["year"]) if year else None
                return _Title(begin, named, label), begin + stop + (year.end() if year else 0)
        return None

    def _quoted_after(self, spelled: Spelled, begin: int) -> tuple[_Title, int] | None:
        closing = spelled.text.find("》", begin)
        title = self._quoted(spelled.text[: closing + 1]) if closing > 0 else None
        return (title, closing + 1) if title else None

    def _english_before(self, spelled: Spelled, before: str) -> _Title | None:
        """Administrative Penalty Law, Art. 33; also Cybersecurity Law (2016) Article 21."""
        trimmed = before.rstrip(" ,:")
        label = grammar.LABEL.search(trimmed)
        if label:
            trimmed = trimmed[: label.start()].rstrip()
        end = len(trimmed)
        for start in _starts(trimmed):
            raw = spelled.raw(start, end) if start < end else ""
            if named := self.names.exactly(raw):
                return _Title(start, named, int(label["label"]) if label else None)
        run = re.search(rf"{grammar.EN_TITLE.pattern}$", spelled.raw(0, end)) if end else None
        if run and _is_title(run[0]):
            return _Title(end - len(run[0]), self.names.unknown_english(run[0].removeprefix("the ")))
        return None


def _mentions(spelled: Spelled, title: _Title, end: int, places: list[Place]) -> Iterator[Mention]:
    raw = spelled.raw(title.start, end)
    start, stop = spelled.places[title.start], spelled.places[end - 1] + 1
    for place in places:
        yield Mention(raw, start, stop, title.named, place, title.label, title.older)


def _places(group: str) -> list[Place]:
    """The articles of a list such as 第三十二条、第三十三条至第三十五条第一款."""
    places: list[Place] = []
    for piece in grammar.PIECE.finditer(group):
        place = Place(
            grammar.number(piece["number"]),
            grammar.number(piece["inserted"][1:]) if piece["inserted"] else None,
            *_below(piece["tail"]),
        )
        if piece["sep"] and grammar.IS_TO.match(piece["sep"]) and places:
            places.extend(_between(places[-1], place))
        places.append(place)
    return list(dict.fromkeys(places))


def _below(tail: str) -> tuple[int | None, int | None]:
    """The first paragraph and the first item named."""
    paragraph, item = grammar.PARAGRAPH.search(tail), grammar.ITEM.search(tail)
    return (
        grammar.number(paragraph[1]) if paragraph else None,
        grammar.number(item[1]) if item else None,
    )


def _between(first: Place, last: Place) -> Iterator[Place]:
    if 0 < last.article - first.article <= LONGEST_RANGE:
        yield from (Place(number) for number in range(first.article + 1, last.article))


def _english_places(listed: str) -> Iterator[Place]:
    places: list[Place] = []
    for piece in grammar.EN_PIECE.finditer(listed):
        place = _english_place(piece)
        second = int(piece["second"]) if piece["second"] else None
        if piece["sep"] in grammar.EN_TO and places:
            places.extend(_between(places[-1], place))
        if second and second <= place.article:
            place = replace(place, inserted=second)  # 286-1 is 286之一
        places.append(place)
        if second and second > place.article:
            places.extend((*_between(place, Place(second)), Place(second)))
    yield from dict.fromkeys(places)


def _english_place(piece: re.Match[str]) -> Place:
    """Art. 23(3), Art. 23(1)(3), Art. 23, para. 1, item (3)."""
    article = int(piece["number"])
    if named := [int(number) for number in re.findall(r"\d+", piece["words"])]:
        return Place(article, None, *[*named, None][:2])
    brackets = [int(number) for number in re.findall(r"\d+", piece["below"])]
    return (
        Place(article, bracket=brackets[0])
        if len(brackets) == 1
        else Place(article, None, *[*brackets, None, None][:2])
    )


def _opening(text: str) -> int | None:
    """Where the marks that close at the end of a text open, nested ones included."""
    depth = 0
    for place in range(len(text) - 1, max(-1, len(text) - LONGEST_TITLE), -1):
        depth += (text[place] == "》") - (text[place] == "《")
        if depth == 0:
            return place
    return None


def _may_name(character: str) -> bool:
    return is_han(character) or (character.isascii() and character.isalnum()) or character in "〈〉"


def _is_longer(before: str) -> bool:
    """A place right before a name makes it another law: 浙江省网络安全法."""
    return bool(before) and re.search(rf"(?:{grammar.PLACE.pattern})(?:实施)?$", before) is not None


def _dated(before: str, title: _Title) -> _Title:
    """The year or the word "old" right before a title says which version is meant."""
    if title.label is None and (year := grammar.YEAR_BEFORE.search(before)):
        return replace(title, label=int(year["label"]), start=year.start())
    if older := grammar.OLDER_BEFORE.search(before):
        return replace(title, older=True, start=older.start())
    return title


def _title_run(spelled: Spelled, begin: int) -> str:
    """The capitalised words from a place on, in the original's letters."""
    tail = spelled.raw(begin, min(len(spelled.text), begin + LONGEST_TITLE)) if begin < len(spelled.text) else ""
    run = grammar.EN_TITLE.match(tail)
    return run[0].rstrip() if run else re.match(r"[\w\u3400-\u9fff]*", tail)[0]  # type: ignore[index]


def _is_title(run: str) -> bool:
    """Whether capitalised words name a law; "the law" or "the Regulation" alone does not."""
    capitals = [word for word in run.split() if word[0].isupper()]
    return len(capitals) > 1 and grammar.EN_KIND.search(run) is not None


def _ends(run: str) -> Iterator[int]:
    """Where a title may end: with the run, or before one of its later words."""
    yield len(run)
    yield from (blank.start() for blank in reversed(list(re.finditer(r"\s+", run))))


def _starts(text: str) -> Iterator[int]:
    """Where an English title that ends with a text may begin: earliest first, so that the longest wins."""
    first = max(0, len(text) - LONGEST_TITLE)
    yield from (word.start() for word in re.finditer(r"(?<![A-Za-z0-9])[A-Za-z]", text) if word.start() >= first)
