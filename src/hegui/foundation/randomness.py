"""Randomness, handed in: ids and secrets."""

import secrets
from typing import Protocol

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters or digits that look alike


class Randomness(Protocol):
    """Where unguessable values come from."""

    def choice(self, of: str) -> str: ...

    def secret(self, length: int) -> bytes: ...


class SystemRandomness:
    """The operating system's source."""

    def choice(self, of: str) -> str:
        return secrets.choice(of)

    def secret(self, length: int) -> bytes:
        return secrets.token_bytes(length)


def new_id(randomness: Randomness, length: int = 10) -> str:
    """A short id that fits into button data: 10 characters carry 49 bits."""
    return "".join(randomness.choice(ALPHABET) for _ in range(length))
