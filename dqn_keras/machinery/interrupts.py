"""Ctrl-C and the signals that end a process, while TensorFlow runs.

Python runs its signal handlers in the main thread alone, and not before TensorFlow has returned to
it: in the middle of an endless episode that is never. But the moment a signal arrives, its number
is written to a "wake-up file", and another thread can read that.
"""

import signal
import socket
import sys
import threading

from dqn_keras.machinery.language import say

# Ctrl-C, the end of a cluster's patience, a terminal that is closed; Windows lacks the last.
SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
# Environments written in Python break their step off at it, with a KeyboardInterrupt.
broken_off = threading.Event()


class Interrupts:
    """Counts signals within its context: the first asks for an end, a second breaks off.

    SIGTERM and SIGHUP are passed on when the context ends, to the handler that was there before:
    by default they end the process. Threads other than the main one get no signals; there it does
    nothing. What was ignored before, as `nohup` ignores SIGHUP, stays ignored.
    """

    def __init__(self):
        self.asked = threading.Event()
        self._handled = []
        self._previous = {}

    def __enter__(self):
        """Takes the signals over."""
        broken_off.clear()
        if threading.current_thread() is threading.main_thread():
            self._receiver, self._sender = socket.socketpair()
            self._sender.setblocking(False)
            wakeup = self._sender.fileno()
            self._previous_file = signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
            for number in SIGNALS:
                if signal.getsignal(number) not in (signal.SIG_IGN, None):
                    self._previous[number] = signal.signal(number, self._handle)
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_):
        """Gives them back as they were."""
        self._give_back()
        if hasattr(self, "_thread"):
            signal.set_wakeup_fd(self._previous_file)
            self._sender.close()
            self._thread.join()
            self._receiver.close()
        broken_off.clear()
        for number in self._handled:
            if number != signal.SIGINT:
                signal.raise_signal(number)
                break

    def _give_back(self):
        while self._previous:
            signal.signal(*self._previous.popitem())

    def _handle(self, number, frame):
        """In the main thread, when Python runs there."""
        self.asked.set()
        self._handled.append(number)
        if len(self._handled) > 1:
            self._give_back()
            raise KeyboardInterrupt

    def _watch(self):
        """In a thread, at once."""
        count = 0
        while numbers := self._receiver.recv(16):
            for number in numbers:
                if number not in SIGNALS:
                    continue
                count += 1
                self.asked.set()
                if count == 1:
                    text = say(
                        "ends after this episode; once more breaks it off",
                        "이번 에피소드까지만 하고 끝냅니다. 한 번 더 누르면 바로 멈춥니다",
                    )
                    print(f"\n{text}", file=sys.stderr, flush=True)
                else:
                    broken_off.set()
