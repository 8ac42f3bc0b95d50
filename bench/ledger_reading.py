"""A purchase ledger of 100,000 rows × 23 columns: seconds and memory of reading it, in a process of its own."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import xlsxwriter

from bench.measuring import folder, line
from hegui.capabilities.ledger.reading import read_book
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.loader import default_folder, load

ROWS = 100_000
HEADERS = (
    "日期", "品名", "CAS号", "浓度", "规格", "单位", "数量", "供应商", "供应商许可或备案证号", "购买备案证明编号",
    "备案单位", "备案品名", "备案有效期起", "备案有效期止", "备案许可数量", "备案证明类型(一次/多次)", "付款方式",
    "发票号",
    "运输许可或备案证号", "经办人", "复核人", "向公安报告日期", "备注",
)  # fmt: skip
FIRST_DAY = 44_562  # 2022-01-01


def write(path: Path) -> None:
    """Days as dates, amounts as numbers, numbers of papers all different, as a real ledger has them."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("购买")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["易制毒化学品购买台账"])
        sheet.write_row(1, 0, HEADERS)
        for row in range(ROWS):
            words = (
                "盐酸", "7647-01-0", "36%", "25kg/桶", "kg", 25 * (row % 40) + 0.5, "宁波某化工有限公司", f"浙{row:08}",
                f"33010{row // 10:09}", "杭州某制药有限公司", "盐酸",
            )  # fmt: skip
            after = (1000, "多次", "银行转账", f"{20_000_000 + row}", f"运{row:07}", "王建国", "李秀英")
            sheet.write_number(row + 2, 0, FIRST_DAY + row // 80, day)
            sheet.write_row(row + 2, 1, words)
            sheet.write_number(row + 2, 12, FIRST_DAY, day)
            sheet.write_number(row + 2, 13, FIRST_DAY + 2000, day)
            sheet.write_row(row + 2, 14, after)
            sheet.write_number(row + 2, 21, FIRST_DAY + row // 80 + 3, day)
            sheet.write_string(row + 2, 22, "无")


def measure(path: Path) -> None:
    """Reads the file and prints what it cost."""
    headers = load(default_folder()).ledger_headers
    assert headers
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    book = read_book(path, FileKind.xlsx, headers)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert len(book.entries) == ROWS
    assert not book.unread
    line(
        "ledger of 100,000 x 23 read",
        seconds=seconds,
        cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        mb_before=before.ru_maxrss / 1024,
        peak_mb=after.ru_maxrss / 1024,
    )


def run() -> None:
    """Writes the ledger and reads it in a fresh process."""
    with folder() as where:
        path = where / "ledger.xlsx"
        write(path)
        subprocess.run([sys.executable, "-m", "bench.ledger_reading", str(path)], check=True)


if __name__ == "__main__":
    measure(Path(sys.argv[1])) if len(sys.argv) > 1 else run()
