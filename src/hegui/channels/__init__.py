"""The ways in and out: each folder is one, and none knows another."""
