import pytest

from annotations.models import AuditEvent, SavedView
from annotations.workflow import saved_views
from annotations.workflow.errors import BadInput, NotAllowed
from annotations.workflow.saved_views import NameTaken, TooMany
from tests.factories import DeskFactory, UserFactory


@pytest.fixture
def save(annotator, now):
    def save(name, *, by=annotator, query="state=open", page="queue", desk=None):
        return saved_views.save(page=page, name=name, query=query, desk=desk, by=by, at=now)

    return save


def names(user):
    return [one.name for one in SavedView.objects.visible_to(user).in_order()]


class TestSave:
    def test_keeps_what_the_address_asks_for(self, save):
        view = save("  À  faire ", query="?desk=politique&state=&before=2-7&language=fr")

        assert (view.name, view.query) == ("À faire", "desk=politique&language=fr")

    def test_puts_it_after_those_that_are_there(self, save, annotator):
        for name in ("one", "two", "three"):
            save(name)

        assert names(annotator) == ["one", "two", "three"]

    def test_is_ones_own_unless_shared(self, save, manager, annotator, desk):
        save("mine")
        save("ours", by=manager, desk=desk)
        save("theirs", by=manager)

        assert names(annotator) == ["mine", "ours"]
        assert names(UserFactory(on=DeskFactory())) == []
        event = AuditEvent.objects.get(action="view.saved")
        assert (event.desk, event.after["name"]) == (desk, "ours")

    def test_is_shared_by_managers_only(self, save, reviewer, desk):
        with pytest.raises(NotAllowed):
            save("ours", by=reviewer, desk=desk)

    def test_refuses_a_name_twice(self, save):
        save("one")
        save("one", page="search")

        with pytest.raises(NameTaken):
            save("one")

    @pytest.mark.parametrize(
        ("name", "page"), [("  ", "queue"), ("x" * 61, "queue"), ("a\0", "queue"), ("a", "odd")]
    )
    def test_refuses_what_cannot_be_used(self, save, name, page):
        with pytest.raises(BadInput):
            save(name, page=page)

    def test_refuses_too_many(self, save, monkeypatch):
        monkeypatch.setattr("annotations.workflow.saved_views.AT_MOST", 1)
        save("one")

        with pytest.raises(TooMany):
            save("two")


class TestChange:
    def test_renames(self, save, annotator, now):
        saved_views.rename(view=save("one"), name="two", by=annotator, at=now)

        assert names(annotator) == ["two"]

    def test_moves_up_and_down_and_stops_at_the_ends(self, save, annotator):
        first, _second, third = (save(name) for name in ("one", "two", "three"))

        saved_views.move(view=third, up=True, by=annotator)
        saved_views.move(view=third, up=True, by=annotator)
        saved_views.move(view=third, up=True, by=annotator)
        assert names(annotator) == ["three", "one", "two"]
        saved_views.move(view=first, up=False, by=annotator)

        assert names(annotator) == ["three", "two", "one"]

    def test_deletes(self, save, annotator, now):
        saved_views.delete(view=save("one"), by=annotator, at=now)

        assert names(annotator) == []

    def test_refuses_another_s_and_what_is_the_desk_s(self, save, desk, manager, reviewer, now):
        mine, ours = save("mine"), save("ours", by=manager, desk=desk)

        for view in (mine, ours):
            with pytest.raises(NotAllowed):
                saved_views.rename(view=view, name="x", by=reviewer, at=now)
