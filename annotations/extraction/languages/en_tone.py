"""English words that show what a sentence is."""

from annotations.extraction.languages.base import Tone, folded
from annotations.extraction.languages.en_aspect import ASPECT
from annotations.extraction.languages.en_calendar import CALENDAR

TONE = Tone(
    public=folded(
        r"\b(?:government|ministry|minister|president|parliament|senate|congress|house of|senators?"
        r"|mayor|council|police|army|military|courts?|judge|prosecutors?|law|bill|budget|company"
        r"|companies|firms?|bank|unions?|party|elections?|voters|commission|agency|hospitals?"
        r"|schools?|university|factory|residents|population|workers|jobs|unemployment|inflation|tax"
        r"|taxes|prices?|debt|deficit|growth|exports|imports|missiles?|strikes?|attacks?|soldiers"
        r"|troops|forces|study|report|vaccines?|virus|disease|cancer|emissions|climate|plant|reform"
        r"|treaty|agreement|oil|energy|crime|immigra\w+|trade|wages|income|percent|medicare"
        r"|social security|budget|decree|states?|families|households|american people)\b"
    ),
    action=folded(
        r"\b(?:has|have|had|was|were|been|hasn['’]t|haven['’]t|wasn['’]t|weren['’]t) "
        r"(?:(?:not|never|also|already|been|reportedly|\w+ly) ){0,2}[a-z]{2,}(?:ed|en|wn|ne|ght|lt"
        r"|ut|st|id|ck)\b",
        r"\b[a-z]{3,}ed\b(?! by to)",
        r"\b(?:fell|rose|grew|lost|won|beat|cut|paid|voted|spent|took|gave|made|built|sent|sold"
        r"|bought"
        r"|killed|shot|struck|broke|began|became|came|went|left|met|ran|hit|shut|led|held|kept"
        r"|brought"
        r"|got|had|did|drove|flew|fled|sank|signed|doubled|tripled|knew|said)\b",
    ),
    headline=ASPECT.headline,
    position=folded(
        r"\b(?:den(?:y|ies|ied)|accus(?:e|es|ed)|promis(?:es|ed)|pledge[sd]|vow(?:s|ed)"
        r"|threaten(?:s|ed) to|call(?:s|ed|ing) (?:on|for)|urg(?:es|ed|ing)|demand(?:s|ed|ing)|rul(?:es|ed) out|admit(?:s|ted)"
        r"|acknowledge[sd]|(?:reject|dismiss)(?:s|es|ed) (?:\w+ ){0,2}(?:accusations?|claims?"
        r"|allegations?|reports?|suggestions?))\b"
    ),
    state=folded(
        r"\b(?:is|are|costs?|supplies|supply|accounts? for|represents?|exceeds?|owns?|produces?"
        r"|employs?|bans?|allows?|requires?|contains?|causes?|holds?|lives?|remains?|receives?"
        r"|makes?"
        r"|pays?|earns?|spends?|has|have|uses?|provides?|covers?|faces?|ranks?|kills?|imports?"
        r"|exports?|sells?|carries|includes?)\b"
    ),
    comparison=folded(
        r"\b(?:more|less|fewer|higher|lower|larger|bigger|smaller|greater|better|worse|faster|older"
        r"|rather) (?:\w+ ){0,3}than\b|\bthan\b|\b(?:most|least|largest|biggest|highest|lowest"
        r"|worst"
        r"|best|first|record|twice|double|doubled|tripled|as much as|as many as|only)\b"
    ),
    cause=folded(
        r"\b(?:because|due to|thanks to|caused?|causes|led to|result(?:ed|s)? in|as a result"
        r"|responsible for|blamed|driven by|owing to)\b"
    ),
    negation=folded(r"\b(?:not|no|never|none|neither|nor|without|\w+n['’]t)\b"),
    hedge=folded(
        r"\b(?:reportedly|allegedly|apparently|supposedly|may|might|could|perhaps|probably|possibly"
        r"|likely|seems?|appears?|purported|so-called)\b"
    ),
    modal=folded(
        r"\b(?:should|must|ought|need to|needs to|have to|has to|let['’]s|let us|let me|would"
        r"|want to"
        r"|it(?:['’]s| is) (?:high |past |about )?time|deserves?)\b"
    ),
    ability=folded(r"\b(?:can|cannot|can['’]t|may not|is able to|are able to)\b"),
    future=CALENDAR.future,
    truism=folded(
        r"^(?:[\w’' -]{2,40} is the capital of [\w’' -]{2,40}|the capital of [\w’' -]{2,40} is [\w’' -]{2,40})\.?$",
        r"^(?:the |an? )?[\w’'-]{2,25} (?:is|are) (?:an? )?(?:mammal|bird|fish|insect|reptile|planet|star|continent"
        r"|metal|fruit|vegetable|colou?r|animal|gas|liquid|river|island)s?\.?$",
        r"^(?:an? |the |one )?(?:week|year|hour|minute|day|century|triangle|square|cube|dozen|kilomet(?:re|er)|met(?:re|er)"
        r"|kilo) (?:has|lasts|contains|is|makes) (?:made up of )?[\w -]{2,30}\.?$",
        r"^(?:the )?(?:earth|moon|planets|mars|venus|jupiter) (?:revolves?|orbits?|goes|turns) (?:around )?[\w’' ]{2,20}\.?$",
        r"^(?:the earth is (?:round|a planet)|the sun (?:rises|sets|shines|is)\b[\w’' ]{0,30})\.?$",
        r"^water (?:boils|freezes|is (?:wet|transparent))\b[\w’' °]{0,50}\.?$",
        r"^(?:two and two|two plus two|one and one|one plus one) (?:is|are|make|makes|equals?) \w+\.?$",
        r"^(?:snow|grass|the sky|blood|fire|ice|sugar|salt|sand) (?:is|burns|melts)"
        r"(?: (?:white|green|blue|red|hot|cold|sweet|salty))?(?: in the sun)?\.?$",
        r"^(?:the )?(?:days|nights|leaves|evenings) (?:get|grow|fall|are) ?(?:shorter|longer)? in (?:the )?\w+\.?$",
        r"^(?:all men are mortal|we (?:all die|are all mortal)|christmas falls on (?:25 december|december 25))\.?$",
    ),
    first_person=folded(r"\b(?:i|i['’]\w+|we|we['’]\w+|me|my|us|our|mine|ours|myself)\b"),
    second_person=folded(r"\b(?:you|you['’]\w+|your|yours|yourself)\b"),
    opinion=folded(
        r"\bit is (?:high |past )?time\b",
        r"\b(?:think|believe that|feel|felt|hope|love|great|wonderful|terrible|awful|horrible"
        r"|disgrace\w*|shame\w*|beautiful|tragic|tragedy|sad|sadly|happy|proud|amazing|incredible"
        r"|ridiculous|absurd|outrageous|unacceptable|deserves?|should|must|ought|important|hell"
        r"|brave|courage|stupid|fantastic|masterpiece|unfortunately|frankly|honest\w*|believe in"
        r"|the truth|sorry|thank|congratulat\w+|agree|disagree|right thing|good|bad|wrong|fair"
        r"|unfair"
        r"|it['’]s time|moon|dream|disaster|mistake|best|worst|serious|dangerous|magnificent"
        r"|disappointing|breathtaking|brilliant|heartbreaking|shocking)\b",
    ),
    vague=folded(
        r"\b(?:somewhere|someday|one day|sooner or later|time will tell|imagine|the future|everyone"
        r"|everybody|nobody|somehow|anything|something|things|kind of|sort of|you know|in the end"
        r"|remains to be seen|as so often|never be the same|what if|coming weeks|coming months"
        r"|well)\b"
    ),
    procedure=folded(
        r"\b(?:declin(?:ed?|es) to (?:comment|be interviewed|be named|be identified|answer|discuss|elaborate|say|disclose|reveal|give|provide|specify|name|identify|release|confirm)|no comment|(?:did not (?:immediately )?|(?:has|have|had) yet to )(?:respond|reply|return|answer|react|comment)"
        r"|would not (?:comment|elaborate|be drawn|say more|say whether|give)|(?:has|have|had) not (?:yet |immediately )?(?:responded|replied|commented|answered)"
        r"|refer(?:s|red) (?:all |further )?(?:questions|inquiries|enquiries|reporters|requests)"
        r"|could not (?:be (?:immediately |independently )?(?:reached|verified|confirmed|authenticated|corroborated)|immediately|independently)|not available for comment"
        r"|refused to (?:comment|say|disclose|answer|elaborate|discuss)|my (?:grandmother|grandfather|mother|father|wife|husband|son"
        r"|daughter)"
        r"|interview|has been contacted|was contacted|for comment)\b"
    ),
    question=folded(
        r"^[“\"]?(?:who|what|where|when|how|why|which|is|are|do|does|did|can|will|would"
        r"|could)\b.*\?"
    ),
)
