"""Unified social credit codes (统一社会信用代码, GB 32100): read as people write them, or refused (pure)."""

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from hegui.foundation.errors import Refusal

LENGTH = 18
ORGANISATION_CODE, OLD_REGISTRATION = 9, 15
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # I, O, S, V and Z do not occur


def read(text: str) -> str:
    """The code in its plain form. Raises Refusal that says what to look at on the business licence."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split()).replace("-", "")
    if len(plain) == OLD_REGISTRATION and plain.isdecimal():
        raise Refusal("registry.old_registration_number")
    if len(plain) == ORGANISATION_CODE:
        raise Refusal("registry.organisation_code")
    if len(plain) != LENGTH:
        raise Refusal("registry.uscc_length", count=len(plain))
    for position, letter in enumerate(plain, 1):
        if letter not in LETTERS:
            raise Refusal("registry.uscc_letter", position=position, letter=letter)
    try:
        return str(uscc.validate(plain))
    except ValidationError as wrong:
        raise Refusal("registry.wrong_uscc") from wrong
