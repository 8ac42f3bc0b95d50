"""The program's own ledger (自有台账): dealings recorded one by one, never overwritten, with balance and quota."""
