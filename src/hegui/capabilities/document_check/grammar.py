"""How Chinese policies are written: headings by their form, sentences and clauses, lengths of time (pure)."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

BETWEEN_CELLS = " ｜ "
"""Stands between the cells of a row that is read as one sentence."""

NUMERAL = "一二三四五六七八九十百零〇两"
WIDE_MARKS = frozenset("（）［］｛｝，：；！？．～“”‘’")
HAN_OR_MARK = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’"
IDLE_BLANK = re.compile(rf"(?<=[{HAN_OR_MARK}])[ \t]+(?=[{HAN_OR_MARK}])")
BLANK_BY_NUMBER = re.compile(rf"(?<=第)\s+(?=[\d{NUMERAL}])|(?<=[\d{NUMERAL}])\s+(?=[章节条编篇款项页])")
BLANK_AFTER_NUMBER = re.compile(r"(?<=[\u3400-\u9fff])[ \t]+(?=\d)|(?<=\d)[ \t]+(?=[\u3400-\u9fff])")
LEAD_NUMBER = re.compile(rf"^(?:第[{NUMERAL}\d]{{1,4}}(?:[编篇章节条]|部分)|\d{{1,2}}(?:\.\d{{1,2}})*)[ \t]+")
"""The blank after a number stays: people write 第一章 总则."""

BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff）)]) +(?=[\u3400-\u9fff（(])")

FORMS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"^第[{NUMERAL}\d]{{1,4}}[编篇]"),
    re.compile(rf"^第[{NUMERAL}\d]{{1,4}}(?:章|部分)"),
    re.compile(rf"^第[{NUMERAL}\d]{{1,4}}节"),
    re.compile(rf"^第[{NUMERAL}\d]{{1,4}}条"),
    re.compile(rf"^[{NUMERAL}]{{1,3}}[、.．]"),
    re.compile(rf"^[（(][{NUMERAL}]{{1,3}}[)）]"),
    re.compile(r"^\d{1,2}[、.．\s](?!\d)"),
    re.compile(r"^\d{1,2}\.\d{1,2}(?![.\d])"),
    re.compile(r"^\d{1,2}\.\d{1,2}\.\d{1,2}(?![.\d])"),
    re.compile(r"^[（(]?\d{1,2}[)）]"),
)
HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*([1-9])$")
CONTENTS_STYLE = re.compile(r"^(?:toc|目录)\s*(?:[1-9]|heading|标题)?$")
TITLE_STYLES = ("title", "标题", "subtitle", "副标题")

CHAPTERS = 3
"""So many of the forms are headings whatever follows them."""
LONGEST_HEADING = 30
SHORT_HEADING = 12
OPENS = ("：", ":")
SEVERAL = ("、", "和", "与", "及")
"""Between things that one heading names."""

LABEL = re.compile(
    r"^\s*(?:[（(【](?P<boxed>[^，。；：()（）【】]{2,12})[)）】]|(?P<named>[^，。；：:()（）【】]{2,10})[：:](?=.))"
)
IN_A_SENTENCE = re.compile(r"[。；;！!？?，,：:]")
ENDS_SENTENCE = re.compile(r"[。！!？?；;：:]$")

SENTENCE_ENDS = re.compile(r"(?<=[。！!？?\n])")
CLAUSE = re.compile(r"[^，,；;：:。！!？?\n]+")
ENDS_CASE = "的"
"""A clause that ends so names a case: 未建立台账的，……"""

TITLE = re.compile(r"《[^》]{1,60}》")

DATES = re.compile(r"\d{4}年(\d{1,2}月(\d{1,2}[日号])?)?|\d{1,2}月\d{1,2}[日号]")
SPAN = re.compile(
    rf"(?P<before>[每隔×近]|前|第)?(?P<number>\d+(?:\.\d+)?|[{NUMERAL}]+|半)"
    rf"(?P<unit>个?小时|分钟|个?工作日|个?自然日|个?日历[日天]|个?自然月|个?周|个?星期|个月|个?季度|日|天|年)(?!度|级)"
)
DAYS_OF = {
    "分钟": 1 / 1440, "小时": 1 / 24, "工作日": 1.4, "自然日": 1, "日历日": 1, "日历天": 1, "日": 1, "天": 1,
    "自然月": 30, "周": 7, "星期": 7, "月": 30, "季度": 90, "年": 365,
}  # fmt: skip
FOR_GOOD = re.compile(r"永久|长期|一直")
HALF_A_YEAR_DAYS = 180
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100}
CONTENTS_LINE = re.compile(r"(?:\t|\.{3,}|…{2,}|·{3,}|_{3,}| {4,})\s*[-—]?\s*\d{1,3}\s*[-—]?$")
BLANK = re.compile(r"【[^】\d]{0,20}】|_{3,}|×{2,}")
"""A place to be filled in."""

PAGE_NUMBER = re.compile(r"^[-—–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·\s]*$")


def clean(text: str) -> str:
    """One spelling: half-width letters and digits, no blanks inside Chinese, punctuation left as it is printed."""
    kept = "".join(map(_folded, text))
    kept = BLANK_BY_NUMBER.sub("", kept.strip())
    lead = found.group() if (found := LEAD_NUMBER.match(kept)) else ""
    rest = BLANK_AFTER_NUMBER.sub("", IDLE_BLANK.sub("", kept[len(lead) :]))
    return (lead.strip() + " " if lead else "") + rest


@cache
def _folded(character: str) -> str:
    """One character as it is kept; nothing for a sign that is not seen."""
    folded = character if character in WIDE_MARKS else unicodedata.normalize("NFKC", character)
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cs", "Co") and (c in "\n\t" or c >= " "))


def cells_of(line: str) -> str | None:
    """A printed line that looks like the row of a table, with marks between its cells; None for other lines."""
    bare = line.strip()
    if not BETWEEN_HAN.search(bare) or form_of(clean(bare)) is not None or ENDS_SENTENCE.search(bare):
        return None
    return BETWEEN_CELLS.join(clean(cell) for cell in BETWEEN_HAN.split(bare))


def form_of(text: str) -> int | None:
    """Which form of numbering a paragraph begins with: 0 is the widest part of a document."""
    return next((rank for rank, form in enumerate(FORMS) if form.match(text)), None)


def without_number(text: str) -> str:
    """A heading without its number."""
    form = form_of(text)
    return text if form is None else FORMS[form].sub("", text, count=1).strip()


def label_of(text: str) -> str:
    """A heading inside a paragraph, 第三条（责任人）… or 培训：…, without its number; empty where there is none."""
    found = LABEL.match(without_number(text))
    return (found["boxed"] or found["named"]) if found else ""


def could_be_heading(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and not IN_A_SENTENCE.search(text)


def sentences(text: str) -> list[str]:
    return [one.strip() for one in SENTENCE_ENDS.split(text) if one.strip()]


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Where each clause begins and ends."""
    return [found.span() for found in CLAUSE.finditer(sentence)]


