"""Statute texts that the operator imported: their wording for people, their words for search."""
