"""The store: SQLite by default, PostgreSQL when one machine is not enough. Same code, same tests."""
