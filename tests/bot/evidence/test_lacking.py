"""What is asked for in plain words is told only by what has it: a number of firms, a telephone, a rate, people, how long before."""

import pytest

from bot.conversation import Need
from bot.evidence.lacking import lacks_what_is_asked


@pytest.mark.parametrize(
    ("asked", "told", "lacks"),
    [
        ("四钻的有几家", "这是一家认证机构公布的口径。", True),
        ("全省有多少家", "培育企业5328家", False),
        ("全省有多少家", "有民宿1.8万多家", False),
        ("给镇上几家厂上课先画哪张", "先画鱼骨图", False),
        ("质量认证服务中心电话多少", "先到县质量认证服务中心问。", True),
        ("质量认证服务中心电话多少", "可以打12345热线。", False),
        ("质量认证服务中心电话多少", "电话0572-8062345。", False),
        ("找谁问", "先到县质量认证服务中心问。", False),
        ("拿了证去贷款利率多少", "可以享受融资优惠绿色通道。", True),
        ("拿了证去贷款利率多少", "利率最低3.15%。", False),
        ("能优惠几个点", "按LPR减25个基点。", False),
        ("工厂检查来几个检查员", "工厂检查看质量保证能力。", True),
        ("工厂检查来几个检查员", "工厂检查来2名检查员。", False),
        ("要提前几个月去续", "证书有效期3年。", True),
        ("要提前几个月去续", "到期前90天内申请延续。", False),
        ("要提前多久说", "停业要提前告知。", False),
        ("几个月能拿证", "一般要一阵子。", False),
    ],
)
def test_what_is_asked_for_is_told_by_what_has_it(asked, told, lacks):
    assert lacks_what_is_asked(Need("", "", None, "2026-11-23", asked), told) is lacks
