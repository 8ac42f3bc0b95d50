"""Reminders (提醒): one row an obligation with a deadline; firing a lead queues letters and computes the next one."""
