"""Puts the house together."""

from importlib import import_module

TABLES = (
    "hegui.foundation.audit",
    "hegui.conversation.floors",
    "hegui.registry.tables",
    "hegui.delivery.inbox.store",
    "hegui.delivery.outbox.tables",
    "hegui.delivery.reminders.store",
    "hegui.capabilities.hand_over.store",
    "hegui.capabilities.self_check.store",
    "hegui.capabilities.rectification.store",
)


def register_tables() -> None:
    """Makes every table known to the metadata."""
    for module in TABLES:
        import_module(module)
