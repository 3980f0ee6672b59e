#!/usr/bin/env python3
"""Records a conversation of `thalweg chat` with the demo model, as text.

    ./thalweg serve &
    python3 examples/chat/record.py > recording.txt

It runs the real command on a terminal of its own, types, stops the second answer with Ctrl-C, and takes the escape codes
out of what was shown. Of the indicator, which is drawn over and over in one place, the last picture before the answer stays.
"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios

HERE = os.path.dirname(os.path.abspath(__file__))
THALWEG = os.path.join(HERE, "..", "..", "thalweg")
PROMPT = b"\x1b[1m> "

pid, master = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 400, 0, 0))
    os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", THALWEG_BASE_URL=os.environ.get("THALWEG_BASE_URL", "http://127.0.0.1:8000"))
    os.execv(THALWEG, [THALWEG, "chat", "--model", "thalweg/demo"])

shown = b""
seen = 0


def wait(for_what):
    """Waits for a text after what was waited for before."""
    global shown, seen
    while (at := shown.find(for_what, seen)) < 0:
        if not select.select([master], [], [], 120)[0]:
            sys.exit("waited in vain for %r after %r" % (for_what, shown[seen:]))
        shown += os.read(master, 4096)
    seen = at + len(for_what)


def type_in(keys):
    os.write(master, keys)


wait(PROMPT)
type_in(b"Why do rivers meander?\r")
wait(b"honestly")
wait(PROMPT)
type_in(b"And why do they carry sand?\r")
wait(b"not a language")
type_in(b"\x03")
wait(PROMPT)
type_in(b"/exit\r")
try:
    while piece := os.read(master, 4096):
        shown += piece
except OSError:  # the terminal's last user is gone
    pass
os.waitpid(pid, 0)

text = shown.decode()
text = re.sub(r"(?:\r\x1b\[2K(?:\x1b\[2m)?([^\x1b\r\n]*)(?:\x1b\[0m)?)+\r\x1b\[2K", lambda drawn: (drawn[1] or "") + "\n", text)
text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]", "", text)
print("\n".join(line.rstrip() for line in text.replace("\r", "").split("\n")).strip())
