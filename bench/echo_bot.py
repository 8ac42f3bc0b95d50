"""The yardstick: python-telegram-bot as its own examples write it. Default polling, default all, nothing kept."""

import os

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    builder = ApplicationBuilder().token(os.environ["TOKEN"])
    builder = builder.base_url(os.environ["BASE_URL"]).base_file_url(os.environ["BASE_FILE_URL"])
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
