"""``python -m leukonlp``: the command line without the installed script."""

import sys

from leukonlp.cli import main

if __name__ == "__main__":
    sys.exit(main())
