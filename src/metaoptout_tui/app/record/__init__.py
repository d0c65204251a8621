"""The record that is open: what it holds, how it is changed, undone and saved."""
