from hypothesis import given
from hypothesis import strategies as st

from annotations.editor.comparing import compare

WORDS = st.text(alphabet="ab ,é🙂", max_size=30)


class TestCompare:
    def test_marks_the_words_that_are_in_one_only(self):
        was, now = compare("Il y a 3 écoles.", "Il y a 4 écoles.")

        assert [one.text for one in was if one.is_other] == ["3"]
        assert [one.text for one in now if one.is_other] == ["4"]

    @given(WORDS, WORDS)
    def test_loses_nothing(self, was, now):
        old, new = compare(was, now)

        assert "".join(one.text for one in old) == was
        assert "".join(one.text for one in new) == now
        assert [one.text for one in old if not one.is_other] == [
            one.text for one in new if not one.is_other
        ]
