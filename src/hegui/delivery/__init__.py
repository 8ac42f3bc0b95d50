"""Receiving and sending without loss: inbox (收件箱), outbox (发件箱), reminders (提醒)."""
