"""Hand-over (转人工): a question goes to an officer with the person's consent, and the answer comes back."""
