"""``python -m skillaudit``: the command line where its script is not on the path."""

from skillaudit.start import main

main()
