"""What a document says and what it lacks (pure): passages that count, proofs in them, conflicts."""
