"""The terminal channel (终端): a socket that only the owner can open, and the console that talks through it."""
