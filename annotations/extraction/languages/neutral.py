"""Any other language: where sentences end in European newspapers, figures, and ISO dates.

No word of another language is read as if it were English: amounts are digits with percent, money
or measures, dates are numbers, and nobody is taken for a speaker.
"""

from dataclasses import replace

from annotations.extraction.languages import en
from annotations.extraction.languages.base import (
    NEVER,
    Aspect,
    Calendar,
    Counting,
    Reading,
    Reporting,
    folded,
    pattern,
    renamed,
    words,
)

READING = Reading(
    titles=words(
        "dr prof sr sra srta d dña ing lic dott dott.ssa sig sig.ra hr fr frau st bzw mr mrs mevr"
        " dhr drs г ул им тов гр акад on avv ecc.za dra exmo"
    ),
    abbreviations=frozenset(map(str, range(1, 32)))  # am 3. Mai
    | words(
        "etc p pp vol nr art fig cf al bijv o.a d.w.z z.b u.a d.h usw ca mio mrd ecc"
        " ee.uu ej pág núm núms av tel p.ej т.е т.д т.п т.к руб тыс млн млрд стр см рис напр"
        " jan feb apr aug sept oct okt nov dec dez inc ltd co corp s.a s.l p.es c.d n.v b.v m.m"
        " bspw evtl ggf inkl vgl zzgl abs bzw.max resp v.a m.b.h gmbh аб ст гл обл р"
    ),
    starters=words(
        "der die das ein eine er sie es wir ich aber und el la los las un una pero y en il lo gli i"
        " le uno ma e o os as um uma mas de het een hij zij wij maar он она они это но и в на"
    ),
    joiners=frozenset(),
    furniture=pattern(
        r"^©",
        r"^copyright\b",
        r"^(?:lesen sie auch|mehr zum thema|lea también|leer más|leggi anche|leia (?:também|mais)"
        r"|lees (?:ook|meer)|читайте также|اقرأ أيضا)",
    ),
    glued=pattern(NEVER),
    new_clause=pattern(NEVER),
    speech_ahead=pattern(NEVER),
    byline=pattern(r"^(?:von|por|di|door) (?-i:[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){1,2})$"),
    caption=pattern(r"^(?:foto|фото|صورة) ?[:©]"),
    credit=pattern(r"(?-i:\b(?:FOTO|Foto|Фото) ?: ?[A-ZÀ-ÞА-Я])[^.!?]{0,60}$"),
)

MILLIONS = {
    word: scale
    for scale, known in (
        (1_000, "Tsd. тыс. тыс mil"),
        (
            1_000_000,
            "Mio. Mio Millionen Million millones millón milioni milione mln milhões milhão miljoen"
            " млн миллионов миллиона миллион مليون",
        ),
        (
            1_000_000_000,
            "Mrd. Mrd Milliarden Milliarde miliardi miliardo mld bilhões mil\u00a0millones miljard"
            " млрд миллиардов миллиарда مليار",
        ),
    )
    for word in known.split(" ")
}

COUNTING = Counting(
    numbers={},
    scales={},
    short_scales=MILLIONS,
    joiner="–",
    joined=NEVER,
    articles=frozenset(),
    fraction_end="",
    number_of=NEVER,
    against=NEVER,
    grouping="[ \u00a0\u202f.,']",
    decimal="[.,]",
    fractions={},
    multiples={},
    dozens={},
    lone=NEVER,
    times=NEVER,
    half=NEVER,
    out_of=NEVER,
    part_of=NEVER,
    again=NEVER,
    among=NEVER,
    between=NEVER,
    to=NEVER,
    change=NEVER,
    least=NEVER,
    hedges={},
    late_hedges={},
    percent=(
        r"%|٪|prozent\b|por ciento\b|per cento\b|por cento\b|procent\b"
        r"|процент(?:а|ов|ы)?\b|في المئة|بالمئة"
    ),
    points=NEVER,
    money=renamed(
        "€=EUR euro=EUR euros=EUR eur=EUR евро=EUR يورو=EUR $=USD dollar=USD dólares=USD"
        " dollari=USD dollars=USD usd=USD доллар=USD доллара=USD долларов=USD دولار=USD"
        " £=GBP gbp=GBP ¥=JPY рубль=RUB рубля=RUB рублей=RUB chf=CHF franken=CHF reais=BRL"
    ),
    link=r"(?:de |di |d['’])",
    adjectives=frozenset(),
    not_counted=frozenset(),
    invariable={},
    ordinal=r"\.(?=\s)|[ºª]",
    name_before=words("art artikel artículo articolo artigo § ст статья seite página nr no núm"),
    plural_ends=True,
)

