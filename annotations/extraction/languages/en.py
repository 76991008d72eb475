"""English."""

from annotations.extraction.languages.base import (
    Counting,
    Language,
    Reading,
    cased,
    numbered,
    opening,
    pattern,
    renamed,
    words,
)
from annotations.extraction.languages.en_aspect import ASPECT
from annotations.extraction.languages.en_calendar import CALENDAR
from annotations.extraction.languages.en_reporting import REPORTING
from annotations.extraction.languages.en_tone import TONE

READING = Reading(
    titles=words(
        "mr mrs ms mx dr prof st gen col maj capt cpt lt sgt cpl sen rep gov rev hon pres adm cmdr"
        " fr messrs supt insp mt ft"
    ),
    abbreviations=words(
        "etc e.g i.e cf al p pp vol no nos fig vs v inc ltd co corp llc plc bros jr sr ave blvd rd"
        " jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun approx est"
        " dept univ assn gov conn calif fla ill ky mass mich minn mont neb nev okla ore penn tenn"
        " tex wis wyo ariz colo wash kan a.m p.m ed eds ph.d u.s u.k u.n e.u d.c op cit art sec ch"
        " ex"
    ),
    starters=words(
        "the a an this that these those he she it they we you i his her its their our your my but"
        " and or so yet in on at for from by with of to as if when while after before since"
        " because although though however according there here what who why how where which then"
        " no not all some many most several both each every one"
    ),
    joiners=words("the a an of in on at to for from by with and or that which as"),
    furniture=pattern(
        opening(
            r"(?:read|see|watch|listen|learn)(?: more| also| next| the full)(?:\b"
            r"|(?-i:(?=[A-Z][a-z])))",
            r"(?:also read|related(?: articles?| stories)?:?$|source link|source ?:|latest news)",
            r"(?:keywords|tags?|topics|categories|copyright|©|all rights|terms of|privacy policy)",
            r"(?:share|print|subscribe|sign up|sign in|log in|follow us|click|comment"
            r"|home)\b.{0,60}$",
            r"(?:advertisement|next article|previous article|more on this story|most read)$",
            r"(?:opinion|analysis|news|sport|world|politics|business|video|live) ?[|»>]",
            r"(?:additional )?(?:reporting|editing|writing) by\b",
            r"(?:thanks|thank you) for (?:reading|watching|following|joining)",
            r"(?:image|photo|picture|video) (?:credit|source|caption)s?\b|updated \d",
            r"(?:this|our) live (?:blog|coverage|page) (?:is|has)\b",
            r"with (?:additional )?reporting (?:by|from)\b|read (?:our|the) (?:full|interview"
            r"|story)",
            r"(?:some |all )?names (?:have|had) been changed|quotes delayed|data (?:provided"
            r"|supplied) by|(?:did you )?(?:enjoy|like)d? (?:this|our) (?:article|story)|share"
            r" (?:it|this) with",
            r"(?:do you have a (?:story|tip)|got a (?:story|tip)|get in touch|e?-?mail us)\b"
            r"|email \S+@",
            r"(?:the )?associated press contributed|from our (?:own )?(?:correspondent|reporter)s?\b.{0,40}$",
            r"(?:file|stock|archive|library|handout) (?:photo|photograph|picture|image|footage)\.?$",
            r"(?:follow|relive|watch) (?:it |all the action |the latest )?(?:live|our live)\b.{0,60}$",
            r"(?:results?|fixtures?|standings?|tables?)(?:, \w+){1,3} ?[:|].{0,60}$|stay (?:up to date|informed)\b",
            r"(?:never miss|don[’']t miss|manage your|unsubscribe|turn on|last updated)\b.{0,60}$",
            r"(?:show|hide|view|post|leave) (?:all |\d+ |a )?(?:comments?|replies)\b.{0,20}$",
            r"you (?:may|might) (?:also )?like\b.{0,20}$|related (?:topics|content|stories|tags)\b.{0,40}$",
            r"(?:our standards|skip to|back to top|more from|with files from|search|menu|accept|manage)"
            r"(?::| )(?-i:the Trust|main|content|this|the author|our|Reuters|AFP|AP\b|cookies|preferences).{0,60}$",
            r"what (?:we know|you need to know|to know)\b[^.?!]{0,60}$",
            r"we will never (?:share|sell)|your (?:email|e-mail|data|privacy|account"
            r"|subscription)\b.{0,80}$",
            r"\d{1,2}[ -]min(?:ute)?s? read|listen to this article|(?:get|download) (?:the|our) ",
            r"(?:already a subscriber|create (?:an|your) account|join (?:us|our)|support our"
            r"|donate)\b.{0,80}$",
            r"this (?:article|story|page|content) (?:is|was|has been) (?:updated|originally|first"
            r"|sponsored|reserved|translated|corrected)\b",
            r"(?:newsletter|infolettre) ?:",
            r"(?:get|receive) .{0,40}\b(?:in your inbox|every (?:morning|day|week)|newsletter)\b",
            r"(?:discover|find|browse) (?:all )?our\b.{0,60}$|(?:most popular|trending"
            r"|editor['’]s picks)$",
        ),
        r"\ball rights reserved\b",
        r"\b(?:subscribers? only|our newsletters?|our app|continue reading|min(?:ute)? read)\b",
        r"\bwelcome to our live\b",
        r"contributed to this (?:report|story)",
    ),
    glued=pattern(
        r"(?:Latest News|Read more|Read also|Source link|Share on|All rights reserved|Subscribe to"
        r"|Sign up for|Follow us|(?-i:By (?:AFP|AP|Reuters|[A-Z][\w’'-]+ [A-Z][\w’'-]+)))"
    ),
    new_clause=cased(
        r"\s(?:The|He|She|They|It)\s(?:[a-z][\w’'-]*\s){0,6}?(?:has|have|had|is|was|were)\s"
    ),
    speech_ahead=cased(
        r"\s(?:(?:Mr|Mrs|Ms|Dr|Sen|Gov|President|Senator)\.? )?(?:[A-Z][\w’'-]+ ){1,3}"
        r"(?:said|says|asked|asks|added|wrote|told|replied|tweeted|shouted)\b"
    ),
    byline=pattern(
        r"^by ?: ?\w",
        r"^by (?-i:AFP|AP|Reuters)\b[^.!?]{0,60}$",
        r"^by (?-i:[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3})[^.!?]{0,60}?(?:published|updated|posted)\b"
        r"[^.!?]{0,60}$",
        r"^by (?-i:[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3}) in (?-i:[A-Z])[^.!?,]{1,30}$",
        r"^(?:published|updated|posted|last updated|last modified)(?: on)?:? "
        r"(?:\d|(?-i:[A-Z]))[^.!?]{0,60}\.?$",
        r"^by (?-i:[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3}"
        r"(?:(?:, | and )[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3}){0,3})(?: ?[,/|(].{0,60})?$",
        r"^(?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}?(?<=[a-z])(?:Published|Updated|Posted))\b"
        r"[^.!?]{0,60}$",
    ),
    caption=pattern(
        r"^(?:photo|image|picture|illustration|caption|video|file photo) ?[:©]",
        r"^\((?:from left|left to right|left|top|clockwise)[^)]{0,30}\)",
        r"\((?:left|right|centre|center|second from left)\)",
        r"^(?:file (?:photo|picture|image)|screenshot|screengrab)\b[^.!?]{3,120}$",
        r", (?:left|right|centre|center|second from (?:left|right)), (?:visits|speaks|poses|stands"
        r"|sits"
        r"|walks|waves|arrives|attends|shakes|looks|talks|meets|greets|celebrates)\b",
        r"[–—-] (?:video|photo|photos|image|footage) (?:by|from|of)\b",
        r"\b(?:is|are) (?:seen|pictured) (?:here|in this)\b",
    ),
    credit=pattern(
        r"(?-i:\b(?:PHOTOS?|Photos?|Photograph|Credit|©) ?:? ?[A-Z])[^.!?]{0,60}$",
        r"(?-i:\b(?:Pictures?|Images?|Video): ?[A-Z])[^.!?]{0,60}$",
        r"(?-i:[A-Z][A-Za-z .’'-]{2,60} ?/ ?(?:AFP|REUTERS|Reuters|AP|EPA|Getty))\b[^.!?]{0,30}$",
        r"(?-i:\b(?:REUTERS|Reuters|AFP|AP|AP Photo|EPA|Getty(?: Images)?|Shutterstock|Alamy)"
        r" ?/ ?[A-Z][^.!?/]{2,40})$",
        r"(?-i:(?<=[.!?] )(?:Getty Images|AP Photo|REUTERS|Shutterstock))\.?$",
    ),
)

