"""The gate for citations (引用把关): no text leaves that shows as law what was not verified.

Texts of the rules pass as they are. What people wrote (a question handed on, an answer of an officer, a notice) may
name articles that do not exist; such a text leaves with a line that says which.
"""

from datetime import date

from hegui.conversation.reply import Block, Reply
from hegui.foundation.language.catalogue import Catalogue, Language
from hegui.foundation.language.chinese import has_han
from hegui.rulebook.citations.resolving import CitationReader, Read
from hegui.rulebook.pack import Rulebook


class Screening:
    """Reads every text before it leaves."""

    def __init__(self, rulebook: Rulebook, catalogue: Catalogue) -> None:
        self._reader = CitationReader(rulebook)
        self._catalogue = catalogue

    def __call__(self, reply: Reply, on: date) -> Reply:
        """The reply, with a note for each state in which citations are that may not be shown as law."""
        doubtful = [read for block in reply.blocks for read in self._doubtful(block, on)]
        if not doubtful:
            return reply
        language: Language = "zh" if any(has_han(block.text) for block in reply.blocks) else "en"
        said = self._catalogue.say(language, "citing.comma").join(
            self._catalogue.say(language, "citing.doubtful", raw=raw, state=self._state(language, state))
            for raw, state in dict.fromkeys((read.mention.raw, read.state) for read in doubtful)
        )
        note = Block(kind="note", text=self._catalogue.say(language, "citing.not_law", citations=said))
        return reply.model_copy(update={"blocks": (*reply.blocks, note)})

    def _doubtful(self, block: Block, on: date) -> list[Read]:
        """A block that says by itself that something was not checked is left alone."""
        found = [read for read in self._reader.read(block.text, on) if not read.is_law]
        return [] if not found or self._is_marked(block.text) else found

    def _is_marked(self, text: str) -> bool:
        language: Language = "zh" if has_han(text) else "en"
        return any(mark in text.lower() for mark in self._catalogue.words(language, "citing.marks"))

    def _state(self, language: Language, state: str) -> str:
        return self._catalogue.say(language, f"citing.state.{state}")
