"""English words that tell what was done from what is so and from what is to come."""

from annotations.extraction.languages.base import Aspect, folded

IRREGULAR = (
    "fell|rose|grew|lost|won|beat|cut|paid|voted|spent|took|gave|made|built|sent|sold|bought|shot"
    "|struck|broke|began|became|came|went|left|met|ran|hit|led|held|brought|got|had|did|drove|flew"
    "|fled|sank|shrank|doubled|knew|withdrew|threw|overthrew|froze|chose|rang|blew|tore|swept|burst"
    "|stole|wrote|spoke|told|found|fought|caught|taught|sought|shut"
)
NOT_VERB = (
    r"(?<!, )(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bof )(?<!\bto )(?<!\bis )(?<!\bare )(?<!\bbe )"
    r"(?<!\bin )(?<!\bby )(?<!\bits )(?<!\btheir )(?<!\bno )(?<!\bfor )(?<!\bwith )(?<!\bmore )"
)

ASPECT = Aspect(
    forecast=folded(
        r"(?<!the )(?<!of )\bplans (?:a|an|new|more|\w+ing) |\b(?:expects?|forecasts?|projects|predicts?|aims?|intends?|hopes?|pledge[sd]|promise[sd]"
        r"|vow(?:s|ed)) (?:to |growth|inflation|a |an )",
        r"(?:['’]ll|\b(?:is|are) (?:expected|set|due|slated|poised|likely|going|scheduled"
        r"|forecast)) "
        r"(?:to|for|on|in)?",
        r"\bshould (?:be (?:ready|able|back)|fall|rise|reach|return|drop|climb|open|arrive|hit|grow"
        r"|slow|ease|recover|resume|feel|see|take)\b",
        r"\b(?:could|may|might) (?:yet |soon |well |still )?(?:resume|follow|emerge|happen|worsen"
        r"|escalate|decide|be visible)\b",
        r"\b(?:could|may|might) (?!not have|have|already)(?:be (?:ready|closed|cut|extended|delayed|forced"
        r"|imposed|introduced|scrapped|cancelled|sold|banned|charged|jailed|fined|evacuated"
        r"|reopened|suspended|postponed)|come|open|close|cost|leave|push|trigger|drop|climb|double"
        r"|return|spread|last|add|bring|create|reach|rise|fall"
        r"|hit|begin|start|end|become|see|face|lose|take (?:place|effect))\b",
    ),
    promised=folded(r"\bwould\b(?! have)"),
    clause=folded(
        r"\b(?:said|says|told|added|promised|announced|warned|pledged|predicted|confirmed|insisted"
        r"|vowed|revealed|hinted|agreed|decided)\b"
    ),
    done=folded(
        r"\b(?:has|have|had|hasn['’]t|haven['’]t) (?:(?:not|never|also|already|\w+ly) ){0,2}"
        r"(?:been (?!known\b|based\b|run\b|owned\b|used\b)|become |(?!been\b)[a-z]{2,}(?:ed|en|wn|ne|ght|lt|ut|st|id|ck|un|me|ft|ld|und|de|ze)\b)",
        r"\b(?:was|were|got) (?:(?:also|already|\w+ly) ){0,2}(?!known\b|based\b|located\b|aged\b)[a-z]{2,}(?:ed|en|wn|ght|lt|ut|st|id"
        r"|ck|ot|ung|ld|und)\b",
        rf"{NOT_VERB}(?<=\s)(?!united\b|a?hmed\b|moham+ed\b|fred\b|alfred\b)[a-z]{{2,}}ed\b(?!"
        rf" by\b)",
        rf"(?<!, )\b(?:{IRREGULAR})\b",
        r"(?<=\s)[a-z]{3,}(?:ed|en) by\b(?=[^.!?]*$)",
    ),
    lasting=folded(
        r"\b(?:is|are|remains?|belongs?|owns?|produces?|bans?|allows?|requires?|contains?|holds?"
        r"|accounts? for|represents?|offers?|provides?|use|uses|cover|covers)\b"
    ),
    trend=folded(
        r"\b(?:ris|rose|fell|fall|grew|grow|declin|drop|increas|decreas|jump|climb|reach|exceed"
        r"|stood"
        r"|cost|pass|widen|doubl|tripl|shrank|pushed|gone|retreat|last)\w*\b"
    ),
    settled=folded(
        r"\b(?:the|both|these|those) (?:two|three|four) ",
        r"\baged? (?:of )?\d|\b\w+-year-old|, \d\d(?=,)|\b(?:father|mother) of \w",
    ),
    hedged=folded(
        r"\b(?:reportedly|allegedly|alleged|apparently|supposedly|(?<!\d )may(?! \d)|might|could|perhaps"
        r"|probably"
        r"|possibly|seems?|appears? to|purported(?:ly)?|suspected|presumably)\b|\bbelieve[sd]?\b(?!"
        r" in)"
        r"|\b(?:is|are|was|were) (?:believed|thought|said|likely|expected) to\b|\bis likely\b"
    ),
    negation=folded(
        r"\b(?:not(?! only)|no(?! (?:fewer|less|more) than)|never|none|neither|nor|nobody|nothing"
        r"|without|cannot|\w+n['’]t)\b",
        r"\b(?:den(?:y|ies|ied)|fail(?:s|ed)? to)\b",
        r"\b(?:reject|dismiss)\w* (?:\w+ ){0,2}(?:accusations?|claims?|allegations?)\b",
    ),
    causal=folded(
        r"\b(?:because|due to|thanks to|caused?|causes|causing|led to|result(?:ed|s)? (?:in|from)"
        r"|as a result|responsible for|blamed (?:on|for)|driven by|owing to|attributed to|pushed up"
        r"|in response to)\b|\bif current\b"
    ),
    comparison=folded(
        r"\b(?:more|less|fewer|higher|lower|larger|bigger|smaller|greater|better|worse|faster|older"
        r"|lighter|cheaper|milder|longer|shorter|\w{3,}er) (?:[\w’'-]+ ){0,3}?than (?!\d)",
        r"\b(?:compared (?:with|to)|as (?:high|low|much|many|big|large) as|twice (?:as|the|what"
        r"|that)|nearly double"
        r"|times (?:more|as|the|higher)|rather than|only \w+ (?:country|state|city))\b",
        r"\b(?:the|its|their|his|her) (?:\w+[- ])?(?:biggest|largest|highest|lowest|worst|best|most"
        r" \w+|least \w+"
        r"|longest|smallest|oldest|fastest|deadliest)\b|\b(?:tripled|doubled|since (?:s?he|they)"
        r" took"
        r"|than (?:men|women)|from 20\d\d)\b",
    ),
    personal=folded(
        r"\bmy (?:grand\w+|mother|father|wife|husband|childhood|son|daughter)\b|^i was\b|^once upon"
    ),
)
