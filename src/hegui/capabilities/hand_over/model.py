"""A question that was handed over."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class HandOver(BaseModel):
    """`question` is exactly what the person confirmed to send; nothing else of theirs goes with it."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    id: str
    person: str
    question: str
    state: Literal["open", "answered"]
    asked_at: datetime
    officer: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None
