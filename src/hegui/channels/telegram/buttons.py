"""Button data that only we can make, and only the person it was made for can use.

Version, signature, action: 1 + 22 + at most 38 of the 64 bytes that Telegram allows. The signature says that the
button is ours; whether the person may still do it is asked again at every press.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from hegui.conversation.reply import LONGEST_ACTION

VERSION = "1"
KEY_BYTES = 32
SIGNATURE_BYTES = 16
HEAD = len(VERSION) + 22  # 16 bytes are 22 characters of base64url


class Buttons:
    """Signs and reads button data with one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            message = f"the signing key has {len(key)} bytes, not {KEY_BYTES}"
            raise ValueError(message)
        self._keyed = hmac.new(key, VERSION.encode(), hashlib.sha256)

    def sign(self, action: str, user: str) -> str:
        """The data of a button for the person with this Telegram id."""
        if not action.isascii() or len(action) > LONGEST_ACTION:
            message = f"not an action: {action!r}"
            raise ValueError(message)
        return f"{VERSION}{self._signature(action, user)}{action}"

    def read(self, data: str, user: str) -> str | None:
        """The action, or None where the data is not ours or was not made for this person."""
        action = data[HEAD:]
        if not data.isascii() or len(action) > LONGEST_ACTION:
            return None
        genuine = f"{VERSION}{self._signature(action, user)}"
        # The characters are compared, not the bytes they stand for: several spellings decode to the same bytes.
        return action if hmac.compare_digest(data[:HEAD], genuine) else None

    def _signature(self, action: str, user: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(f":{user}:{action}".encode())
        return urlsafe_b64encode(keyed.digest()[:SIGNATURE_BYTES]).rstrip(b"=").decode()
