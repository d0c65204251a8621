"""Reads the mails and exported chats that a person provides; imports nothing but `core`."""