COUNTING = Counting(
    numbers=numbered(
        "a=1 an=1 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11"
        " twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18"
        " nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80"
        " ninety=90"
    ),
    scales=numbered(
        "hundred=100 thousand=1000 million=1000000 billion=1000000000 trillion=1000000000000"
    ),
    short_scales=numbered(
        "k=1000 K=1000 m=1000000 M=1000000 mn=1000000 bn=1000000000 B=1000000000 b=1000000000"
        " tn=1000000000000 T=1000000000000"
    ),
    joiner="and",
    least=r"\bat least\s(?=$)(?<!\ba )",
    joined=r"(?<=hundred)\sand\s(?!an?\b)|(?<=thousand)\sand\s(?!an?\b)",
    fraction_end=r"(?:(?<=s)"
    r"|(?=\s(?:of|as|to|from|in|said|say|are|were|the|since|on|by|when|over|during|compared|point|points|percentage|and|or"
    r"|but|after|before|between|for|than|more|less|would|do|did|have|last|this|if|because)\b"
    r"|[.,;:]|$))",
    number_of=r"\bnumber of (?:(?!of\b)[a-z’'-]+ ){0,2}?((?:[a-z-]*(?:s|people|children)|(?:wo)?men)\b)"
    r"|\b(age)[ds]?(?: of)?:?\s(?:over |under )?$",
    against=r"\b(?:against|from|to|with|including)\s$",
    articles=words("a an one"),
    grouping=",",
    decimal="[.]",
    fractions=numbered(
        "half=2 third=3 thirds=3 quarter=4 quarters=4 fifth=5 fifths=5 sixth=6 sixths=6 eighth=8"
        " eighths=8 tenth=10 tenths=10"
    ),
    multiples=numbered(
        "double=2 triple=3 twice=2 quadruple=4 twofold=2 threefold=3 fivefold=5"
        " tenfold=10 thirtyfold=30 fourfold=4 sixfold=6 hundredfold=100"
    ),
    dozens=numbered("dozen=12"),
    lone=r"(?<!\w)(?:(?P<half>half)(?= (?:of|the|its|their|his|her|all)\b)|a (?P<dozen>dozen)(?= \w)"
    r"|(?P<multiple>double|triple|twice|quadruple)(?= (?:what|the|that|its|as|his|her|their)\b)"
    r"|(?:(?<=more than )|(?<=nearly )|(?<=almost )|(?<=less than ))(?P<near>double|triple|twice)"
    r"|(?P<fold>(?:two|three|four|five|six|ten|thirty|hundred)fold))(?!\w)",
    times=r"(?:times (?:more|less|fewer|\w{3,}er(?= than)|higher|lower|larger|bigger|greater|as|the|that)"
    r"|times(?= (?:what|its|their|those)\b))",
    half=r"\s?and a half",
    half_of=r"half an? (?P<noun>hour|day|mile|million|billion|century|dozen|cent|year|tonne|ton"
    r"|point|degree)(?!\w)",
    contests=words(
        "win victory defeat loss draw lead majority vote decision verdict triumph thrashing"
        " scoreline advantage"
    ),
    upwards=r"\b(?:go(?:es|ing)?|went|gone|moved?|rise[ns]?|rose|climb\w*|adds?|pushe[sd]|takes?|took"
    r"|brings?|brought)\s(?:\w+\s)?up to\s[€$£¥]?$",
    during=words("over"),
    lasting=words("day week month year decade season"),
    out_of=r"in|out of|of every",
    part_of=r"of (?:the|its|their|his|her|our) (?:last|past|first)|of the|of its|of their|of those|out of the",
    again=r"\s(?:according to|by (?:police|organi[sz]ers)) |\s(?:others|of them)\b"
    r"|\s(?:others )?(?:have|had|were|was|are|remain|remained|died)\b",
    among=r"\b(?:including|against)\s$",
    between=r"between",
    to=r"to|or",
    change=r"(?<!ranging )(?<!ranges )(?<!range )(?<!ranged )(?<!anywhere )\bfrom\s[€$£¥]?$",
    hedges=renamed(
        "about=~ around=~ roughly=~ nearly=~ almost=~ approximately=~ some=~ an_estimated=~"
        " up_to=<= at_least=>= more_than=> over=> above=> less_than=< fewer_than=< under=<"
        " below=< at_most=<= no_more_than=<= no_fewer_than=>= no_less_than=>= as_many_as=<="
        " as_much_as=<= close_to=~ just_over=> just_under=< well_over=> upwards_of=> exceeds=>"
        " exceed=> exceeded=> topped=> tops=> surpassed=> surpasses=>"
    ),
    late_hedges=renamed("or_more=>= or_so=~ or_less=<= or_fewer=<= at_least=>="),
    percent=r"%|per ?cent\b",
    points=r"percentage[ -]points?|basis[ -]points?|points?\b",
    money=renamed(
        "€=EUR euro=EUR euros=EUR $=USD dollar=USD dollars=USD £=GBP pounds=GBP yen=JPY ¥=JPY"
        " roubles=RUB rubles=RUB yuan=CNY swiss_francs=CHF rupees=INR"
    ),
    link=r"(?:of )",
    adjectives=words(
        "new other more additional different consecutive straight separate young old former large"
        " small big major biggest largest smallest best worst key main top leading minor full"
        " total extra further"
    ),
    not_counted=words(
        "a an the of in on at to for from by with and or but that which who as is are was were has"
        " have had will would can could may might must shall be been being not no than then when"
        " while if its his her their our your my this these those it he she they we you i per each"
        " every so also only just since until before after during against into over under between"
        " about around more less fewer most percent said says did does do out up down off"
        " others remain remained live work say think want believe support oppose fear feel agree"
        " use"
        " own face died came went fled lost took made today yesterday tomorrow later earlier ago"
        " altogether together overall worldwide nationwide apiece here there again"
    ),
    invariable=renamed(
        "age=year people=person men=man women=woman children=child troops=troop lives=life"
        " wives=wife"
        " series=series species=species crises=crisis analyses=analysis feet=foot years=year"
        " mice=mouse teeth=tooth"
        " months=month weeks=week days=day hours=hour minutes=minute gas=gas bus=bus buses=bus"
        " news=news police=police"
    ),
    ordinal=r"(?:st|nd|rd|th|s)\b",
    name_before=words(
        "several many category boeing airbus interstate highway lines articles sections routes"
        " rooms apollo falcon pier area article section page chapter no"
        " number room route flight channel season episode volume"
        " level phase stage group top rank type version model gate terminal formula amendment"
        " resolution title clause line"
    ),
    plural_ends=True,
)

LANGUAGE = Language(
    code="en",
    reading=READING,
    counting=COUNTING,
    calendar=CALENDAR,
    reporting=REPORTING,
    tone=TONE,
    aspect=ASPECT,
)
