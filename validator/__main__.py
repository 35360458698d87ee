"""`python -m validator`: the same program as the command `validator`."""

from validator.cli.main import entry

if __name__ == "__main__":
    entry()
