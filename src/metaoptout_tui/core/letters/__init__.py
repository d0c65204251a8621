"""What a letter is, what it may state, and when it fits."""
