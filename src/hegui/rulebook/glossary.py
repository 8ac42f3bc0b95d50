"""The glossary (术语表): one word for one thing, in Chinese, English and code."""

from pydantic import Field

from hegui.rulebook.text import Bilingual, RuleModel


class Term(RuleModel):
    """`name` is the word used by code, tables and screens."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    term: Bilingual
    meaning: Bilingual
