"""A signature (签署): who read a pack and when, and the hash of what was read."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from hegui.rulebook.text import RuleModel

OneLine = StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")
SignerName = Annotated[str, OneLine]


class Signature(RuleModel):
    """It counts as long as the files of the pack have this hash: any change of them takes it away."""

    pack: str
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    by: SignerName
    on: date
