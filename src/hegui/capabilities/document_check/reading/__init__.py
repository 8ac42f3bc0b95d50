"""Files into paragraphs with their places. Runs in a child process: a reader may abort or swell."""
