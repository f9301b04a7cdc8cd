"""What is withheld of prize money. The treatment is a decision that staff confirm; nothing here assumes one."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.after_award import Treatment

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Basis:
    """A treatment's rate in per cent, and the articles it rests on."""

    rate: int
    articles: str


BASES = {
    Treatment.occasional: Basis(20, "《个人所得税法》第二条第九项（偶然所得）、第三条第三项（税率百分之二十）、第六条第六项（以每次收入额为应纳税所得额）"),
    Treatment.exempt: Basis(0, "《个人所得税法》第四条第一项：省级人民政府、国务院部委和中国人民解放军军以上单位等颁发的"
                               "科学、教育、技术等方面的奖金免税。市一级发的不在其内，须另有依据"),
    Treatment.wages: Basis(0, "《个人所得税法》第二条第一项（工资、薪金所得）：由获奖者所在单位发放并代扣代缴，这里不扣"),
}
UNCONFIRMED = "《个人所得税法》第九条：个人所得税以支付所得的单位或者个人为扣缴义务人"


def withheld(gross: Decimal, rate: int) -> Decimal:
    """The tax on `gross` 元 at `rate` per cent, to the 分, halves up."""
    return (gross * rate / 100).quantize(FEN, ROUND_HALF_UP)
