"""A finding in words (体检结果的说法): the sentence of its check with the figures of that row, and how to mend it."""

from collections.abc import Mapping

from hegui.capabilities.ledger.model import Finding
from hegui.rulebook.ledger_rules import LedgerRules
from hegui.rulebook.text import Language

BETWEEN: Mapping[Language, str] = {"zh": "、", "en": ", "}
FIELDS = "fields"  # the one figure that names columns; all others stand as they are


def sentence(finding: Finding, rules: LedgerRules, language: Language) -> str:
    """What is wrong, with the figures of the row."""
    told = dict(finding.given)
    if FIELDS in told:
        told[FIELDS] = BETWEEN[language].join(label(name, rules, language) for name in told[FIELDS].split(","))
    return rules.by_id[finding.check].variants[finding.variant].sentence.say(language).format_map(told)


def how_to_mend(finding: Finding, rules: LedgerRules, language: Language) -> str:
    """What to do about it."""
    check = rules.by_id[finding.check]
    return (check.variants[finding.variant].mend or check.mend).say(language)


def title(finding: Finding, rules: LedgerRules, language: Language) -> str:
    """The name of its check."""
    return rules.by_id[finding.check].title.say(language)


def label(field: str, rules: LedgerRules, language: Language) -> str:
    """The name of a column: the canonical header, or its English gloss."""
    return rules.labels[field].say(language)
