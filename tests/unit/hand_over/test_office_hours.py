"""When somebody looks at a question: office hours on working days, in China's time."""

from datetime import datetime

import pytest

from hegui.capabilities.hand_over.decisions import looked_at_from
from hegui.foundation.language.catalogue import CHINA
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays


@pytest.mark.parametrize(
    ("asked", "looked_at"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 07:00", "2026-11-24 09:00"),
        ("2026-11-24 17:30", "2026-11-25 09:00"),
        ("2026-11-27 20:00", "2026-11-30 09:00"),
        ("2026-10-01 10:00", "2026-10-08 09:00"),
        ("2026-10-10 10:00", "2026-10-10 10:00"),  # a Saturday that is worked on
    ],
)
def test_a_question_is_looked_at_within_office_hours(rulebook: Rulebook, asked: str, looked_at: str) -> None:
    found = looked_at_from(_china(asked), WorkingDays(rulebook.calendar))
    assert found == _china(looked_at)


def _china(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=CHINA)
