"""Texts in the person's language, from the catalogue in `hegui/locales`."""
