"""Settings that cannot be used are refused with what they may be."""

import pytest

from settings import LOOPBACK, SHORTEST_SECRET, InvalidSetting, from_environment


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


def test_proxies_are_loopback_or_private_networks():
    assert from_environment({}).proxies == LOOPBACK
    assert from_environment({"CERTGUIDE_PROXIES": "10.0.0.5, 172.16.0.0/12"}).proxies == (
        "10.0.0.5/32",
        "172.16.0.0/12",
    )
    assert from_environment({"CERTGUIDE_PROXIES": "none"}).proxies == ()
    for value in ("0.0.0.0/0", "*", "8.8.8.8", "::/0", "nginx"):
        with pytest.raises(InvalidSetting, match="CERTGUIDE_PROXIES"):
            from_environment({"CERTGUIDE_PROXIES": value})


@pytest.mark.parametrize("name", ["LIMIT_SESSION", "LIMIT_ADDRESS", "LIMIT_KEY", "AT_ONCE", "RETENTION_DAYS"])
def test_numbers_are_numbers(name):
    assert getattr(from_environment({f"CERTGUIDE_{name}": "7"}), name.lower()) == 7
    for value in ("-1", "many", "1.5", "٣x"):
        with pytest.raises(InvalidSetting, match=name):
            from_environment({f"CERTGUIDE_{name}": value})


@pytest.mark.parametrize(("name", "value"), [("LOG_FORMAT", "xml"), ("LOG_LEVEL", "loud"), ("METRICS_TOKEN", "short")])
def test_what_cannot_be_used_is_named(name, value):
    with pytest.raises(InvalidSetting, match=name):
        from_environment({f"CERTGUIDE_{name}": value})


def test_settings_that_are_printed_show_no_secret():
    secret = "a secret of many characters"
    shown = repr(from_environment({"CERTGUIDE_SECRET": secret, "CERTGUIDE_METRICS_TOKEN": secret}))
    assert secret not in shown
