"""Checks Chinese work reports: required indicators, leftover placeholders, vendor advertising."""

__version__ = "0.1.0"
