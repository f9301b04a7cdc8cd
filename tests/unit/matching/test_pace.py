import time

from matching.pace import Pace, gently


def test_a_few_times_at_once_then_at_a_steady_rate():
    now = [0.0]
    pace = Pace(3, 4.0, lambda: now[0])
    assert [pace.due() for _ in range(5)] == [True, True, True, False, False]
    now[0] += 0.25
    assert [pace.due() for _ in range(2)] == [True, False]
    now[0] += 60
    assert sum(pace.due() for _ in range(9)) == 3


def test_work_beside_the_searching_rests_most_of_the_time_and_leaves_nothing_out():
    rests = []
    made = list(gently((time.sleep(0.003) or n for n in range(5)), share=0.3, slice_seconds=0.002, rest=rests.append))
    assert made == list(range(5))
    assert len(rests) == 5
    assert min(rests) >= 0.003
