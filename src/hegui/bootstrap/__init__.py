"""Puts the house together: the only place that knows every part."""
