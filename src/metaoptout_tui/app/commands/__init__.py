"""The commands of each screen, and the keys that are bound to them."""
