from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from annotations.models import User


class TestRecognising:
    def test_takes_one_statement_for_each(self, as_annotator, django_assert_num_queries):
        as_annotator.get("/settings/keyboard/")

        with django_assert_num_queries(3) as asked:
            as_annotator.get("/settings/keyboard/")

        sql = [one["sql"] for one in asked.captured_queries]
        assert ["session" in sql[0], "annotations_user" in sql[1]] == [True, True]

    def test_forgets_an_ended_session(self, as_annotator):
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

        assert as_annotator.get("/").status_code == 302

    def test_forgets_who_was_deactivated(self, as_annotator):
        User.objects.update(is_active=False)

        assert as_annotator.get("/").status_code == 302
