"""Walks a person through objecting to Meta's use of their data for training AI, account by account."""

__version__ = "0.1.0"
