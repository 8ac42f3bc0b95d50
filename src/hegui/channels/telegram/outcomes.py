"""What Telegram's errors mean for a letter. The order matters: PTB's BadRequest and TimedOut are NetworkErrors."""

from datetime import datetime, timedelta
from zlib import crc32

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from hegui.channels.telegram.request import NotSent
from hegui.delivery.channel import AddressGone, AddressMoved, DeliveryFailed, OutcomeUnknown, TooMany

UNREACHABLE = ("chat not found", "peer_id_invalid", "user not found")
TOO_MANY = "too many requests"  # a 429 without a time arrives as a plain NetworkError
TOO_LARGE = "request entity too large"
WITHOUT_TOKEN = timedelta(minutes=1)
CROWDED = timedelta(seconds=5)
LONGEST_PAUSE = 60


def outcome(error: TelegramError, now: datetime, *, letter: str, outages: int) -> DeliveryFailed | OutcomeUnknown:
    """The outcome of one sending. `outages` counts the sendings in a row that found no connection."""
    match error:
        case RetryAfter():
            return TooMany(now + pause_of(error) + _jitter(letter))
        case ChatMigrated():
            return AddressMoved(str(error.new_chat_id))
        case Forbidden() | BadRequest():
            return _refused(error)
        case InvalidToken():
            return _later("Telegram refuses the token", now + WITHOUT_TOKEN)
        case NotSent():
            return _later("no connection", now + timedelta(seconds=min(2 ** min(outages, 10), LONGEST_PAUSE)))
        case _ if says(error, TOO_MANY):
            return TooMany(now + CROWDED + _jitter(letter))
        case _ if says(error, TOO_LARGE):
            return DeliveryFailed(error.message, permanent=True)
        case _:
            return OutcomeUnknown(_short(error))


def _refused(error: TelegramError) -> DeliveryFailed:
    """Telegram understood and does not want it: the address is gone, or the letter is wrong."""
    gone = says(error, *UNREACHABLE) or (isinstance(error, Forbidden) and not says(error, "not enough rights"))
    return AddressGone(error.message) if gone else DeliveryFailed(error.message, permanent=True)


def says(error: TelegramError, *fragments: str) -> bool:
    text = error.message.lower()
    return any(fragment in text for fragment in fragments)


def _later(reason: str, retry_at: datetime) -> DeliveryFailed:
    """The letter did nothing wrong: the try is not counted."""
    return DeliveryFailed(reason, retry_at=retry_at, counted=False)


def pause_of(error: RetryAfter) -> timedelta:
    """How long Telegram wants us to wait."""
    pause = error.retry_after
    return timedelta(seconds=pause) if isinstance(pause, int) else pause


def _jitter(letter: str) -> timedelta:
    """Up to a second, so that what was held back together does not come back together."""
    return timedelta(milliseconds=crc32(letter.encode()) % 1000)


def _short(error: TelegramError) -> str:
    """Without the server's page that PTB adds to the text."""
    return f"{type(error).__name__}: {error.message.partition('. Parsing')[0][:120]}"