CALENDAR = Calendar(
    months={},
    weekdays={},
    amounts={},
    spans={},
    seasons={},
    quarters={},
    future=folded(NEVER),
    foretold=folded(NEVER),
    told=pattern(NEVER),
    telling=pattern(NEVER),
    onward=pattern(NEVER),
    lasted=pattern(NEVER),
    cue=folded(r"\d{4}"),
    rules=(
        ("iso", pattern(r"(?<![\d.-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)")),
        (
            "numeric",
            pattern(
                r"(?<![\d./-])(?P<day>[0-3]?\d)(?:[./-])\s?(?P<month>[01]?\d)(?:[./-])\s?"
                r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
            ),
        ),
        (
            "years",
            pattern(
                r"(?<![\w.,/€$£-])(?P<year>(?:1[5-9]|20)\d\d)[-–](?P<year2>(?:1[5-9]|20)\d\d)"
                r"(?![\w%€$-])"
            ),
        ),
        (
            "year",
            pattern(
                r"(?<![\w.,/€$£-])(?P<year>(?:19|20)\d\d)(?! ?[%٪€$]|[.,/-]\d|[ \u00a0]\d{3}|\w)"
            ),
        ),
    ),
)

REPORTING = Reporting(
    verb=folded(NEVER),
    passive=pattern(NEVER),
    not_speakers=frozenset(),
    addressing=pattern(NEVER),
    after_quote=pattern(NEVER),
    after_close=pattern(NEVER),
    subject_after_close=pattern(NEVER),
    end_verb=pattern(NEVER),
    finite=folded(NEVER),
    citing=folded(NEVER),
    according=pattern(NEVER),
    inverted=pattern(NEVER),
    pronoun_inverted=pattern(NEVER),
    pronouns=frozenset(),
    anyone=frozenset(),
    nominative=frozenset(),
    persons=frozenset(),
    things=frozenset(),
    determiners=pattern(NEVER),
    inner=pattern(NEVER),
    plural_only=pattern(NEVER),
    adding=pattern(NEVER),
    definite=pattern(NEVER),
    phrase_ends=frozenset(),
    aside=pattern(NEVER),
    linking=pattern(NEVER),
    agents=frozenset(),
    clause_starts=pattern(NEVER),
    relatives=frozenset(),
    documents=frozenset(),
    people=frozenset(),
    feminine=frozenset(),
    masculine=frozenset(),
    plural=frozenset(),
    media=frozenset(),
    bodies=frozenset(),
    offices=frozenset(),
    of=pattern(NEVER),
)

ASPECT = Aspect(
    forecast=folded(NEVER),
    looming=folded(NEVER),
    promised=folded(NEVER),
    added=folded(NEVER),
    clause=folded(NEVER),
    done=folded(NEVER),
    headline=folded(NEVER),
    headline_ahead=folded(NEVER),
    lasting=folded(NEVER),
    trend=folded(NEVER),
    settled=folded(NEVER),
    hedged=folded(NEVER),
    negation=folded(NEVER),
    nobody=folded(NEVER),
    never=folded(NEVER),
    nothing=folded(NEVER),
    relative=folded(NEVER),
    teaser=folded(NEVER),
    causal=folded(NEVER),
    comparison=folded(NEVER),
    personal=folded(NEVER),
)

LANGUAGE = replace(
    en.LANGUAGE,
    code="und",
    reading=READING,
    counting=COUNTING,
    calendar=CALENDAR,
    reporting=REPORTING,
    aspect=ASPECT,
)
