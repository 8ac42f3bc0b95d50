"""Welcome (开始): the first page, help, and the choice of language."""
