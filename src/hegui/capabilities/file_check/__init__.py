"""File check (文件体检): a person sends a file, a worker reads it outside the conversation, the result comes back."""
