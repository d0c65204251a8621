"""What does the person take away? Letters, and the case file in several formats."""
