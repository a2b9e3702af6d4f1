"""Being asked to end, also in the very moment of waiting for it."""

from __future__ import annotations

import os
import signal
import threading
import time

from edge.stop import StopSwitch, stop_on


def test_a_signal_that_comes_while_waiting_ends_the_wait_at_once() -> None:
    before = signal.getsignal(signal.SIGUSR1)
    stop = stop_on(signal.SIGUSR1)
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1)).start()
    begun_s = time.monotonic()
    assert stop.wait(20)
    assert time.monotonic() - begun_s < 10
    signal.signal(signal.SIGUSR1, before)


def test_every_waiting_thread_is_woken() -> None:
    stop = StopSwitch()
    threads = [threading.Thread(target=stop.wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    stop.set()
    stop.set()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


def test_a_wait_that_is_not_answered_ends_by_itself() -> None:
    assert not StopSwitch().wait(0.01)
