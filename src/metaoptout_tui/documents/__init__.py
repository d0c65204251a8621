"""Letters, and the case file in several formats."""
