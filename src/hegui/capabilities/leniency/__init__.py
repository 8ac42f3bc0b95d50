"""Leniency (从宽): compares facts with the tables of the law and with local lists; in the end the police decide."""
