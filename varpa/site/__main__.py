"""`python -m varpa.site COMMAND`: the command line; who ends it while it is loading reads nothing."""

import sys

# Whoever works on the house is at no installation: its mail server is not for tests.
OF_THE_HOUSE = {"test", "bench", "tidy", "docs", "catalogues"}


def main() -> None:
    """Load the commands and run one; Ctrl-C meanwhile ends without a word."""
    try:
        from varpa.site import cli

        if not OF_THE_HOUSE.intersection(sys.argv[1:2]):
            _take_settings()
        cli.main(prog_name="varpa")
    except KeyboardInterrupt:
        sys.exit(130)


def _take_settings() -> None:
    from varpa.site import boot, settings_file

    try:
        settings_file.take(boot.data_folder())
    except settings_file.BadSettingsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
