from matching.pace import Pace


def test_a_few_times_at_once_then_at_a_steady_rate():
    now = [0.0]
    pace = Pace(3, 4.0, lambda: now[0])
    assert [pace.due() for _ in range(5)] == [True, True, True, False, False]
    now[0] += 0.25
    assert [pace.due() for _ in range(2)] == [True, False]
    now[0] += 60
    assert sum(pace.due() for _ in range(9)) == 3
