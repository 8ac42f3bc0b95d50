"""The inbox (收件箱): an update is on disk before it is confirmed, and handled once in effect."""
