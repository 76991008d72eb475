"""English reporting: who says what."""

from annotations.extraction.languages.base import Reporting, either, pattern, words

PAST = words(
    "said told added announced claimed stated declared insisted denied confirmed warned argued"
    " alleged acknowledged admitted asserted explained noted reported revealed suggested"
    " concluded estimated believed predicted pledged promised vowed testified wrote tweeted"
    " contended maintained conceded disclosed accused condemned rejected dismissed criticised"
    " criticized urged indicated stressed emphasised emphasized responded replied recalled"
    " boasted asked complained declined refused called described quipped posted"
)
PRESENT = words(
    "says say tells adds insists insist denies deny confirms confirm warns warn argues argue"
    " alleges allege admits admit asserts explains suggests suggest believes believe predicts"
    " predict estimates accuses accuse thinks think writes maintains maintain acknowledges"
    " expects"
)
AMBIGUOUS = words(
    "claims claim reports report states notes note estimate finds found shows showed show projects"
    " announces announce concludes conclude reveals reveal"
)
ADVERB = (
    r"(?:\s(?:also|later|repeatedly|previously|recently|earlier|already|falsely|reportedly"
    r"|publicly|again|once|then|further|flatly|strongly|categorically|long|since))?"
)
BEFORE = r"(?:also |later |repeatedly |previously |falsely |recently |publicly |flatly )?"
SAID = (
    rf"(?:(?:has|have|had){ADVERB}\s(?:{either(PAST)})|{BEFORE}(?:{either(PAST)}|{either(PRESENT)})"
    rf"|(?:{either(AMBIGUOUS)})(?=\s(?:that|the|a|no|an)\b|:|,? [“\"]))(?!\w)"
)
NOT_PASSIVE = r"(?!\s(?:by|off|out of|up|into)\b)"

REPORTING = Reporting(
    verb=pattern(rf"(?<![\w’'-]){SAID}{NOT_PASSIVE}"),
    passive=pattern(r"\b(?:was|were|been|is|are|be|being|to|a|the|an|of)\s(?:\w{2,12}ly\s)?$"),
    not_speakers=words("there this that these those according what nothing everything"),
    after_quote=pattern(
        rf"(?<![\w-])(?:{either(PAST)}|{either(PRESENT)})(?:\s(?:on|late|early)?\s?"
        r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))?(?=\s\S)"
    ),
    according=pattern(
        r"\b(?:according to|in the words of|in the view of|citing|(?:as )?(?:reported|stated|claimed"
        r"|announced|confirmed|described|told) by)\s"
    ),
    inverted=pattern(r"(?!)"),
    pronoun_inverted=pattern(r"(?!)"),
    pronouns=words("he she they it"),
    determiners=pattern(
        r"(?:the |a |an |his |her |its |their |this |that |these |those |our |my |mr\.? |mrs\.? |ms\.? |dr\.? )"
    ),
    phrase_ends=words(
        "in on at to for from with by who which that when while after before during as published"
        " released issued seen obtained and-or is are was were has have had but because if about"
        " since whose where late early last this next yesterday today monday tuesday wednesday"
        " thursday friday saturday sunday said told says he she it they conducted carried shared"
        " compiled cited quoted adding against citing"
    ),
    clause_starts=pattern(
        r"\b(?:that|where|when|but|because|if|as|while|although|whether|who|which)\s|[:;–—]\s"
    ),
    documents=words(
        "report study survey poll memo note statement document analysis article book review paper"
        " census toll"
    ),
    people=words(
        "president deputy vice minister spokesman spokeswoman spokesperson senator governor mayor secretary"
        " director chief chairman chairwoman judge lawyer attorney general colonel candidate coach"
        " professor dr mr mrs ms sen rep gov economist analyst officer commissioner ambassador"
        " chancellor congressman congresswoman captain founder leader premier king queen prince"
        " pope official expert researcher sir detective sheriff"
    ),
    of=pattern(r"\s(?:of the |of |from the |from |by the |by )"),
)
