"""Settings that cannot be used are refused with what they may be, and secrets are not printed."""

import pytest

from settings import SHORTEST_SECRET, Account, InvalidSetting, from_environment


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
