"""An app of WeCom (企业微信自建应用) at /wecom, for members of a firm or an office. Shut unless CERTGUIDE_WECOM_TOKEN is set."""

from fastapi import APIRouter

from bot.channels._wechat.calls import Push, WeComApp
from bot.channels._wechat.door import door
from bot.reception import Reception


def router(reception: Reception) -> APIRouter:
    """The routes of the app in the settings; none without one."""
    account = reception.settings.wecom
    if not account:
        return APIRouter()
    return door("wecom", account, reception, Push(WeComApp(account).send) if account.secret and account.agent else None)
