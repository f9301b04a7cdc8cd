import pytest

from matching.index.ids import Chain, Ids

HEX = [f"{n:032x}" for n in (0, 1, 255, 256, 2**120)]


@pytest.mark.parametrize("ids", [HEX, ["a", "b"], ["ab" * 16, "zz" * 16], []])
def test_they_read_as_they_were_given(ids):
    packed = Ids(ids)
    assert list(packed) == ids == packed[:]
    assert [packed.place(key) for key in ids] == list(range(len(ids)))
    assert packed.place("f" * 32) == packed.place("not an id") == packed.place("") == -1


def test_they_come_back_from_bytes():
    assert list(Ids.packed(bytes(Ids(HEX)))) == HEX


@pytest.mark.parametrize("ids", [["b", "a"], ["a", "a"], HEX[::-1]])
def test_out_of_order_or_twice_is_refused(ids):
    with pytest.raises(ValueError, match="ascending"):
        Ids(ids)


def test_a_chain_reads_as_one():
    chain = Chain([Ids(["a", "c"]), Ids([]), Ids(["b"])])
    assert list(chain) == [chain[0], chain[1], chain[2]] == ["a", "c", "b"]
    assert (chain[-1], chain[1:], len(chain)) == ("b", ["c", "b"], 3)
    with pytest.raises(IndexError):
        chain[3]
