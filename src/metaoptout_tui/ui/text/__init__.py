"""Builders of the texts that screens show; no widgets."""
