"""Telegram as a channel: reads updates, fetches files, sends letters. Errors become delivery's outcomes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from hegui.channels.telegram import reading
from hegui.channels.telegram.buttons import Buttons
from hegui.channels.telegram.outcomes import outcome, says
from hegui.channels.telegram.rendering import LONGEST_CAPTION, Piece, split
from hegui.channels.telegram.request import AiohttpRequest, NotSent
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.reply import OutgoingFile
from hegui.conversation.turn import Speaker
from hegui.delivery.channel import DeliveryFailed, FileRefused, OutcomeUnknown, Parcel
from hegui.foundation.clock import Clock

log = structlog.get_logger(__name__)
LARGEST_FILE = 20 * 1024 * 1024  # bytes: what Telegram lets a bot download
SENDING_SECONDS = 20  # the sender's lease counts on it
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a preview would open one-time links
CANNOT_BE_EDITED = ("message to edit not found", "can't be edited", "no text in the message")


class TelegramChannel:
    """One bot. `bot_id` is the number in its token; made by `connect`."""

    name = "telegram"

    def __init__(self, bot: Bot, request: AiohttpRequest, buttons: Buttons, clock: Clock) -> None:
        self.bot = bot
        self._request = request
        self._buttons = buttons
        self._clock = clock
        self._outages = 0
        self._signs_of_life: set[asyncio.Task[None]] = set()

    @property
    def bot_id(self) -> int:
        return self.bot.id

    async def close(self) -> None:
        for task in self._signs_of_life:
            task.cancel()
        await asyncio.gather(*self._signs_of_life, return_exceptions=True)
        await self.bot.shutdown()

    # ---- receiving ----------------------------------------------------------------------------------------------

    def read(self, body: str) -> Incoming:
        return reading.read(body, self._buttons)

    def heard(self, incoming: Incoming, speaker: Speaker) -> None:
        """Stops the little clock on the pressed button. Nobody waits for it and it may fail."""
        if incoming.query:
            task = asyncio.create_task(self._answer(incoming.query))
            self._signs_of_life.add(task)
            task.add_done_callback(self._signs_of_life.discard)

    async def _answer(self, query: str) -> None:
        with contextlib.suppress(TelegramError):
            await self.bot.answer_callback_query(query)

    async def fetch(self, attachment: Attachment, target: Path) -> None:
        if attachment.size and attachment.size > LARGEST_FILE:
            raise FileRefused("too_big")
        try:
            size = await self._download(attachment.source, target)
        except BadRequest as error:
            raise FileRefused("too_big" if says(error, "file is too big") else "gone") from error
        if size == 0:
            raise FileRefused("empty")

    async def _download(self, source: str, target: Path) -> int:
        file = await self.bot.get_file(source)
        if not file.file_path:
            raise BadRequest("file is gone")
        return await self._request.download(file.file_path, target, most=LARGEST_FILE)

    # ---- sending ------------------------------------------------------------------------------------------------

    async def send(self, parcel: Parcel) -> int | None:
        """The number of the last message. Once a part has arrived, no failure of a later one is certain any more."""
        arrived: int | None = None
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                async for message in self._deliver(parcel):
                    arrived = message
        except TimeoutError:
            raise OutcomeUnknown("no answer in time") from None
        except TelegramError as error:
            if arrived is not None:
                raise OutcomeUnknown("arrived in part") from error
            raise self._outcome(error, parcel) from error
        self._outages = 0
        return arrived

    def _outcome(self, error: TelegramError, parcel: Parcel) -> DeliveryFailed | OutcomeUnknown:
        found = outcome(error, self._clock.now(), letter=parcel.id, outages=self._outages)
        self._outages = self._outages + 1 if isinstance(error, NotSent) else 0
        if isinstance(error, InvalidToken):
            log.critical("Telegram refuses the token; letters wait")
        elif type(found) is DeliveryFailed and found.permanent:
            log.error("Telegram does not take a letter", letter=parcel.id, reason=found.reason)
        return found

    async def _deliver(self, parcel: Parcel) -> AsyncIterator[int]:
        pieces = split(parcel.reply.blocks)
        keyboard = self._keyboard(parcel)
        file = parcel.reply.file
        if parcel.replaces is not None and file is None and len(pieces) == 1:
            yield await self._edit(parcel, parcel.replaces, pieces[0], keyboard)
            return
        last = pieces.pop() if pieces and (file is None or pieces[-1].length <= LONGEST_CAPTION) else Piece(())
        for piece in pieces:
            yield await self._text(parcel, piece, None)
        if file is None:
            yield await self._text(parcel, last, keyboard)
        else:
            yield await self._document(parcel, file, last, keyboard)

    def _keyboard(self, parcel: Parcel) -> InlineKeyboardMarkup | None:
        rows = [
            [
                InlineKeyboardButton(button.label, callback_data=self._buttons.sign(button.action, parcel.address))
                for button in row
            ]
            for row in parcel.reply.rows
        ]
        return InlineKeyboardMarkup(rows) if rows else None

    async def _edit(self, parcel: Parcel, message: int, piece: Piece, keyboard: InlineKeyboardMarkup | None) -> int:
        """Edits in place. A message that is gone, or holds a file, is left alone and a new one is sent."""
        try:
            await self.bot.edit_message_text(
                piece.html,
                parcel.address,
                message,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if says(error, "message is not modified"):
                return message
            if says(error, *CANNOT_BE_EDITED, "can't parse entities"):
                return await self._text(parcel, piece, keyboard)
            raise
        return message

    async def _text(self, parcel: Parcel, piece: Piece, keyboard: InlineKeyboardMarkup | None) -> int:
        try:
            return await self._message(parcel, piece.html, keyboard, ParseMode.HTML)
        except BadRequest as error:
            if not says(error, "can't parse entities"):
                raise
            log.error("Telegram cannot read our HTML; sent without", problem=error.message)  # noqa: TRY400
            return await self._message(parcel, piece.plain, keyboard, None)

    async def _message(
        self, parcel: Parcel, text: str, keyboard: InlineKeyboardMarkup | None, parse_mode: str | None
    ) -> int:
        message = await self.bot.send_message(
            parcel.address,
            text,
            parse_mode=parse_mode,
            reply_markup=keyboard,
            link_preview_options=NO_PREVIEW,
            allow_paid_broadcast=parcel.paid or None,
        )
        return message.message_id

    async def _document(
        self, parcel: Parcel, file: OutgoingFile, caption: Piece, keyboard: InlineKeyboardMarkup | None
    ) -> int:
        try:
            content = await asyncio.to_thread(Path(file.path).read_bytes)
        except OSError as problem:
            raise BadRequest("the file to send cannot be read") from problem
        message = await self.bot.send_document(
            parcel.address,
            InputFile(content, filename=file.name),
            caption=caption.html or None,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            disable_content_type_detection=True,
            allow_paid_broadcast=parcel.paid or None,
        )
        return message.message_id
