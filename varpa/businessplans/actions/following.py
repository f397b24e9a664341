"""Remarks follow their words through every change of the text."""

from varpa.businessplans.anchors import alike, around, find
from varpa.businessplans.models import BusinessPlan


def follow(plan: BusinessPlan, key: str, text: str) -> None:
    """Let every remark of a part find its words in the new text; words that came back are found again."""
    changed = []
    for remark in plan.remarks.filter(part=key, cell="").exclude(quote=""):
        # Words that are gone are found again as they were; likeness is measured while they stand.
        sought = remark.place or remark.quote
        found = find(text, sought, remark.before, remark.after, changed=bool(remark.place))
        if found and not alike(remark.quote, found.words):
            # Changed step by step into something else: these are not the words that were meant.
            found = None
        stood = remark.before, remark.after
        stands = (found.words, *around(text, found)) if found else ("", *stood)
        if stands != (remark.place, *stood):
            remark.place, remark.before, remark.after = stands
            changed.append(remark)
    plan.remarks.bulk_update(changed, ["place", "before", "after"])
