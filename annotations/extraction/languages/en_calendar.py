"""English dates."""

from annotations.extraction.languages.base import (
    NEVER,
    Calendar,
    either,
    folded,
    numbered,
    pattern,
    renamed,
)
from annotations.extraction.languages.dating import (
    HOUR,
    ISO_DAY,
    MINUTE,
    amount,
    any_capitalized,
    any_of,
    day,
    rules,
    whole,
    year,
)

MONTHS = numbered(
    "january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10"
    " november=11 december=12 jan.=1 feb.=2 apr.=4 aug.=8 sept.=9 sep.=9 oct.=10 nov.=11 dec.=12"
)
WEEKDAYS = numbered("monday=0 tuesday=1 wednesday=2 thursday=3 friday=4 saturday=5 sunday=6")
AMOUNTS = {
    **numbered(
        "a=1 an=1 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11"
        " twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18"
        " nineteen=19"
        " twenty=20 twenty-four=24 twenty-five=25 thirty=30 thirty-five=35 forty=40 fifty=50"
        " sixty=60"
        " hundred=100"
    ),
    "a couple of": 2,
    "a dozen": 12,
}
SPANS = renamed(
    "day=day days=day week=week weeks=week month=month months=month year=year years=year"
    " quarter=quarter quarters=quarter weekend=weekend hour=hour hours=hour decade=decade"
    " decades=decade fortnight=fortnight"
)
SEASONS = renamed("winter=WI spring=SP summer=SU autumn=AU fall=AU")
QUARTERS = numbered("first=1 second=2 third=3 fourth=4 final=4 last=4")
NUMBERED_QUARTERS = frozenset(QUARTERS) - {"last"}

MONTH = whole(any_capitalized(MONTHS))
WEEKDAY = any_capitalized(WEEKDAYS)
AMOUNT = amount(AMOUNTS)
SPAN = whole(any_of(SPANS))
SEASON = any_of(SEASONS)
YEAR = year(units="%")
DAY = day(ordinals="st|nd|rd|th")
TIME = (
    rf"(?P<hour>{HOUR})(?:[:.](?P<minute>{MINUTE}))? ?(?P<half>[ap]\.m\.|[ap]m\b)"
    rf"|(?P<hour24>{HOUR}):(?P<minute24>{MINUTE})\b|(?P<noon>noon|midnight)\b"
)
PART = r"(?: (?:morning|afternoon|evening|night))?"

