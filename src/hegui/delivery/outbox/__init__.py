"""The outbox (发件箱): every durable word to a person is a row before it is a message."""
