"""What Hegui can do (能力), a folder each. The upper may use the lower; see the order in `pyproject.toml`."""
