"""Hegui (合规): duties, self-checks and reminders for enterprises, by chat."""

__version__ = "0.1.0"
