"""What the tests of tagging do and say."""

from annotations.workflow.tagging import Item, Opinion

REPORT = Item("https://journal.example/rapport", title="Le rapport", quote="« 3 millions »")
SAID = Opinion(label="verified", rationale="Vu au budget.", evidence=[REPORT])
NOTHING = {"label": "", "words": "", "rationale": "", "evidence": []}
