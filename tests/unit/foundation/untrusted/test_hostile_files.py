"""Whatever comes in is refused with a sentence or read, and never does harm."""

from pathlib import Path

import pytest
from tests.hostile_files import HOSTILE, READ

from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.guard import DOCUMENTS, TABLES


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_is_refused_in_words_or_read(name: str, tmp_path: Path, catalogue: Catalogue) -> None:
    build, expected = HOSTILE[name]
    file = tmp_path / "upload"
    file.write_bytes(build())
    refusal = await _refusal_of(file)
    if refusal is None:
        assert expected == READ
        return
    assert expected == READ or refusal.key == f"upload.{expected}"
    for language in LANGUAGES:
        assert catalogue.say(language, refusal.key, **refusal.params).endswith(("。", "."))


async def _refusal_of(file: Path) -> Refusal | None:
    try:
        await in_child("tests.child_tasks:read", file, {}, wanted=TABLES | DOCUMENTS)
    except Refusal as refusal:
        return refusal
    return None