CALENDAR = Calendar(
    months={**MONTHS, "christmas": 12},
    weekdays=WEEKDAYS,
    amounts=AMOUNTS,
    spans=SPANS,
    seasons=SEASONS,
    quarters=QUARTERS,
    future=folded(
        r"\b(?:will|won['’]t|shall|(?:is|are) (?:expected|due|scheduled) (?:on|by|next|later|back)|is going to|are going to|is set to|are set to|is due to"
        r"|are due to|expires?|takes? effect|is expected to|are expected to|plans? to|is scheduled"
        r"|are scheduled)\b|\bvalid until\b"
    ),
    foretold=folded(
        r"\b(?:said|added|announced|promised|told|warned|confirmed|insisted|predicted|vowed|pledged"
        r"|revealed|hinted|agreed|decided)\b[^.;]{0,100}?\bwould\b(?! have)",
        r"\b(?:adjourned|postponed|delayed|extended|remanded|suspended|closed|banned|barred|shut|put"
        r" (?:off|back)|pushed back) (?:\w+ ){0,4}?(?:until|till|to)\b|\bruns? until\b"
        r"|\bdue (?:on|in|back|to)\b",
        r"\b(?:promise[sd]?|pledge[sd]?|vow(?:s|ed)) to \w+",
        r"\b(?:forecasts?|predicts?|expects?|anticipates?)(?! to have\b)\b",
        r"\b(?:is|are|was|were|been) (?:re)?(?:set|scheduled|due|slated) (?:for|to)\b",
        r"\b(?:banned|suspended|cancelled|canceled|closed|ordered|imposed|introduced|restricted"
        r"|called off|lifted|raised|cut)\b[^.;]{0,60}\b(?:from|starting|effective|as of|until)"
        r" (?:next )?(?:\w+day|january|february|march|april|may|june|july|august|september|october"
        r"|november|december)\b",
        r"\b(?:meets?|opens?|begins?|starts?|(?<!\d )votes?|resumes?|reopens?|travels|hosts|faces|ends?|appears?)"
        r"(?: (?!by\b)[^\s,;]+){0,5} on (?:\w+day|january|february|march|april|may|june|july|august"
        r"|september|october|november|december)\b",
        r"\b(?:meets|opens|begins|starts|resumes|reopens|travels|visits|hosts|faces|returns|closes|ends)"
        r"(?: (?!by\b)[^\s,;]+){0,4} (?:next \w+|tomorrow|in (?:january|february|march|april|may|june|july"
        r"|august|september|october|november|december))\b(?! (?:of )?\d)",
        r"\b(?:could|might|(?<!in )(?<!since )(?<!last )(?<!by )(?<!until )(?<!mid-)(?<!of )may(?= [a-z]))"
        r"\b(?! (?:not )?have\b)[^.;]{0,80}?\b(?:on|by|until|next|from"
        r"|in (?:january|february|march|april|may|june|july|august|september|october|november"
        r"|december))\b",
    ),
    told=pattern(
        r"\b(?:said|told|wrote|announced|added|warned|promised|confirmed|reported|stated|claimed"
        r"|declared"
        r"|testified|ruled|revealed|denied|insisted|tweeted|posted|met|voted|arrested|released"
        r"|published|signed|killed)\s(?:\w+\s)?(?:late\s|early\s)?$|\bsince\s$"
    ),
    onward=pattern(NEVER),
    telling=pattern(
        r"\s(?:said|told|wrote|announced|added|warned|promised|confirmed|denied|insisted|claimed"
        r"|declared|ruled|pledged|vowed|predicted)\b"
    ),
    lasted=pattern(r"in\s(?!.*\btime\b)"),
    cue=folded(
        rf"\d|\b(?:{any_of(MONTHS)}|{any_of(WEEKDAYS)})|\b(?:christmas|yesterday|today|tonight|tomorrow|week|month|year"
        rf"|quarter|weekend|winter|spring|summer|autumn|fall|ago|earlier|morning|night|overnight|day"
        rf"|evening|afternoon|decade|in|midnight"
        rf"|noon)\b"
    ),
    rules=rules(
        (
            "full",
            rf"\b(?:on )?(?:{WEEKDAY},? )?(?:(?P<month>{MONTH}) (?P<day>{DAY})"
            rf",? (?P<year>{YEAR}))(?:,? at (?:{TIME}))?",
        ),
        (
            "full",
            rf"\b(?:on )?(?:{WEEKDAY},? )?(?:the )?(?P<day>{DAY}) (?:of )?"
            rf"(?P<month>{MONTH}),? (?P<year>{YEAR})(?:(?:,? at|,) (?:{TIME})(?: GMT| BST)?)?",
        ),
        ("iso", ISO_DAY),
        ("numeric", rf"\b(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/(?P<year>{YEAR})"),
        (
            "days",
            rf"\b(?P<month>{MONTH}) (?P<day>{DAY})(?:, {DAY})*(?:,? and | to | ?[-–] ?)"
            rf"(?P<day2>{DAY})(?:,? (?P<year>{YEAR}))?",
        ),
        (
            "days_across",
            rf"\b(?:from |between )(?P<month>{MONTH}) (?P<day>{DAY}) (?:to|and|until)"
            rf" (?P<month2>{MONTH}) (?P<day2>{DAY})(?:,? (?P<year>{YEAR}))?",
        ),
        (
            "days_across",
            rf"\b(?:from |between )(?P<day>{DAY}) (?P<month>{MONTH}) (?:to|and|until)"
            rf" (?P<day2>{DAY}) (?P<month2>{MONTH})(?:,? (?P<year>{YEAR}))?",
        ),
        (
            "days",
            rf"\b(?P<day>{DAY})(?: and | to | ?[-–] ?)(?P<day2>{DAY})"
            rf" (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?",
        ),
        (
            "day",
            rf"\b(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?P<day>{DAY})"
            rf"(?:,? at (?:{TIME}))?",
        ),
        (
            "day",
            rf"\b(?:{WEEKDAY},? )?(?:the )?(?P<day>{DAY}) (?:of )?(?P<month>{MONTH})"
            rf"(?:,? at (?:{TIME}))?",
        ),
        (
            "day",
            rf"\b(?:at|around|by|before|after|until) (?:{TIME}),? on (?:{WEEKDAY},? )?"
            rf"(?P<month>{MONTH}) (?P<day>{DAY})",
        ),
        (
            "day",
            rf"\b(?:at|around|by|before|after|until) (?:{TIME}),? on (?:{WEEKDAY},? )?"
            rf"(?P<day>{DAY}) (?P<month>{MONTH})",
        ),
        (
            "months",
            rf"\b(?:between|from) (?P<month>{MONTH})(?: (?P<year>{YEAR}))?"
            rf" (?:and|to) (?P<month2>{MONTH})(?!,? \d\d?(?![\d,.]))(?: (?P<year2>{YEAR}))?",
        ),
        (
            "month_year",
            rf"\b(?:early |late |mid-)?(?P<month>{MONTH}),? (?:of )?"
            rf"(?P<year>{YEAR})",
        ),
        (
            "month",
            rf"\b(?:(?<=in )|(?<=since )|(?<=until )|(?<=by )|(?<=last )|(?<=next )"
            rf"|(?<=this )|(?<=of )|early |late |mid-)(?P<month>{MONTH})"
            r"(?: (?P<other_year>last|next) year)?",
        ),
        ("month", r"\b(?:before|at|over|since) (?P<month>christmas)\b(?! (?:day|eve)\b)"),
        (
            "quarter",
            rf"\b(?:Q(?P<quarter>[1-4])|(?:the )?(?P<quarter_word>"
            rf"{either(NUMBERED_QUARTERS)}) quarter)(?: (?:of )?(?P<year>{YEAR}))?",
        ),
        (
            "quarter",
            rf"\b(?P<quarter>\B)?(?:the )?(?P<quarter_word>last) quarter (?:of )?(?P<year>{YEAR})",
        ),
        (
            "half",
            r"\b(?:the )?(?:(?P<first>first)|second) half of (?:(?P<year>20\d\d|19\d\d)|the"
            r" year"
            r"|this year)\b",
        ),
        ("decade", r"\b(?:the )?(?P<decade>(?:1[5-9]|20)\d0)s\b"),
        ("decade", r"(?<=\bthe )['’](?P<decade>[2-9]0)s\b"),
        ("season_year", rf"\b(?:the )?(?P<season>{SEASON}) (?:of )?(?P<year>{YEAR})"),
        ("season", rf"\b(?:(?P<shift>last|next|this|past) )(?P<season>{SEASON})\b"),
        ("season_ahead", r"\bin the (?P<season>spring|autumn|fall)\b(?= of this year|[.,;]|$)"),
        ("years", rf"\b(?P<year>{YEAR})[-–/](?P<year2>\d\d)(?![\d/-])"),
        (
            "years",
            rf"\b(?:between |from )?(?P<year>{YEAR})(?: ?[-–] ?| and | to )"
            rf"(?P<year2>{YEAR})",
        ),
        ("year_end", rf"\b(?:the )?end of (?P<year>{YEAR})"),
        (
            "year",
            rf"(?<![\w.,/€$£-])(?:early |late |mid-)?(?P<year>{YEAR})"
            rf"(?! ?%|[.,]\d|[-/]\d)",
        ),
        (
            "weekday",
            rf"\b(?:on (?!\w+ (?:morning|afternoon|evening|night)\b))?"
            rf"(?:(?P<shift>last|next|this|the following) )?"
            rf"(?P<weekday>{WEEKDAY}){PART}(?: at (?:{TIME}))?(?!\w)"
            r"(?! (?:mornings|afternoons|evenings|nights)\b)",
        ),
        ("clock", rf"^\W{{0,3}}(?P<hour>{HOUR})[:.](?P<minute>{MINUTE}) ?(?P<half>[ap]\.?m\b)"),
        ("clock", rf"^\W{{0,3}}(?P<hour24>{HOUR}):(?P<minute24>{MINUTE})(?=\s)"),
        (
            "weekdays",
            rf"\bbetween {WEEKDAY} and (?P<shift>last |next )?(?P<weekday>{WEEKDAY})(?!\w)",
        ),
        (
            "night",
            rf"\bovernight (?:from )?{WEEKDAY} (?:in)?to (?P<shift>last |next )?"
            rf"(?P<weekday>{WEEKDAY})(?!\w)",
        ),
        (
            "weekday",
            rf"\bovernight (?:into|on) (?P<shift>last |next )?(?P<weekday>{WEEKDAY})(?!\w)",
        ),
        ("clock", rf"\b(?:at|around|by|before|after|until|till|since|from|to) (?:{TIME})"),
        ("clock", rf"(?<=it was )(?:(?:about|around|just after|almost|nearly) )?(?:{TIME})"),
        (
            "start_of",
            r"\b(?:the )?(?:start|beginning) of (?:the |this )(?P<shift>\B)?"
            r"(?P<span>year|month|week|quarter)\b(?! of)",
        ),
        ("end_of", r"\b(?:the )?end of (?:the |this )(?P<span>year|month|week|quarter)\b"),
        (
            "offset",
            r"\b(?P<offset1>the day before yesterday)\b|\b(?P<offset2>yesterday)"
            r"(?: (?:morning|afternoon|evening))?\b|\b(?P<offset0>today(?! (?:show|program))|tonight)\b"
            r"|\b(?P<offset4>the day after tomorrow)\b|\b(?P<offset3>tomorrow)\b",
        ),
        (
            "today",
            r"\b(?:this (?:morning|afternoon|evening)|earlier in the day"
            r"|later in the day|overnight)\b",
        ),
        ("last_night", r"\blast night\b"),
        (
            "weekday",
            rf"\b(?:(?:at|by|until|till|from|before|after|around) )?(?:{TIME}) on "
            rf"(?P<shift>last |next )?(?P<weekday>{WEEKDAY})(?!\w)",
        ),
        ("this", r"\b(?:over the|earlier this) (?P<span>week|month|weekend)\b"),
        ("this", r"\bthis (?P<span>week|month|year|quarter|weekend)\b"),
        (
            "shifted",
            r"\b(?:the )?(?P<shift>last|next|past|previous)"
            r" (?P<span>week|month|year|quarter|weekend)\b(?! of)",
        ),
        (
            "ago",
            rf"\b(?:about |around |nearly |more than )?(?P<amount>{AMOUNT})"
            rf" (?P<span>{SPAN}) ago\b",
        ),
        (
            "before",
            r"(?<!from )(?<!than )\b(?:about |around |nearly |more than )?"
            rf"(?P<amount>{AMOUNT}) (?P<span>{SPAN}) earlier\b"
            r"(?<!\ba\syear\searlier)",
        ),
        ("ahead", rf"\bin (?P<amount>{AMOUNT}) (?P<span>{SPAN})(?= time\b|[.,]|$)"),
    ),
    needs={
        "quarter": ("quarter", "q1", "q2", "q3", "q4"),
        "half": ("half of",),
        "decade": ("0s",),
        "start_of": ("start of", "beginning of"),
        "season_year": tuple(SEASONS),
        "season": tuple(SEASONS),
        "season_ahead": tuple(SEASONS),
        "weekdays": ("between ",),
        "clock": (*"0123456789", "noon", "midnight"),
        "end_of": ("end of",),
        "offset": ("yesterday", "today", "tonight", "tomorrow"),
        "today": ("this ", "in the day", "overnight"),
        "last_night": ("last night",),
        "this": ("over the ", "this "),
        "shifted": ("last ", "next ", "past ", "previous "),
        "ago": ("ago",),
        "before": ("earlier",),
        "ahead": ("in ",),
    },
)