def tells_a_text(verbs: Sequence[str]) -> re.Pattern[str]:
    """A title or a law followed by one of these verbs: 《……法》第二十三条规定，……"""
    article = r"(?:第[^，。]{1,8}[条款项]){0,3}"
    return re.compile(rf"(?:》|法律|法规|条例){article}[^，。]{{0,4}}(?:{_any(verbs)})[，,：:]")


def names_a_reason(words: Sequence[str]) -> re.Pattern[str]:
    """One of these words before a title or a law: 按照《……法》……"""
    return re.compile(rf"(?:{_any(words)})[^，。；]{{0,12}}(?:《|法律|法规|条例)")


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time that a text names, in days, and where it stands."""

    days: float
    start: int
    repeats: bool
    """Every six months, not for six months."""


def lengths(text: str) -> list[Length]:
    """Every length of time in a text; dates are none."""
    hidden = DATES.sub(lambda date: "#" * len(date.group()), text)
    named = [one for found in SPAN.finditer(hidden) if (one := _length(found)) is not None]
    return named + [Length(math.inf, found.start(), repeats=False) for found in FOR_GOOD.finditer(text)]


def _length(found: re.Match[str]) -> Length | None:
    number, unit = _number(found["number"]), found["unit"].removeprefix("个")
    if number is None or found["before"] in ("×", "第", "前", "近"):
        return None
    days = number * DAYS_OF[unit]
    if unit == "年" and number == 1 / 2:
        days = HALF_A_YEAR_DAYS
    return Length(days, found.start("number"), found["before"] in ("每", "隔"))


def _number(written: str) -> float | None:
    if written == "半":
        return 1 / 2
    if written[0].isdigit():
        return float(written)
    total, digit = 0, 0
    for character in written:
        if character in SCALES:
            total += (digit or 1) * SCALES[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return (total + digit) or None
