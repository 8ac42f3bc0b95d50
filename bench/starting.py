"""Start-up: `--help`, and from the rules on disk to the first answer. And how long one `ask` takes."""

import subprocess
import sys
import time
from datetime import date

from bench.measuring import line, percentile

ROUNDS = 7
QUESTIONS = (
    "没有应急预案会怎样",
    "日志要留多久",
    "网站没在公安备案会罚款吗",
    "员工信息泄露了怎么办",
    "等保多久测评一次",
    "怎么离婚",
    "What happens without an emergency plan?",
    "How long must we keep network logs?",
    "Our site was never filed with the police",
    "How do I get a mortgage?",
)
START = """
import time
began = time.perf_counter()
from hegui.rulebook.loader import default_folder, load
rulebook = load(default_folder())
read = time.perf_counter()
from hegui.capabilities.answering.service import Answering
answering = Answering(rulebook)
from datetime import date
answering.ask("日志要留多久", "zh", date(2026, 11, 24))
print(read - began, time.perf_counter() - read)
"""


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _start() -> tuple[float, float]:
    """Seconds for reading the rules, and from there to the first answer (imports and index included)."""
    said = subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True).stdout
    reading, indexing = (float(part) for part in said.split())
    return reading, indexing


def _ask_milliseconds() -> list[float]:
    from hegui.capabilities.answering.service import Answering
    from hegui.rulebook.loader import default_folder, load

    answering = Answering(load(default_folder()))
    taken = []
    for _ in range(200):
        for question in QUESTIONS:
            began = time.perf_counter()
            answering.ask(question, None, date(2026, 11, 24))
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def run() -> None:
    bare = [_seconds([sys.executable, "-c", "pass"]) for _ in range(ROUNDS)]
    shown = [_seconds([sys.executable, "-m", "hegui", "--help"]) for _ in range(ROUNDS)]
    line("hegui --help", seconds=percentile(shown, 50), bare_python=percentile(bare, 50))
    starts = [_start() for _ in range(ROUNDS)]
    line(
        "start of the index, first answer included",
        reading_rules_s=percentile([reading for reading, _ in starts], 50),
        index_s=percentile([indexing for _, indexing in starts], 50),
    )
    taken = _ask_milliseconds()
    line("ask", p50_ms=percentile(taken, 50), p99_ms=percentile(taken, 99))


if __name__ == "__main__":
    run()
