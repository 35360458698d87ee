"""A page on one's own machine: reports are dropped in, checked, and forgotten."""
