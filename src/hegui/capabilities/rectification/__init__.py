"""Rectification (整改): what a self-check found becomes a case with a deadline, and reminders until it is done."""
