"""The ladder of reminders."""

import pytest
from pydantic import ValidationError

from hegui.rulebook.reminder_ladder import ReminderLadder


@pytest.mark.parametrize("leads", [(), (1, 3), (3, 3, 1), (0, -1, 0)])
def test_leads_must_fall(leads):
    with pytest.raises(ValidationError):
        ReminderLadder.model_validate(
            {"id": "demo", "leads_working_days": leads, "at": "09:00", "zone": "Asia/Shanghai"}
        )


def test_leads_may_pass_the_due_date():
    raw = {"id": "demo", "leads_working_days": (3, 0, -2), "at": "09:00", "zone": "Asia/Shanghai"}
    assert ReminderLadder.model_validate(raw).leads_working_days[-1] == -2
