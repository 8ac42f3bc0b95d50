"""What answering knows."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["answered", "unsure", "abstained"]


class AnsweringModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
