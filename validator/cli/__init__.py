"""The only code that knows argv, streams and exit codes."""
