"""Where the program begins: before anything is loaded, Ctrl-C is one line and no traceback."""

import os
import signal


def main() -> None:
    """Run the command line; the process ends by the signal that asks for it, also while modules are loaded."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    from skillaudit.cli import main as run  # noqa: PLC0415 - it takes a tenth of a second, in which Ctrl-C may come

    run()


def _end(number: int, _frame: object) -> None:
    os.write(2, b"skillaudit: ended by SIGINT\n")
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
