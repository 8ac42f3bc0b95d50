"""When somebody will look at a question: office hours on working days."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from hegui.rulebook.working_days import WorkingDays

CHINA = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(9, 0), time(17, 30)


def looked_at_from(now: datetime, days: WorkingDays) -> datetime:
    """Now, within office hours; else the moment at which the next ones begin."""
    local = now.astimezone(CHINA)
    if days.is_working(local.date()) and local.time() < CLOSES:
        return max(local, datetime.combine(local.date(), OPENS, CHINA))
    return datetime.combine(days.add(local.date(), 1), OPENS, CHINA)
