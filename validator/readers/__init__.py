"""One file a format: bytes in, blocks with true places out."""
