"""Measures answering over a folder of development questions, and sets its threshold.

    python bench/answers.py --questions DIR [--rules DIR] [--tune] [--show]

DIR holds dev_questions.jsonl and dev_out_of_scope.jsonl. A question is in scope when its domain is a pack's id;
those of other domains are counted apart. `--tune` writes the threshold to answering.yaml in the rules folder.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from hegui.capabilities.answering.decisions import score
from hegui.capabilities.answering.index import SearchIndex, documents, of_entry
from hegui.capabilities.answering.service import Answering
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.obligation import AskedAs
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
REFUSED_AT_LEAST = 0.9
ANSWERED_AT_LEAST = 0.8


@dataclass(frozen=True)
class Asked:
    """A question with the score it reached and the articles of the best duty, best first."""

    id: str
    language: Language
    text: str
    group: str  # in, other, out
    expected: tuple[tuple[str, int], ...]
    score: float
    best: str
    cited: tuple[tuple[str, int], ...]
    seconds: float

    def right(self, among: int) -> bool:
        return bool(set(self.expected) & set(self.cited[:among]))


def main() -> None:
    options = _options()
    started = time.perf_counter()
    rulebook = load(options.rules)
    loaded = time.perf_counter()
    answering = Answering(rulebook)
    built = time.perf_counter()
    print(f"rules read in {loaded - started:.3f} s, index built in {built - loaded:.3f} s")
    answering.ask("網絡", "zh", options.on)  # the converter loads with the first Chinese question
    asked = list(_ask_all(answering, rulebook, options.questions, options.on))
    _print_times([one.seconds for one in asked])
    thresholds = {language: answering.threshold(language) for language in LANGUAGES}
    if options.tune:
        thresholds = {language: tuned([a for a in asked if a.language == language]) for language in LANGUAGES}
    for language in LANGUAGES:
        _print_figures(language, thresholds[language], [a for a in asked if a.language == language], options.show)
    if options.tune:
        _write(options.rules / "answering.yaml", thresholds, asked, answering.index.digest)
    _print_left_out(rulebook)


def _today() -> date:
    return datetime.now(UTC).date()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--rules", type=Path, default=default_folder())
    parser.add_argument("--on", type=date.fromisoformat, default=_today())
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--show", action="store_true", help="print every question, lowest score first")
    return parser.parse_args()


def _ask_all(answering: Answering, rulebook: Rulebook, folder: Path, on: date) -> Iterator[Asked]:
    packs = {pack.id for pack in rulebook.packs}
    for file in ("dev_questions.jsonl", "dev_out_of_scope.jsonl"):
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            group = "out" if not told["expected"] else "in" if told["domain"] in packs else "other"
            yield _ask(answering, told, group, on)


def _ask(answering: Answering, told: dict[str, Any], group: str, on: date) -> Asked:
    started = time.perf_counter()
    answering.ask(told["text"], told["lang"], on)
    seconds = time.perf_counter() - started
    ranking = answering.index.search(told["text"])
    best = ranking.rules[0].entry if ranking.rules else ""
    answer = answering.about(best, told["lang"], on) if best else None
    cited = answer.found.cited if answer and answer.found else ()
    return Asked(
        id=told["id"],
        language=told["lang"],
        text=told["text"],
        group=group,
        expected=tuple((e["law_zh"], e["article"]) for e in told["expected"]),
        score=score(ranking),
        best=best,
        cited=tuple((a.title, a.number) for a in cited),
        seconds=seconds,
    )


def tuned(asked: Sequence[Asked]) -> float:
    """Enough foreign questions refused, then enough answered, then most right and fewest wrong answers elsewhere."""
    groups = {name: [a for a in asked if a.group == name] for name in ("in", "other", "out")}

    def worth(threshold: float) -> tuple[bool, bool, float]:
        refused = _share(groups["out"], lambda a: a.score < threshold)
        answered = _share(groups["in"], lambda a: a.score >= threshold)
        right = _share(groups["in"], lambda a: a.score >= threshold and a.right(3))
        wrong = _share(groups["other"], lambda a: a.score >= threshold and not a.right(3))
        return refused >= REFUSED_AT_LEAST, answered >= ANSWERED_AT_LEAST, right - wrong

    scores = sorted({a.score for a in asked})
    between = [round((low + high) / 2, 4) for low, high in pairwise(scores)]
    return max(between, key=worth)


def figures(asked: Sequence[Asked], threshold: float) -> dict[str, Any]:
    inside = [a for a in asked if a.group == "in"]
    outside = [a for a in asked if a.group == "out"]
    return {
        "questions": len(inside),
        "answered": _share(inside, lambda a: a.score >= threshold),
        "any_at_1": _share(inside, lambda a: a.score >= threshold and a.right(1)),
        "any_at_3": _share(inside, lambda a: a.score >= threshold and a.right(3)),
        "foreign_questions": len(outside),
        "refused": _share(outside, lambda a: a.score < threshold),
    }


def _share(asked: Sequence[Asked], holds: Callable[[Asked], bool]) -> float:
    return round(sum(holds(a) for a in asked) / len(asked), 3) if asked else 0.0


def _print_times(seconds: list[float]) -> None:
    cuts = statistics.quantiles(seconds, n=100)
    print(f"ask: p50 {cuts[49] * 1000:.2f} ms, p99 {cuts[98] * 1000:.2f} ms")


def _print_figures(language: Language, threshold: float, asked: Sequence[Asked], show: bool) -> None:
    other = [a for a in asked if a.group == "other"]
    print(f"{language}: threshold {threshold}", figures(asked, threshold))
    print(
        f"    other fields ({len(other)}): not answered {_share(other, lambda a: a.score < threshold)},",
        f"right@3 {_share(other, lambda a: a.score >= threshold and a.right(3))}",
    )
    for one in sorted(asked, key=lambda a: a.score) if show else ():
        if one.group != "other":
            print(f"    {one.score:7.4f} {one.group:3} {'right' if one.right(3) else '     '} {one.best:4} {one.text}")


def left_out(rulebook: Rulebook) -> Iterator[tuple[AskedAs, Language, str, list[str]]]:
    """Every phrasing with the entries found for it by an index that does not hold it."""
    held = list(documents(rulebook))
    places = {(d.pack, d.entry): number for number, d in enumerate(held)}
    for pack in rulebook.packs:
        for asked in pack.asked_as:
            entry = pack.obligation(asked.entry) or pack.ladder(asked.entry)
            for language, said in ((lang, text) for lang in LANGUAGES for text in getattr(asked.asked_as, lang)):
                others = tuple(text for text in getattr(asked.asked_as, language) if text != said)
                without = asked.model_copy(update={"asked_as": asked.asked_as.model_copy(update={language: others})})
                documents_now = list(held)
                if entry is not None:
                    documents_now[places[pack.id, asked.entry]] = of_entry(pack.id, entry, without)
                ranking = SearchIndex(documents_now).search(said)
                yield asked, language, said, [hit.entry for hit in ranking.rules]


def _print_left_out(rulebook: Rulebook) -> None:
    found = list(left_out(rulebook))
    for language in LANGUAGES:
        mine = [(asked.entry, said, ranked) for asked, lang, said, ranked in found if lang == language]
        first = sum(entry in ranked[:1] for entry, _, ranked in mine) / len(mine)
        third = sum(entry in ranked[:3] for entry, _, ranked in mine) / len(mine)
        print(f"leave-one-out {language}: {len(mine)} phrasings, hit@1 {first:.3f}, hit@3 {third:.3f}")
        for entry, said, ranked in mine:
            if entry not in ranked[:3]:
                print(f"    {entry} not among {ranked[:3]}: {said}")


def _write(file: Path, thresholds: dict[Language, float], asked: Sequence[Asked], digest: str) -> None:
    content: dict[str, Any] = {"tuned_on": _today(), "rules_digest": digest}
    for language in LANGUAGES:
        mine = [a for a in asked if a.language == language]
        content[language] = {
            "threshold": thresholds[language],
            "figures": figures(mine, thresholds[language]),
        }
    head = "# Written by bench/answers.py --tune: the score from which on a question is answered, and what it gave.\n"
    file.write_text(head + yaml.safe_dump({"answering": content}, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
