"""People and enterprises as the rest of the house sees them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from hegui.conversation.turn import Role
from hegui.foundation.language.catalogue import Language


class RegistryModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Person(RegistryModel):
    """Somebody who talks to us. `name` is kept only for people whom an operator registered."""

    id: str
    role: Role
    language: Language
    name: str | None = None
    district: str | None = None
    unit: str | None = None


class Address(RegistryModel):
    """Where a person can be reached. Switched off when the channel says that it is gone."""

    channel: str
    address: str
    person: str
    on: bool
    reason: str | None = None


class Enterprise(RegistryModel):
    """An enterprise by its unified social credit code (统一社会信用代码)."""

    id: str
    name: str
    uscc: str
    district: str
    created_at: datetime


class Membership(RegistryModel):
    """A person's place in an enterprise."""

    enterprise: str
    person: str
    role: Literal["owner", "staff"]


class Invitation(RegistryModel):
    """A way in for one person, once: into an enterprise, or to the account that an operator made for them."""

    id: str
    enterprise: str | None = None
    role: Literal["owner", "staff"] | None = None
    person: str | None = None
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_by: str | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None
