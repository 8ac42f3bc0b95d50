"""Ledgers (台账): reading what a person sends, checking it, keeping the program's own."""
