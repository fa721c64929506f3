"""Known errors planted into good reports, each beside a neighbour that is right and must pass.

edit       a text with some stretches replaced, its blocks and cells moved along
clean      a good report: every number of it with the truth behind it
prose      reports written by hand (prose/*.md), every number marked with its figure or formula
sources    where the good reports come from: drafts of the shipped and of made-up cases, and the prose
truth      whether a changed number could still be true, read as leniently as anyone could
digits units printed words renamed swaps numerals invented    the planters, one family a file
neighbours the same said rightly in another way
packs told  several mutants in one reading; whether a finding tells of an error
trial      the errors of a report, planted and looked for, and the neighbours let pass
baseline   the obvious rule to compare with: a number is fine if value and unit are found anywhere in the ledger
"""
