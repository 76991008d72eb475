"""English words that tell what was done from what is so and from what is to come."""

from annotations.extraction.languages.base import Aspect, either, folded, words

IRREGULAR = (
    "fell rose grew lost won beat cut paid voted spent took gave made built sent sold bought shot"
    " struck broke began became came went left met ran hit led held brought got had did drove flew"
    " fled sank shrank doubled knew withdrew threw overthrew froze chose rang blew tore swept burst"
    " stole wrote spoke told found fought caught taught sought shut"
)
DEED = (
    "abandons|accepts|accuses|acquits|adopts|agrees|announces|appoints|approves|arrests|attacks|axes|backs"
    "|bans|beats?|blasts|blocks|bombs|boosts|breaks|buys|calls off|cancels|captures|charges|cedes|clears"
    "|clinch(?:es)?|closes|collapses?|condemns|confirms|convicts|crash(?:es)?|creates|cuts|declares|defeats?"
    "|delays|denies|deploys|deports|detains|dies|dismisses|ditches|downs|draws?|drops|elects|eliminates|ends"
    "|enters|escapes?|evacuates|expels|explodes|extends|faces|fails|falls|fines|fires|flees?|floods|freezes"
    "|frees|gets|gives|grants|grows|halts|hits|holds|imposes|indicts|injures|invades|jails|joins|jumps"
    "|kicks off|kills|launch(?:es)?|leaves|lifts|loses?|makes|meets|misses|moves|names|opens|orders|ousts"
    "|overturns|passes|pays|plunges?|postpones|promises|pulls out|publish(?:es)?|quashes|quits|raids|raises"
    "|recalls|recaptures|refuses|rejects|releases|removes|reopens|resigns|resumes|retires|returns|reveals"
    "|revokes|rises|rules out|rules|sacks|sanctions|seals|secures|seizes|sells|sends|sets|settles|shuts"
    "|signs|sinks|slashes|slips|soars|sparks|stages|starts|steps down|storms|strikes|strips|sues|surges"
    "|suspends|sweeps|swears in|takes|tells|threatens|thrash|topples|triggers|tumbles|unveils|urges"
    "|vetoes|visits|votes|vows|walks out|warns|wins?|withdraws"
)
NOT_VERB = (
    r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bof )(?<!\bto )(?<!\bis )(?<!\bare )(?<!\bbe )"
    r"(?<!\bin )(?<!\bby )(?<!\bits )(?<!\btheir )(?<!\bno )(?<!\bfor )(?<!\bwith )(?<!\bmore )"
)

ALL_THAT_TIME = (
    r"(?=[^.;]*\b(?:since|this (?:year|month|quarter|season)|last year|in \d{4}"
    r"|(?:for|in) (?:\w+ )?(?:years|months|decades|weeks))\b)"
)

