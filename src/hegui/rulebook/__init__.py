"""The law as data (规则库): typed, frozen models of what stands in `rules/`, its loader and its lint."""
