"""`validator.yaml`: found, read, checked, and asked what holds for a path."""
