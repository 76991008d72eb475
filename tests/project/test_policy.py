HEADER = "Content-Security-Policy"


class TestPolicy:
    def test_pages_and_api_say_the_same(self, client, db):
        page, api = client.get("/login/"), client.get("/api/v1/health/live/")

        assert page[HEADER] == api[HEADER]
        assert "default-src 'none'" in page[HEADER]
        assert "unsafe" not in page[HEADER]

    def test_follows_the_settings(self, client, db, settings):
        before = client.get("/login/")[HEADER]

        assert all(
            f"{name} {' '.join(values)}" in before
            for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
        )
