"""An Official Account of WeChat (公众号) at /wechat: messages, menu clicks, new followers. Shut unless CERTGUIDE_WECHAT_TOKEN is set."""

from fastapi import APIRouter

from bot.channels._wechat.calls import OfficialAccount, Push
from bot.channels._wechat.door import door
from bot.reception import Reception


def router(reception: Reception) -> APIRouter:
    """The routes of the account in the settings; none without one."""
    account = reception.settings.wechat
    if not account:
        return APIRouter()
    return door("wechat", account, reception, Push(OfficialAccount(account).send) if account.secret else None)
