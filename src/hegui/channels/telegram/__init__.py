"""Telegram: how updates come in and letters go out. The only place that knows python-telegram-bot.

Importing it costs a quarter of a second, so only a command that talks to Telegram does. Start with `connect`.
"""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's switch to its future form: else it warns at each 429
