"""Settings that cannot be used are refused with what they may be, and secrets are not printed."""

import pytest

from settings import LOOPBACK, SHORTEST_SECRET, Account, InvalidSetting, from_environment


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


AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
WECHAT = {"CERTGUIDE_WECHAT_TOKEN": "t0ken", "CERTGUIDE_WECHAT_ID": "wx1", "CERTGUIDE_WECHAT_AES_KEY": AES_KEY}
KF = {"CERTGUIDE_KF_TOKEN": "t0ken", "CERTGUIDE_KF_ID": "ww1", "CERTGUIDE_KF_AES_KEY": AES_KEY}


def test_an_account_is_read_whole():
    settings = from_environment({**WECHAT, "CERTGUIDE_WECHAT_SECRET": "s3cret"})
    assert settings.wechat == Account("t0ken", "wx1", AES_KEY, "s3cret")


def test_without_a_token_there_is_no_account():
    assert from_environment({"CERTGUIDE_WECHAT_ID": "wx1"}).wechat is None


def test_an_official_account_may_speak_in_plain_text():
    assert from_environment({"CERTGUIDE_WECHAT_TOKEN": "t0ken"}).wechat == Account("t0ken")


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({**WECHAT, "CERTGUIDE_WECHAT_AES_KEY": AES_KEY[1:]}, "CERTGUIDE_WECHAT_AES_KEY"),
        ({**WECHAT, "CERTGUIDE_WECHAT_ID": ""}, "CERTGUIDE_WECHAT_ID"),
        ({"CERTGUIDE_WECHAT_TOKEN": "t", "CERTGUIDE_WECHAT_SECRET": "s"}, "CERTGUIDE_WECHAT_ID"),
        ({"CERTGUIDE_WECOM_TOKEN": "t"}, "CERTGUIDE_WECOM_AES_KEY"),
        (KF, "CERTGUIDE_KF_SECRET"),
        ({"CERTGUIDE_PUBLIC": "cert.example.cn"}, "CERTGUIDE_PUBLIC"),
        ({"CERTGUIDE_PUBLIC": 'https://x/"><b>'}, "CERTGUIDE_PUBLIC"),
    ],
)
def test_what_is_missing_or_mistyped_is_told(environment, told):
    with pytest.raises(InvalidSetting, match=told):
        from_environment(environment)


def test_the_public_address_needs_no_slash():
    assert (
        from_environment({"CERTGUIDE_PUBLIC": "https://cert.example.cn/bot/"}).public == "https://cert.example.cn/bot"
    )


def test_secrets_are_not_printed():
    printed = repr(from_environment({**WECHAT, "CERTGUIDE_WECHAT_SECRET": "s3cret"}))
    assert "wx1" in printed
    assert not any(secret in printed for secret in ("t0ken", AES_KEY, "s3cret"))


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
