"""Settings: what would fail at the first message fails at the start, and secrets are not printed."""

import pytest

from settings import Account, InvalidSetting, from_environment

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
