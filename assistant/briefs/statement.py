"""Whether a sentence of a material states something: else it is no fact of a brief, whoever wrote it and for whatever end.

The second line behind `intake.sieve`, which takes out what is an order: this one takes for no fact what may be one, and knows the mood.
"""

from __future__ import annotations

from assistant.intake.orders import is_doubtful
from assistant.intake.readings import is_foreign
from assistant.patterns import regex

_QUOTED = regex(r"“[^”]{0,60}”|《[^》]{0,60}》|‘[^’]{0,60}’")
_SECOND_PERSON = regex(r"[你您](?!追我|来我|争我|中有我|好)")
_QUESTION = regex(r"[？?]\W{0,3}$|吗[。；，]")
_ASKED = r"(?:[\u4e00-\u9fff]{0,10}(?:部门|单位|财政|局|委|办|处|科|镇|街道|社区|村|企业|专家|机构|教授|群众|代表|人员|干部|公司|学校|医院|中心|上级|第三方|政府|党委))"
_BARE = regex(
    rf"^\W{{0,4}}(?:(?:烦|敬|恳)?请(?!示|销?假|进来|求|战|教|愿|予|审|批|{_ASKED})|请勿|麻烦(?!事|的|在)|拜托|别(?!的|是|墅|具|开|离|样|出)|切勿|千万|切记|记得|记住)"
)
"""A wish without anybody who is to fulfil it."""
_WISHED = regex(r"^\W{0,4}(?:务必|不要(?!求)|不许|(?:须|应当?|要|需)[^，。]{0,10}(?:写[成为“]|表述|填[写成为]))")
"""The same, as plans and measures may say it."""
_CODE = regex(r"[{}`]|</?[a-z]|<\||\"\s?:|=>|\w\([\"']|^\s{0,4}(?:#!|//|/\*|import\s)")
_HAN, _LATIN = regex(r"[\u4e00-\u9fff]"), regex(r"[A-Za-z]")


def is_statement(text: str, planned: bool = False) -> bool:
    """False for a question, a wish that nobody is named to fulfil, a word to the reader, a line of code, a foreign sentence, a doubtful order.

    `planned`: the sentence stands among plans, measures or problems, which say 务必… and 不要… of the work itself.
    """
    said = _QUOTED.sub("“”", text)
    code = len(_LATIN.findall(said)) > len(_HAN.findall(said)) and _CODE.search(said)
    if code or is_foreign(said) or _SECOND_PERSON.search(said) or _QUESTION.search(said):
        return False
    return not (_BARE.search(said) or (not planned and _WISHED.search(said)) or is_doubtful(text))
