"""Self-check (自查): an enterprise goes through the duties by itself. Police see nothing of it until it shares it."""
