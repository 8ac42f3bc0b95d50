"""What a letter says: dates and days left, in both languages, short, with no word about the fault."""

from datetime import UTC, date, datetime

import pytest

from hegui.delivery.reminders.letter import Letters, mark
from hegui.delivery.reminders.model import Reminder, Rung
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue, Language, Texts
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays

DUE = date(2026, 12, 1)
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def reminder(*, provisional: bool = False, times_fired: int = 0) -> Reminder:
    return Reminder(
        id="r1",
        about="case:c1",
        reference="0007",
        person="p1",
        enterprise=None,
        ladder="deadline",
        due=DUE,
        zone="Asia/Shanghai",
        deadline_version=1,
        provisional=provisional,
        times_fired=times_fired,
        created_at=NOW,
    )


def said(catalogue: Catalogue, rulebook: Rulebook, language: Language, read_on: date, **of: bool) -> str:
    days = WorkingDays(rulebook.calendar)
    rung = Rung(index=1, lead=3, at=NOW)
    return Letters(Texts(catalogue, language), days).letter(reminder(**of), rung, read_on).plain()


def test_a_friendly_first_reminder_is_short(catalogue: Catalogue, rulebook: Rulebook) -> None:
    text = said(catalogue, rulebook, "zh", date(2026, 11, 26))
    assert "整改-0007 · 第 1 次提醒 · T-3" in text
    assert "2026年12月1日（周二）" in text
    assert "还有 3 个工作日" in text
    assert len(text) <= 120


def test_it_is_short_in_english_too(catalogue: Catalogue, rulebook: Rulebook) -> None:
    assert len(said(catalogue, rulebook, "en", date(2026, 11, 26))) <= 120


def test_english_counts_one_day_and_several(catalogue: Catalogue, rulebook: Rulebook) -> None:
    assert "1 working day left" in said(catalogue, rulebook, "en", date(2026, 11, 30))
    assert "3 working days left" in said(catalogue, rulebook, "en", date(2026, 11, 26))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_true_on_the_day_it_can_be_read(
    catalogue: Catalogue, rulebook: Rulebook, language: Language
) -> None:
    texts = {said(catalogue, rulebook, language, day) for day in (date(2026, 11, 30), DUE, date(2026, 12, 2))}
    assert len(texts) == 3


def test_a_provisional_year_says_so(catalogue: Catalogue, rulebook: Rulebook) -> None:
    assert "暂定" in said(catalogue, rulebook, "zh", date(2026, 11, 26), provisional=True)
    assert "暂定" not in said(catalogue, rulebook, "zh", date(2026, 11, 26))


def test_one_button_opens_the_case(catalogue: Catalogue, rulebook: Rulebook) -> None:
    letters = Letters(Texts(catalogue, "zh"), WorkingDays(rulebook.calendar))
    reply = letters.letter(reminder(), Rung(index=0, lead=7, at=NOW), DUE)
    assert [(b.label, b.action) for b in reply.buttons] == [("查看", "case:show:c1")]


def test_marks_count_down_and_up() -> None:
    assert [mark(Rung(index=0, lead=lead, at=NOW)) for lead in (7, 0, -1)] == ["T-7", "T-0", "T+1"]
