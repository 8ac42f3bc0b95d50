"""Finds every citation in a text and says its state (引用核验)."""
