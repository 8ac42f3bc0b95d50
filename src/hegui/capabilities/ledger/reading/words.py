"""Text of cells: half-width and trimmed to be kept, and further simplified to be compared."""

import re

HALF_WIDTH = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0x3000: " ",
    0xA0: " ",
    0xFEFF: None,
    0x200B: None,
    0x2212: "-",
    0xFFE5: "\xa5",
}
WIDE = re.compile("[" + "".join(re.escape(chr(code)) for code in HALF_WIDTH) + "]")
BLANKS = re.compile(r"\s+")
BETWEEN_HAN = re.compile(r"(?<=[\u2e80-\u9fff])\s+(?=[\u2e80-\u9fff])")
BRACKETED = re.compile(r"[(\[{\u3010\u3014](.*?)[)\]}\u3011\u3015]")
IDLE = re.compile(r"[\s:*_.'\"\u203b\u3001\u300a\u300b\u3002;!?]+")


def tidy(text: str) -> str:
    """Half-width, without blanks around it."""
    if not text.isascii() and WIDE.search(text):  # translating is slow, and most Chinese needs none
        text = text.translate(HALF_WIDTH)
    return text.strip()


def one_line(text: str) -> str:
    """A header as people would say it: without its line breaks."""
    return BETWEEN_HAN.sub("", BLANKS.sub(" ", text.strip()))


def plain(text: str) -> str:
    """What two spellings of the same word have in common: no blanks, no marks, small letters."""
    return IDLE.sub("", tidy(text)).casefold()
