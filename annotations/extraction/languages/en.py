"""English."""

from annotations.extraction.languages.base import Language, Reading, pattern, words

READING = Reading(
    titles=words(
        "mr mrs ms mx dr prof st gen col maj capt cpt lt sgt cpl sen rep gov rev hon pres adm cmdr"
        " fr messrs supt insp mt ft"
    ),
    abbreviations=words(
        "etc e.g i.e cf al p pp vol no nos fig vs v inc ltd co corp llc plc bros jr sr ave blvd rd"
        " jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun approx est"
        " dept univ assn gov a.m p.m ed eds ph.d u.s u.k u.n e.u d.c op cit art sec ch ex"
    ),
    starters=words(
        "the a an this that these those he she it they we you i his her its their our your my but"
        " and or so yet in on at for from by with of to as if when while after before since"
        " because although though however according there here what who why how where which then"
        " no not all some many most several both each every one"
    ),
    joiners=words("the a an of in on at to for from by with and or that which as"),
    furniture=pattern(
        r"^(?:read|see|watch|listen|learn)(?: more| also| next| the full)\b",
        r"^(?:also read|related(?: articles?| stories)?:?$|source link|source ?:|latest news)",
        r"^(?:keywords|tags?|topics|categories|copyright|©|all rights|terms of|privacy policy)",
        r"\ball rights reserved\b",
        r"^(?:share|print|subscribe|sign up|sign in|log in|follow us|click|comment|home)\b.{0,60}$",
        r"\b(?:subscribers? only|our newsletters?|our app|continue reading|min(?:ute)? read)\b",
        r"^(?:advertisement|next article|previous article|more on this story|most read)$",
        r"^(?:opinion|analysis|news|sport|world|politics|business|video|live) ?[|»>]",
        r"^(?:additional )?(?:reporting|editing|writing) by\b",
        r"^(?:thanks|thank you) for (?:reading|watching)",
        r"^(?:the )?associated press contributed|contributed to this (?:report|story)",
        r"^what we know(?: so far| and|,)",
    ),
    glued=pattern(
        r"(?:Latest News|Read more|Read also|Source link|Share on|All rights reserved|Subscribe to"
        r"|Sign up for|Follow us)"
    ),
    byline=pattern(
        r"^by ?: ?\w",
        r"^(?:published|updated|posted|last updated|last modified)(?: on)?:? "
        r"(?:\d|(?-i:[A-Z]))[^.!?]{0,60}$",
        r"^by (?-i:[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3})(?: ?[,/|(].{0,60})?$",
    ),
    caption=pattern(
        r"^(?:photo|image|picture|illustration|caption|video|file photo) ?[:©]",
        r"^\((?:from left|left to right|left|top|clockwise)[^)]{0,30}\)",
        r"\((?:left|right|centre|center|second from left)\)",
        r"[–—-] (?:video|photo|photos|image|footage) (?:by|from|of)\b",
        r"\b(?:is|are) (?:seen|pictured) (?:here|in this)\b",
    ),
    credit=pattern(
        r"(?-i:\b(?:PHOTOS?|Photos?|Photograph|Credit|©) ?:? ?[A-Z])[^.!?]{0,60}$",
        r"(?-i:[A-Z][A-Za-z .’'-]{2,60} ?/ ?(?:AFP|REUTERS|Reuters|AP|EPA|Getty))\b[^.!?]{0,30}$",
    ),
)

LANGUAGE = Language(code="en", reading=READING)
