"""What keeping the ledger needs besides a transaction and the time, and who does it."""

from dataclasses import dataclass
from typing import NamedTuple

from hegui.capabilities.ledger.own.as_book import Words
from hegui.capabilities.ledger.own.doctor import Doctor
from hegui.delivery.reminders.service import Reminders
from hegui.foundation.language.catalogue import Catalogue
from hegui.foundation.randomness import Randomness
from hegui.rulebook.catalogue import Chemical, ChemicalCatalogue
from hegui.rulebook.pack import Rulebook

PACK = "precursor-chemicals"


@dataclass(frozen=True)
class Bookkeeping:
    """All that the ledger needs besides a transaction and the time."""

    rulebook: Rulebook
    reminders: Reminders
    catalogue: Catalogue
    randomness: Randomness
    doctor: Doctor | None = None

    @property
    def chemicals(self) -> tuple[Chemical, ...]:
        listed = self.list_of_chemicals
        return listed.chemicals if listed else ()

    @property
    def list_of_chemicals(self) -> ChemicalCatalogue | None:
        pack = self.rulebook.pack(PACK)
        return pack.catalogue if pack else None

    def chemical(self, item: str) -> Chemical | None:
        return next((one for one in self.chemicals if one.id == item), None)

    @property
    def certificate_words(self) -> Words:
        return {"once": self._word("kind.once"), "many": self._word("kind.many")}

    def _word(self, value: str) -> str:
        return self.catalogue.say("zh", f"ledger_book.value.{value}")


class By(NamedTuple):
    """Who does something, and through which door. `on_behalf` is the operating-system user of a command."""

    person: str
    door: str
    on_behalf: str = ""
