"""Signatures of packs: what counts, what no longer does, and a rulebook of signed packs only."""

import shutil
from datetime import date

import pytest
from pydantic import ValidationError
from tests.unit.rulebook.rules_folder import spoil, write

from hegui.rulebook.loader import load
from hegui.rulebook.problem import RulesProblem
from hegui.rulebook.signing import FILE, as_file, only_signed, signed, standings

DAY = date(2026, 3, 1)


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "rules")


def sign(folder, by="王小明", on=DAY):
    rulebook = load(folder)
    (folder / FILE).write_text(as_file(signed(rulebook, rulebook.packs[0], by, on)), encoding="utf-8")


def states(folder):
    return [(one.pack, one.state, one.by) for one in standings(load(folder))]


def test_a_pack_that_nobody_signed_is_unsigned(folder):
    rulebook = load(folder)
    assert states(folder) == [("demo", "unsigned", None)]
    assert not rulebook.is_signed("demo")
    assert not rulebook.is_signed("no-such-pack")


def test_a_signature_is_read_back_and_does_not_change_what_it_signs(folder):
    before = load(folder).packs[0].digest
    sign(folder)
    after = load(folder)
    assert after.packs[0].digest == before
    signature = after.signature_of("demo")
    assert signature is not None
    assert (signature.by, signature.on) == ("王小明", DAY)


def test_any_change_of_the_pack_takes_its_signature_away(folder):
    sign(folder)
    spoil(folder, "demo/obligations.yaml", "Everyone", "Everybody")
    assert states(folder) == [("demo", "stale", "王小明")]
    assert load(folder).signature_of("demo") is None


def test_a_change_beside_the_pack_does_not(folder):
    sign(folder)
    spoil(folder, "laws.yaml", "示例规定", "示例规定甲")
    assert load(folder).is_signed("demo")


def test_who_signs_again_has_one_signature_and_the_newest_of_two_persons_is_shown(folder):
    sign(folder)
    sign(folder, on=date(2026, 3, 2))
    sign(folder, by="Li Si", on=date(2026, 4, 1))
    assert [one[1:] for one in states(folder)] == [("signed", "王小明"), ("signed", "Li Si")]
    signature = load(folder).signature_of("demo")
    assert signature is not None
    assert signature.by == "Li Si"


def test_a_signature_of_a_pack_that_is_gone_is_told(folder):
    sign(folder)
    spoil(folder, FILE, "pack: demo", "pack: older")
    assert states(folder) == [("demo", "unsigned", None), ("older", "gone", "王小明")]


@pytest.mark.parametrize("name", ["", "   ", "two\nlines", "x" * 81])
def test_what_is_no_name_signs_nothing(folder, name):
    rulebook = load(folder)
    with pytest.raises(ValidationError):
        signed(rulebook, rulebook.packs[0], name, DAY)


def test_a_signature_that_is_not_one_is_told_with_its_line(folder):
    sign(folder)
    spoil(folder, FILE, "digest: ", "digest: x")
    with pytest.raises(RulesProblem, match=r"signatures.yaml:4: signatures.0.digest"):
        load(folder)


def test_only_signed_packs_are_left_where_signatures_are_required(folder):
    sign(folder)
    other = shutil.copytree(folder / "demo", folder / "other")
    for file in other.iterdir():
        if file.name != "pack.yaml":
            file.unlink()
    spoil(folder, "other/pack.yaml", "id: demo", "id: other")
    rulebook = load(folder)
    assert [pack.id for pack in rulebook.packs] == ["demo", "other"]
    left = only_signed(rulebook)
    assert [pack.id for pack in left.packs] == ["demo"]
    assert left.duty("N01") is not None
    assert left.places == rulebook.places


def test_without_a_signed_pack_there_is_nothing_to_use(folder):
    with pytest.raises(RulesProblem, match="none of the packs is signed"):
        only_signed(load(folder))
