"""What each rule asks for, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: dict[str, str | Promise] = {
    "CR-E1": _("The claim, the address of the check and the words of its outcome must be there."),
    "CR-E2": _(
        "The check must stand on the publisher's own site, at a full address, not a short link."
    ),
    "CR-E3": _("A rating must have a value, a best and a worst, with the value between them."),
    "CR-E4": _(
        "The outcome must be one row of the desk's scale, with the number and names it has there."
    ),
    "CR-E5": _(
        "An unverified claim must have no number, and is given only where the desk chose so."
    ),
    "CR-E6": _("Who made the claim must have a name of their own."),
    "CR-E7": _("Each place where the claim appeared must be one full web address."),
    "CR-E8": _("A claim of others must not have appeared on the publisher's own site."),
    "CR-E9": _("The claim must be no younger than the check, and the check not in the future."),
    "CR-E10": _("What is written must be able to stand inside a web page."),
    "CR-E11": _("Only what is approved and published may be given."),
    "CR-W1": _("The claim should be short (75 characters), and in its author’s own words."),
    "CR-W2": _("The outcome should begin with a name of the desk's scale and be short."),
    "CR-W3": _("It should be known who claimed it, when, and where it appeared."),
    "CR-W4": _("There should be evidence for or against, with a copy of each piece kept."),
    "CR-W5": _("No other check should be published at the same address."),
    "CR-W6": _("The same claim should not be published with another outcome."),
    "WA-E1": _("The text must have the quoted words at the place that is given."),
    "WA-E2": _("The words before and after must be those of the text."),
    "WA-E3": _("The place must lie within the text."),
    "WA-E4": _("No character may be cut in two."),
    "WA-E5": _("The text must be exactly the one whose checksum is given."),
    "WA-E6": _("The quotation with its surroundings must stand in the text only once."),
    "no_claimant": _("It must be known who made the claim."),
}
