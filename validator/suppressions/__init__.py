"""What keeps a known finding from failing the check; it stays visible."""
