"""The classes of errors, as they are shown, and who plants them."""

from __future__ import annotations

from evals.plant.digits import copied_stale, decimal_moved, digit_changed, digits_transposed
from evals.plant.invented import invented
from evals.plant.mutant import Planter
from evals.plant.numerals import count_changed, numeral_changed
from evals.plant.printed import bound_wrong, rounded_wrong
from evals.plant.renamed import renamed
from evals.plant.swaps import swapped_apart, swapped_in_sentence
from evals.plant.units import unit_changed
from evals.plant.words import direction_turned, marks_mistaken, stage_changed, year_swapped

CLASSES: dict[str, Planter] = {
    "改一位数字": digit_changed,
    "相邻数字颠倒": digits_transposed,
    "小数点移位": decimal_moved,
    "单位写错": unit_changed,
    "增减方向写反": direction_turned,
    "同句两数对调": swapped_in_sentence,
    "异处两数对调": swapped_apart,
    "本年上年混淆": year_swapped,
    "口径词写错": stage_changed,
    "分值得分混淆": marks_mistaken,
    "舍入错误": rounded_wrong,
    "约数用错": bound_wrong,
    "两处只改一处": copied_stale,
    "汉字数字写错": numeral_changed,
    "所列项数写错": count_changed,
    "凭空添一句": invented,
    "真数张冠李戴": renamed,
}
