"""One file an output: a run in, text out, no I/O."""
