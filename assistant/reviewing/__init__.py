"""A bureau's review of what units handed in: an 审核意见单 for each, one 台账 of all, and what became of earlier opinions.

submitted  a folder → submissions; naming: whose each is; roster: 名单, who must report
checked    one submission read and checked, in a process of its own; tables: its score tables behind its text
rules      the twenty rules and what sends a report back, data of the bureau's (knowledge_base/review.yaml)
opinion    findings → opinions, held against those of the last review; kept: the result folder that remembers them
sheet      an opinion → 审核意见单; register_sheet: all of them → 台账.xlsx
batch      `review_batch`: the whole
"""

from assistant.reviewing.batch import REGISTER, Reviewed, review_batch
from assistant.reviewing.opinion import Opinion

__all__ = ["REGISTER", "Opinion", "Reviewed", "review_batch"]
