"""Ending the open streams when the process is told to end: a web server waits for its answers."""

import signal
import socket
import threading

from annotations.editor.live.hub import hub

ENDINGS = {signal.SIGTERM, signal.SIGINT}


def end_with_process() -> None:
    """Close the hub at the first signal to end.

    Python tells of every signal through a file descriptor, whoever handles it: the web server's
    own handlers stay as they are. Only the main thread may ask for that.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    ours, pythons = socket.socketpair()
    pythons.settimeout(0)
    signal.set_wakeup_fd(pythons.fileno(), warn_on_full_buffer=False)
    waiter = threading.Thread(target=_wait, args=(ours, pythons), daemon=True, name="ending")
    waiter.start()


def _wait(ours: socket.socket, _kept: socket.socket) -> None:
    while numbers := ours.recv(16):
        if ENDINGS.intersection(numbers):
            hub.close()
            return
