"""Mentions, quantities and holes are linked to facts here."""
