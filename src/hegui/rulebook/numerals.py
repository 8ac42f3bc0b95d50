"""Chinese numerals and article headings as statutes print them: 二十三, 一百零五, 第二百八十六条之一."""

DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")


def chinese(number: int) -> str:
    """A number from 1 to 9999 in words."""
    if not 0 < number < 10_000:
        message = f"no article has the number {number}"
        raise ValueError(message)
    words = ""
    for place, digit in enumerate(reversed(str(number))):
        words = _placed(int(digit), UNITS[place], words) + words
    return words.removeprefix("一") if 10 <= number < 20 else words


def heading(article: int, inserted: int | None) -> str:
    """The name of an article; one inserted later stands after another and has a number of its own."""
    return f"第{chinese(article)}条" + (f"之{chinese(inserted)}" if inserted else "")


def _placed(digit: int, unit: str, after: str) -> str:
    """One digit with its unit; a nought is said once, and only where something follows."""
    if digit:
        return DIGITS[digit] + unit
    return "" if not after or after.startswith("零") else "零"
