"""Plays a person at a terminal: python3 terminal.py ROWS COLUMNS TEXT...

Starts bash with job control on a pseudo-terminal of that size and types each TEXT. A text `wait:WORDS`
waits until these words were shown since the last text, `pause:SECONDS` waits so long, `key:Z` presses
Ctrl-Z, `size:ROWSxCOLUMNS` changes the window. What the terminal was sent since the text before is one
item of the list that is printed as JSON. Gives up after a minute without an answer.
"""
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def size(descriptor, rows, columns):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def main():
    rows, columns = int(sys.argv[1]), int(sys.argv[2])
    child, master = pty.fork()
    if child == 0:
        # What started this may block or ignore signals, and hands that on.
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
            signal.signal(number, signal.SIG_DFL)
        os.environ.update(PS1="$ ", TERM="xterm", NO_COLOR="1")
        os.environ.pop("PROMPT_COMMAND", None)
        os.execvp("bash", ["bash", "--norc", "--noprofile", "--noediting", "-i"])
    size(master, rows, columns)
    shown = []
    text = ""

    def read(seconds):
        nonlocal text
        ready, _, _ = select.select([master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(master, 65536)
        except OSError:
            return False
        text += data.decode(errors="replace")
        return bool(data)

    def settle(seconds):
        end = time.time() + seconds
        while time.time() < end:
            read(0.05)

    settle(0.5)
    for step in sys.argv[3:]:
        kind, _, rest = step.partition(":")
        if kind == "wait":
            end = time.time() + 60
            while rest not in text and time.time() < end:
                read(0.1)
            continue
        if kind == "pause":
            settle(float(rest))
            continue
        shown.append(text)
        text = ""
        if kind == "key":
            os.write(master, bytes([ord(rest) - 64]))
        elif kind == "size":
            size(master, *[int(number) for number in rest.split("x")])
        else:
            os.write(master, step.encode() + b"\r")
    settle(0.3)
    shown.append(text)
    print(json.dumps(shown[1:]))
    os.kill(child, signal.SIGHUP)


main()