ASPECT = Aspect(
    forecast=folded(
        r"(?<!the )(?<!of )\bplans (?:a|an|new|more|\w+ing) |\b(?:expects?|forecasts?|projects|predicts?|aims?|intends?|hopes?|pledge[sd]|promise[sd]"
        r"|vow(?:s|ed)) (?:to |growth|inflation|a |an )",
        r"(?:['’]ll|\b(?:is|are) (?:expected|set|due|slated|poised|likely|going|scheduled"
        r"|forecast)) "
        r"(?:to|for|on|in)?",
        r"\bshould (?:be (?:ready|able|back)|end|start|begin|finish|fall|rise|reach|return|drop|climb|open|arrive|hit|grow"
        r"|slow|ease|recover|resume|feel|see|take)\b",
        r"\b(?:been|was|were) (?:adjourned|postponed|(?:re)?scheduled|set|slated) (?:until|till|for|to) ",
        r"\b(?:could|may|might) (?:yet |soon |well |still )?(?:resume|follow|emerge|happen|worsen"
        r"|escalate|decide|be visible)\b",
        r"\b(?:could|may|might) (?!not have|have|already)(?:be (?:ready|closed|cut|extended|delayed|forced"
        r"|imposed|introduced|scrapped|cancelled|sold|banned|charged|jailed|fined|evacuated"
        r"|reopened|suspended|postponed)|come|open|close|cost|leave|push|trigger|drop|climb|double"
        r"|return|spread|last|add|bring|create|reach|rise|fall"
        r"|hit|begin|start|end|become|see|face|lose|take (?:place|effect))\b",
    ),
    looming=folded(
        r"\bcould (?!have\b|not\b)|\b(?:may|might) (?:well |yet |soon |still )?(?!have\b|not\b|be (?:the|his|her)\b)"
        r"[a-z]+\b|\b(?:bound|sure|certain) to\b|\b(?:lies?|lay) ahead\b|\bin the balance\b"
        r"|\bshould be \w|\bpromises to be\b|\bcoming (?:hours|days|weeks|months|years)\b"
        r"|\bthere will be\b|\bstill a long way\b"
    ),
    promised=folded(r"\bwould\b(?! have)"),
    added=folded(r"[,”\"] (?:adding|noting|stressing|and added) (?:that\b|[“\"])"),
    clause=folded(
        r"\b(?:said|says|told|added|promised|announced|warned|pledged|predicted|confirmed|insisted"
        r"|vowed|revealed|hinted|agreed|decided)\b"
    ),
    done=folded(
        r"\b(?:(?:has|have|had|hasn['’]t|haven['’]t) (?:(?:not|never|also|already|\w+ly) ){0,2}"
        r"(?:been (?!known\b|based\b|run\b|owned\b|used\b)|become |(?!been\b)[a-z]{2,}(?:ed|en|wn|ne|ght|lt|ut|st|id|ck|un|me|ft|ld|und|de|ze)\b)"
        r"|(?:was|were|got) (?:(?:also|already|\w+ly) ){0,2}(?!known\b|based\b|located\b|aged\b)[a-z]{2,}(?:ed|en|wn|ght|lt|ut|st|id"
        r"|ck|ot|ung|ld|und)\b"
        rf"|(?<=\s)(?=[a-z]{{2,}}ed\b){NOT_VERB}(?!united\b|a?hmed\b|moham+ed\b|fred\b|alfred\b)[a-z]{{2,}}ed\b(?!"
        rf" by\b)"
        rf"|(?:{either(words(IRREGULAR))})\b"
        r"|(?:did|could) not [a-z]+\b|(?:didn|couldn)['’]t [a-z]+\b"
        r"|(?:was|were) (?:still |\w+ly )?(?!being\b|doing\b|having\b|living\b|facing\b|lacking\b)[a-z]{3,}ing\b"
        r"|(?<=\s)[a-z]{3,}(?:ed|en) by\b(?=[^.!?]*$))",
    ),
    headline=folded(
        r"^(?:[^:]{3,40}: )?(?:death|resignation|arrest|fire|blast|explosion|shooting|crash|earthquake"
        r"|collapse|landslide|coup) (?:of|in|at|near)\b",
        rf"(?<=\s)(?=[a-z])(?<!\bthe )(?<!\ba )(?<!\bof )(?<!\bin )(?<!\bon )(?<!\bfor )(?<!\bby )(?:{DEED})\b",
    ),
    headline_ahead=folded(
        r"^(?:[^:]{2,40}: )?(?!how\b|what\b|where\b|when\b|why\b|ways?\b|tips?\b|time\b)"
        r"(?:[\w’'&-]+ ){1,6}?to (?!the\b|an?\b|his\b|her\b|their\b|its\b|be\b \w+ing|date\b|\d)"
        r"(?:axe|cut|close|open|stay|build|launch|sell|buy|cost|face|get|be|go|leave|hold|host|pay|raise"
        r"|rise|fall|end|start|begin|return|move|step|stand|quit|resign|retire|join|sue|vote|meet|visit"
        r"|send|give|take|make|lose|gain|add|hire|lay off|scrap|ban|allow|review|probe|strike|play|miss"
        r"|reopen|shut|merge|invest|spend|slash|double|expand|become|receive|release|publish|introduce)\b"
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
        r"\b(?:reportedly|allegedly|alleged(?! that\b|[.,]|$)|apparently|supposedly|(?<!\d )(?<!\bin )(?<!\bsince )(?<!\bby )(?<!\blast )(?<!\buntil )(?<!\bmid-)(?<!\bnext )(?<!\bof )may(?! \d)|might|could(?! not\b)|perhaps"
        r"|probably"
        r"|possibly|seems?|appears? to|purported(?:ly)?|suspected|presumably)\b|\bbelieve[sd]?\b(?!"
        r" in)"
        r"|\b(?:is|are|was|were) (?:believed|thought|said|likely|expected) to\b|\bis likely\b"
    ),
    negation=folded(
        r"\b(?:not(?! only)|no(?! (?:fewer|less|more) than)|never|none|neither|nor|nobody|nothing"
        r"|without|cannot|\w+n['’]t)\b",
        r"\b(?:den(?:y|ies|ied)|fail(?:s|ed)? to)\b",
        r"\b(?:reject|dismiss)\w* (?:\w+ ){0,2}(?:accusations?|claims?|allegations?|reports?|rumou?rs?|suggestions?)\b",
    ),
    nobody=folded(r"^(?:no|no one|none|nobody|neither)\b(?!.*\bever\b)"),
    never=folded(
        r"\b(?:never|ever|no longer|not yet|yet to)\b",
        rf"\b(?:not|\w+n['’]t)\b{ALL_THAT_TIME}",
    ),
    nothing=folded(rf"\s(?:no|nothing|none)\b{ALL_THAT_TIME}"),
    relative=folded(r"\b(?:where|who|which|whose|whom)\b[^,;:.!?]*$"),
    teaser=folded(r"^(?:[^:.!?]{2,60}: )?(?:what|how|why|where|when|who (?:is|are)) [^.!?…]*$"),
    causal=folded(
        r"\b(?:because|due to|thanks to|caused?|causes|causing|led to|result(?:ed|s)? (?:in|from)"
        r"|as a result|responsible for|blamed (?:on|for)|driven by|owing to|attributed to|pushed up"
        r"|in response to)\b|\bif current\b"
    ),
    comparison=folded(
        r"\b(?!(?:more|less|fewer) than (?:an?|half|one|two|three|four|five|six|seven|eight|nine|ten|twice)\b)"
        r"(?:more|less|fewer|higher|lower|larger|bigger|smaller|greater|better|worse|faster|older"
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
