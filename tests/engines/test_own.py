from annotations.engines import Failure, OwnEngine, Usage
from annotations.extraction import Profile, examine
from annotations.models import ExtractionRun


class TestOwnEngine:
    def test_says_what_the_profile_says(self, material):
        engine = OwnEngine(Profile.FAST)

        found = list(engine.examine(material, alive=lambda: None))

        assert found == list(
            examine(
                material.sentences,
                language="fr",
                published_at=material.published_at,
                profile=Profile.FAST,
            )
        )
        assert (engine.version, engine.usage) == (Profile.FAST.engine, Usage())


class TestFailure:
    def test_has_words_for_each_on_the_run(self):
        assert {one.value for one in Failure} == set(ExtractionRun.Fallback.values)
