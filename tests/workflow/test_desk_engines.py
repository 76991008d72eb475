import pytest

from annotations.engines import ChatEngine
from annotations.models import AuditEvent, Desk
from annotations.workflow import desk_engines
from annotations.workflow.errors import BadInput, NotAllowed
from tests.factories import UserFactory


@pytest.fixture
def model_set_up(settings):
    settings.CHAT_URL, settings.CHAT_MODEL = "https://models.example/v1", "small"


def choose(desk, engine, by, now):
    return desk_engines.choose(desk=desk, engine=engine, by=by, at=now)


class TestChoose:
    def test_keeps_the_choice_and_leaves_a_trace(self, desk, manager, now):
        choose(desk, "fast", manager, now)

        event = AuditEvent.objects.get(action="desk.engine_chosen")
        assert Desk.objects.get().engine == "fast"
        assert (event.desk, event.actor) == (desk, manager)
        assert (event.before, event.after) == ({"engine": "standard"}, {"engine": "fast"})

    def test_leaves_no_trace_where_nothing_changes(self, desk, manager, now):
        choose(desk, "standard", manager, now)

        assert not AuditEvent.objects.exists()

    @pytest.mark.parametrize("who", ["annotator", "reviewer", "outsider"])
    def test_refuses_who_is_no_manager(self, desk, who, now, request):
        with pytest.raises(NotAllowed):
            choose(desk, "fast", request.getfixturevalue(who), now)

    def test_lets_the_administration_choose(self, desk, now):
        choose(desk, "fast", UserFactory(is_superuser=True), now)

        assert Desk.objects.get().engine == "fast"

    def test_refuses_an_engine_that_there_is_not(self, desk, manager, now):
        with pytest.raises(BadInput):
            choose(desk, "oracle", manager, now)

    def test_refuses_a_model_that_is_not_set_up(self, desk, manager, now):
        with pytest.raises(desk_engines.NotSetUp):
            choose(desk, "chat", manager, now)

    def test_takes_a_model_that_is_set_up(self, desk, manager, now, model_set_up):
        choose(desk, "chat", manager, now)

        assert isinstance(desk_engines.of(desk), ChatEngine)
        assert desk_engines.version(desk) == "chat-1:small"
