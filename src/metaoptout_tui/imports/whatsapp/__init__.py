"""Reads WhatsApp chat exports of every phone and language, and finds what was written to Meta AI."""
