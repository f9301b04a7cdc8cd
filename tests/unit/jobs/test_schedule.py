"""The clock does each duty when it is due, outlives what fails, and stops when told."""

import threading
from dataclasses import replace

from jobs import schedule
from jobs.duties import BY_NAME, Duty


class Recorder:
    """A runtime for tests that notes what was done, and stops the clock after some acts."""

    def __init__(self, acts: int):
        self.done, self.acts, self.stop = [], acts, threading.Event()

    def note(self, name: str) -> None:
        self.done.append(name)
        if len(self.done) >= self.acts:
            self.stop.set()


def duty(name: str, seconds: float = 0.001, fails: bool = False) -> Duty:
    def act(recorder: Recorder) -> None:
        recorder.note(name)
        if fails:
            raise RuntimeError("as the test wants")

    return Duty(name, seconds, act)


def test_every_duty_is_done_at_once_in_the_order_listed():
    here = Recorder(2)
    schedule.run(here, here.stop, [duty("first", 60), duty("second", 60)])
    assert here.done == ["first", "second"]


def test_a_short_interval_comes_round_again_before_a_long_one():
    here = Recorder(4)
    schedule.run(here, here.stop, [duty("often"), duty("seldom", 60)])
    assert here.done == ["often", "seldom", "often", "often"]


def test_a_duty_that_fails_neither_stops_the_others_nor_comes_back_at_once():
    here = Recorder(4)
    schedule.run(here, here.stop, [duty("broken", fails=True), duty("sound")])
    assert here.done == ["broken", "sound", "sound", "sound"]


def test_a_stopped_clock_does_nothing():
    here = Recorder(1)
    here.stop.set()
    schedule.run(here, here.stop, [duty("any")])
    assert here.done == []


def test_performing_says_whether_it_went_well():
    here = Recorder(9)
    assert schedule.perform(duty("sound"), here)
    assert not schedule.perform(duty("broken", fails=True), here)


def test_a_posting_is_taken_in_while_the_whole_index_is_compared_or_saved():
    begun, over = threading.Event(), threading.Event()
    for name in ("reconcile_index", "save_snapshot"):
        long = replace(BY_NAME[name], act=lambda _here: (begun.set(), over.wait(30)))
        saving = threading.Thread(target=schedule.perform, args=(long, Recorder(9)))
        saving.start()
        assert begun.wait(30)
        outbox = threading.Thread(target=schedule.perform, args=(replace(BY_NAME["drain_outbox"], act=id), Recorder(9)))
        outbox.start()
        outbox.join(10)
        assert not outbox.is_alive()
        over.set()
        saving.join()
        begun.clear(), over.clear()
