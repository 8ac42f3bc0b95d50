"""Writes rules/ANSWERS.md: ten typical questions with their answers as `hegui ask` prints them.

    python bench/answer_cards.py

A test asks the same questions again and compares. Run this after a change of rules or of wording.
"""

from datetime import date
from pathlib import Path

from hegui.capabilities.answering.service import Answering
from hegui.rulebook.loader import default_folder, load

ON = date(2026, 11, 24)
FILE = Path(__file__).parents[1] / "rules" / "ANSWERS.md"
QUESTIONS: tuple[tuple[str, date, str | None], ...] = (
    ("网络日志要留多久", ON, None),
    ("网络日志没留够六个月会罚多少", date(2025, 12, 31), None),
    ("买盐酸之前要办什么手续", ON, None),
    ("盐酸用不完，能转让给隔壁厂吗", ON, "CN-33-06-03"),
    ("住客没带身份证能给开房吗", ON, None),
    ("第一次违法改得快，是不是就不罚了", ON, "CN-36-01"),
    ("对罚款决定不服，多少天内能申请行政复议", ON, None),
    ("网络安全法第27条", ON, None),
    ("How soon must we report a sale of potassium permanganate?", ON, None),
    ("加班费怎么算", ON, None),
)
HEAD = """\
# Ten answers

As the terminal prints them, for the day named. Written by `bench/answer_cards.py`; a test asks again and compares.
"""


def command(question: str, on: date, locality: str | None) -> str:
    """What a person types to get the answer."""
    return f'hegui ask --on {on}{f" --locality {locality}" if locality else ""} "{question}"'


def cards() -> str:
    answering = Answering(load(default_folder()))
    blocks = [HEAD]
    for question, on, locality in QUESTIONS:
        text = answering.as_json(answering.ask(question, None, on, locality), None)["text"]
        blocks.append(f"```text\n$ {command(question, on, locality)}\n{text}\n```\n")
    return "\n".join(blocks)


if __name__ == "__main__":
    FILE.write_text(cards(), encoding="utf-8")
