"""YAML that people write: parsed with the place of everything, checked, and mistakes told in one line."""
