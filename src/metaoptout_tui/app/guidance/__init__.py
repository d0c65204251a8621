"""The guidance in use, and whether the public pages behind it changed."""
