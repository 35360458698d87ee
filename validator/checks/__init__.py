"""One file a kind of check: facts and text in, findings out."""
