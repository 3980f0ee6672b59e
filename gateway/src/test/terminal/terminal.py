"""Runs a command on a terminal of its own: what comes on standard input is typed, what it shows goes to standard output.

    python3 terminal.py COMMAND...

Leaves with the command's exit code.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

pid, master = pty.fork()
if pid == 0:
    # What whoever runs the tests ignores, as a shell does for jobs in the background, its children would ignore, too.
    for heard in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(heard, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])

sources = [master, 0]
while True:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        typed = os.read(0, 4096)
        if typed:
            os.write(master, typed)
        else:
            sources.remove(0)
    if master in ready:
        try:
            shown = os.read(master, 4096)
        except OSError:  # Linux says so when the last user of the terminal is gone
            break
        if not shown:
            break
        os.write(1, shown)

sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) % 256)
