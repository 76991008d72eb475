from time import process_time

import pytest

from annotations.extraction import extract

SIZE = 200_000
SECONDS = 10


@pytest.mark.parametrize("unit", ["« ", "(", "a.", "1", "1 ", '"', "le, ", "A", "a_"])
def test_hostile_texts_are_read_in_linear_time(unit):
    text = unit * (SIZE // len(unit))
    began = process_time()

    found = list(extract(text, language="fr"))

    assert found[-1].end == len(text.rstrip())
    assert process_time() - began < SECONDS
