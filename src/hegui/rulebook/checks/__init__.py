"""Kinds of self-check question: each file holds what a pack author writes and what it means."""
