"""Files from outside: what kind they are, whether they may be opened, and a child process that opens them."""
