"""Settings that cannot be used are refused with what they may be."""

import pytest

from settings import SHORTEST_SECRET, InvalidSetting, from_environment


def test_sites_are_listed_by_spaces_or_commas_as_browsers_name_them():
    settings = from_environment({"CERTGUIDE_WIDGET_ORIGINS": "https://A.example.cn/, http://localhost:8000"})
    assert settings.widget_origins == ("https://a.example.cn", "http://localhost:8000")


@pytest.mark.parametrize("value", ["*", "example.cn", "https://example.cn/path", "javascript:alert(1)", "null"])
@pytest.mark.parametrize("name", ["CERTGUIDE_WIDGET_ORIGINS", "CERTGUIDE_CORS_ORIGINS"])
def test_what_is_no_site_is_refused(name, value):
    with pytest.raises(InvalidSetting, match=name):
        from_environment({name: value})


def test_a_root_path_begins_with_a_slash_and_ends_without():
    assert from_environment({"CERTGUIDE_ROOT_PATH": "/certguide/"}).root_path == "/certguide"
    with pytest.raises(InvalidSetting, match="CERTGUIDE_ROOT_PATH"):
        from_environment({"CERTGUIDE_ROOT_PATH": "certguide"})


def test_a_secret_that_could_be_guessed_is_refused():
    with pytest.raises(InvalidSetting, match="CERTGUIDE_SECRET"):
        from_environment({"CERTGUIDE_SECRET": "s" * (SHORTEST_SECRET - 1)})
