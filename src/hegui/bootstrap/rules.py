"""Opens the rules, and what answers from them. No store: commands that only look at rules start quicker without one."""

from typing import TYPE_CHECKING

from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.signing import only_signed
from hegui.settings import Settings

if TYPE_CHECKING:
    from hegui.capabilities.answering.service import Answering
    from hegui.capabilities.answering.statutes.library import Library
    from hegui.foundation.language.catalogue import Catalogue


def read_rules(settings: Settings) -> Rulebook:
    """The rulebook that the settings name. Raises RulesProblem with file, line and fault.

    Where signatures are required, packs without one are left out.
    """
    rulebook = load(settings.rules.dir or default_folder())
    return only_signed(rulebook) if settings.rules.require_signed else rulebook


def open_answering(settings: Settings, rulebook: Rulebook, catalogue: "Catalogue") -> "Answering":
    """Answers with the index and the statute texts of the data folder; without a folder the index is in memory."""
    from hegui.capabilities.answering.index import on_disk
    from hegui.capabilities.answering.service import Answering

    kept = settings.data_dir.is_dir()
    index = on_disk(rulebook, settings.data_dir / "index") if kept else None
    return Answering(rulebook, catalogue, open_library(settings, rulebook), index)


def open_library(settings: Settings, rulebook: Rulebook) -> "Library | None":
    """The statute texts that were imported, with their index; None where there are none."""
    from hegui.capabilities.answering.statutes.library import Library
    from hegui.capabilities.answering.statutes.shelf import Shelf

    shelf = Shelf(settings.data_dir)
    return None if shelf.is_empty() else Library(shelf, rulebook)
