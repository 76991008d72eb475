"""What each rule asks for, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: dict[str, str | Promise] = {
    "CR-E1": _("The claim, the address of the check and the words of its outcome are there."),
    "CR-E2": _(
        "The check stands on the publisher's own site, at a full address, not a short link."
    ),
    "CR-E3": _("A rating has a value, a best and a worst, and the value lies between them."),
    "CR-E4": _(
        "The outcome is one row of the desk's scale, with the number and names it has there."
    ),
    "CR-E5": _("An unverified claim has no number, and is given only where the desk chose so."),
    "CR-E6": _("Who made the claim has a name of their own."),
    "CR-E7": _("Each place where the claim appeared is one full web address."),
    "CR-E8": _("A claim of others did not appear on the publisher's own site."),
    "CR-E9": _("The claim is no younger than the check, and the check is not in the future."),
    "CR-E10": _("What is written can stand inside a web page."),
    "CR-E11": _("Only what is approved and published is given."),
    "CR-W1": _("The claim is short (75 characters), and in the words of who made it."),
    "CR-W2": _("The outcome begins with a name of the desk's scale and is short."),
    "CR-W3": _("It is known who claimed it, when, and where it appeared."),
    "CR-W4": _("There is evidence for or against, and a copy of each piece is kept."),
    "CR-W5": _("No other check is published at the same address."),
    "CR-W6": _("The same claim is not published with another outcome."),
    "WA-E1": _("The text has the quoted words at the place that is given."),
    "WA-E2": _("The words before and after are those of the text."),
    "WA-E3": _("The place lies within the text."),
    "WA-E4": _("No character is cut in two."),
    "WA-E5": _("The text is exactly the one whose checksum is given."),
    "WA-E6": _("The quotation with its surroundings stands in the text only once."),
    "no_claimant": _("It is known who made the claim."),
}
