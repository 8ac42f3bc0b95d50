"""A small rules folder, complete enough for loader and lint, that tests spoil in one place."""

from pathlib import Path

LAWS = """\
laws:
  - id: tea-law
    kind: law
    title: 中华人民共和国示例法
    short: [示例法]
    english: "Example Law"
    english_short: ["Example Law"]
    versions:
      - {effective: 2015-01-01, until: 2020-01-01, articles: 10, file: old.md}
      - {effective: 2020-01-01, articles: 12, inserted: [{article: 3, number: 1}], file: tea-law.md}
    renumbered:
      - {old: 2015-01-01, new: 2020-01-01, articles: {1: 1, 2: 3}}
  - id: unheld
    kind: department-rule
    title: 示例规定
    english: "Example Rules"
    versions:
      - {effective: 2018-01-01}
"""
SHAPES = "".join(
    f"tea-law\t{day}\t{' '.join(f'{number}=2.0' for number in range(1, count + 1))}\n"
    for day, count in (("2015-01-01", 10), ("2020-01-01", 12))
)
PACK = """\
id: demo
title: {zh: 示例, en: Demo}
summary: {zh: 一个示例。, en: An example.}
version: "2026.1.1"
checked_on: 2026-01-01
reads: {tea-law: 2020-01-01, unheld: 2018-01-01}
"""
OBLIGATIONS = """\
obligations:
  - id: N01
    title: {zh: 写台账, en: Keep a ledger}
    duty: {zh: 要写台账。, en: Keep a ledger.}
    binds: {zh: 所有人, en: Everyone}
    cycle: {zh: 长期, en: Standing}
    citations:
      - {law: tea-law, article: 3, item: 1}
    ladder: [P1]
    periods: [D01]
    next_step: {zh: 先买一本。, en: Buy one first.}
    effective: 2020-01-01
"""
LADDERS = """\
ladders:
  - id: P1
    title: {zh: 没写台账, en: No ledger}
    trigger: {zh: 没有台账, en: There is no ledger}
    steps:
      - when: {zh: 发现, en: Found}
        consequence: {zh: 警告。, en: A warning.}
    citations:
      - {law: tea-law, article: 12}
    effective: 2020-01-01
"""
PERIODS = """\
periods:
  - id: D01
    name: {zh: 报告, en: Report}
    trigger: {zh: 发现, en: Discovery}
    length: {count: 3, unit: day}
    counting: calendar
    purpose: act
    citations:
      - {law: unheld, article: 4, status: secondary}
    consequence: {zh: 警告。, en: A warning.}
    status: secondary
    effective: 2018-01-01
"""
ASKED = """\
asked_as:
  - entry: N01
    keywords: {zh: [台账], en: [ledger]}
    asked_as:
      zh: [台账要怎么写？, 不记录行不行, 检查的时候看什么本子, 谁负责登记, 老板说没空弄]
      en: [how to keep a ledger, must I record this, what will they look at, who signs the book, no time for papers]
"""
CHECKLIST = """\
checklist:
  id: demo
  title: {zh: 示例自查, en: Demo self-check}
  introduction: {zh: 几个问题。, en: A few questions.}
  questions:
    - id: F01
      kind: choice
      text: {zh: 有店吗？, en: Is there a shop?}
      choices: [{value: shop, label: {zh: 有, en: Shop}}, {value: none, label: {zh: 没有, en: None}}]
    - id: Q01
      kind: yes_no
      text: {zh: 有台账吗？, en: Is there a ledger?}
      asked_when: {kind: answer_is, question: F01, any_of: [shop]}
      obligations: [N01]
      weight: high
"""
EXAMPLES = """\
examples:
  - name: {zh: 没有台账, en: No ledger}
    on: 2026-01-02
    answers: {F01: shop, Q01: no}
    findings: [{question: Q01, severity: red}]
    cites: [tea-law 3, tea-law 12]
"""
STATUTE = """\
---
title_zh: "中华人民共和国示例法"
effective: "{effective}"
articles: {articles}
---

# 中华人民共和国示例法
"""


def write(folder: Path) -> Path:
    """The whole folder, without a fault."""
    pack = folder / "demo"
    pack.mkdir(parents=True)
    (folder / "laws.yaml").write_text(LAWS, encoding="utf-8")
    (folder / "article_shapes.tsv").write_text(SHAPES, encoding="utf-8")
    for name, text in (
        ("pack", PACK),
        ("obligations", OBLIGATIONS),
        ("ladders", LADDERS),
        ("periods", PERIODS),
        ("asked_as", ASKED),
        ("checklist", CHECKLIST),
        ("examples", EXAMPLES),
    ):
        (pack / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Changes one passage of one file; the passage must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def write_statutes(folder: Path) -> Path:
    """The texts that the register speaks of."""
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    for file, effective, count in (("old.md", "2015-01-01", 10), ("tea-law.md", "2020-01-01", 12)):
        text = STATUTE.replace("{effective}", effective).replace("{articles}", str(count))
        for numeral in numerals[:count]:
            text += f"\n## 第{numeral}条\n\n应当做到：\n\n(一)写台账；\n\n（二）报告。\n\n另外一款。\n"
        if count == 12:
            text += "\n## 第三条之一\n\n不得造假。\n"
        (folder / file).write_text(text, encoding="utf-8")
    (folder / "INDEX.tsv").write_text("file\ttitle_zh\ntea-law.md\t中华人民共和国示例法\n", encoding="utf-8")
    return folder
