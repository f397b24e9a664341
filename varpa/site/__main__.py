"""`python -m varpa.site COMMAND`: the command line; who ends it while it is loading reads nothing."""

import sys


def main() -> None:
    """Load the commands and run one; Ctrl-C meanwhile ends without a word."""
    try:
        from varpa.site import cli

        cli.main(prog_name="varpa")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
