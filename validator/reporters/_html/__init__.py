"""The page for people: what it says (`view`, `overview`), the report's own text (`flow`), how it is drawn."""
