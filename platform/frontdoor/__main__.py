"""`python -m frontdoor` is the command `frontdoor`."""

from frontdoor.cli import main

if __name__ == "__main__":
    main(prog_name="frontdoor")
