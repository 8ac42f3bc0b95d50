"""Button data: ours alone, and only for the person it was made for."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.channels.telegram.buttons import Buttons
from hegui.conversation.reply import LONGEST_ACTION

BUTTONS = Buttons(bytes(range(32)))
ACTION = "check:answer:k7x2m9qpwz:3.1:not_sure"
actions = st.text(string.ascii_letters + string.digits + "_.-:", min_size=1, max_size=LONGEST_ACTION)


@given(actions, st.integers(1, 2**52))
def test_what_was_signed_is_read_again_and_fits_into_64_bytes(action: str, user: int) -> None:
    data = BUTTONS.sign(action, str(user))
    assert len(data.encode()) <= 64
    assert BUTTONS.read(data, str(user)) == action


def test_no_flipped_bit_passes() -> None:
    data = BUTTONS.sign(ACTION, "501").encode()
    for position in range(len(data) * 8):
        forged = bytearray(data)
        forged[position // 8] ^= 1 << position % 8
        assert BUTTONS.read(forged.decode("latin-1"), "501") is None, position


def test_another_person_cannot_use_it() -> None:
    assert BUTTONS.read(BUTTONS.sign(ACTION, "501"), "502") is None


def test_action_and_person_cannot_be_shifted_into_each_other() -> None:
    assert BUTTONS.read(BUTTONS.sign("1:a", "50"), "50:1") is None


def test_another_key_makes_other_signatures() -> None:
    assert BUTTONS.read(Buttons(bytes(32)).sign(ACTION, "501"), "501") is None


@pytest.mark.parametrize("data", ["", "1", "check:go", "1" * 64, "￿" * 21, "\ud83d", "x" * 5000, "1\x00" * 20])
def test_nonsense_is_not_read(data: str) -> None:
    assert BUTTONS.read(data, "501") is None


@given(st.text(max_size=80))
def test_no_text_is_read_or_breaks_the_reader(data: str) -> None:
    assert BUTTONS.read(data, "501") is None


def test_what_does_not_fit_is_not_signed() -> None:
    with pytest.raises(ValueError, match="not an action"):
        BUTTONS.sign("check:" + "x" * 40, "501")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Buttons(bytes(16))
