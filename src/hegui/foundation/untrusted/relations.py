"""What a part of an Office file refers to: links that a program would follow by itself are refused."""

import re

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.limits import MEGABYTE

RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
FOLLOWED = re.compile(rb"""Type\s*=\s*["'][^"']*/(attachedTemplate|oleObject|frame|subDocument|package|control)["']""")


class Relations:
    """Collects a list of relations, which is small, and looks at each of them."""

    def __init__(self) -> None:
        self._seen = bytearray()

    def look(self, piece: bytes) -> None:
        """Takes the next piece; raises Refusal."""
        self._seen += piece
        if len(self._seen) > MEGABYTE:
            raise Refusal("upload.dangerous")
        for found in RELATION.finditer(self._seen):
            if OUTSIDE.search(found[0]) and FOLLOWED.search(found[0]):
                raise Refusal("upload.linked")
