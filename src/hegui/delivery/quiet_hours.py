"""Quiet hours (免打扰时段): a letter that can wait is kept until the morning. Asked when queued and at release."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict


class QuietHours(BaseModel):
    """From `begin` until just before `end`, local time; over midnight where begin > end, empty where they are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    begin: time = time(21)
    end: time = time(8)

    def holds(self, local: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end


def released_at(moment: datetime, quiet: QuietHours | None, zone: str) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in; in UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    if quiet is None or not quiet.holds(local.time()):
        return moment.astimezone(UTC)
    day = local.date()
    if local.time() >= quiet.end:
        day += timedelta(days=1)
    return local_moment(day, quiet.end, zone)


def local_moment(day: date, at: time, zone: str) -> datetime:
    """A local day and time as a moment in UTC."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
