"""French dates."""

from annotations.extraction.languages.base import (
    NEVER,
    Calendar,
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
    any_of,
    day,
    rules,
    whole,
    year,
)

MONTHS = numbered(
    "janvier=1 février=2 mars=3 avril=4 mai=5 juin=6 juillet=7 août=8 aout=8 septembre=9"
    " octobre=10 novembre=11 décembre=12 janv.=1 févr.=2 avr.=4 juil.=7 sept.=9 oct.=10 nov.=11"
    " déc.=12"
)
WEEKDAYS = numbered("lundi=0 mardi=1 mercredi=2 jeudi=3 vendredi=4 samedi=5 dimanche=6")
AMOUNTS = {
    **numbered(
        "un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11"
        " douze=12"
        " treize=13 quatorze=14 quinze=15 seize=16 dix-sept=17 dix-huit=18 dix-neuf=19 vingt=20"
        " vingt-quatre=24 vingt-cinq=25 trente=30 trente-cinq=35 trente-six=36 quarante=40"
        " quarante-huit=48 cinquante=50 soixante=60 cent=100"
    ),
    "une dizaine de": 10,
    "une quinzaine de": 15,
    "une vingtaine de": 20,
}
SPANS = renamed(
    "jour=day jours=day semaine=week semaines=week mois=month an=year ans=year année=year"
    " années=year trimestre=quarter trimestres=quarter week-end=weekend heures=hour heure=hour"
)
SEASONS = renamed("hiver=WI printemps=SP été=SU automne=AU")
QUARTERS = numbered(
    "premier=1 1er=1 deuxième=2 second=2 2e=2 troisième=3 3e=3 quatrième=4 4e=4 dernier=4"
)

MONTH = whole(any_of(MONTHS))
WEEKDAY = any_of(WEEKDAYS)
AMOUNT = amount(AMOUNTS)
SPAN = whole(any_of(SPANS))
SEASON = any_of(SEASONS)
QUARTER = any_of(QUARTERS)
YEAR = year(units="%€$")
DAY = day(ordinals="er")
TIME = (
    rf"(?P<hour>{HOUR}) ?(?:h|heures?)(?: ?(?P<minute>{MINUTE}))?(?!\w)"
    rf"|(?P<noon>midi|minuit)\b"
)
PART = r"(?: (?:matin|midi|soir|après-midi|dans la (?:nuit|matinée|soirée|journée)))?"

NAMES = (
    "canberra sierra andorra riviera sumatra sandra alexandra cassandra samira elvira shakira"
    " indira"
    " petra navarra madeira pereira ferreira oliveira moreira teixeira silveira vieira tundra"
)
NO_NAME = "".join(rf"(?<!\b{name})" for name in NAMES.split())

CALENDAR = Calendar(
    months={**MONTHS, "noël": 12},
    weekdays=WEEKDAYS,
    amounts=AMOUNTS,
    spans=SPANS,
    seasons=SEASONS,
    quarters=QUARTERS,
    future=folded(
        r"(?:e(?:ra(?! .{0,20}\bété\b)|ront)|i(?:ra|ront)|[dvr]r(?:a|ont)|(?<!ex)(?<!ul)tra|tront)\b"
        r"(?:(?<=[a-zéèêîôï]{2}[eidvrt]ra)|(?<=[a-zéèêîôï]{2}[eidvrt]ront))"
        rf"{NO_NAME}",
        r"\b(?:(?:sera(?! .{0,20}\bété\b)|seront|aura|auront|fera|feront|pourra|devra|ira|iront|dira|diront)\b"
        r"|(?:expire|expirent|entre en vigueur|entrent en vigueur|prend fin|(?:est|sont)"
        r" (?:prévue?s?|attendue?s?|programmée?s?))\b"
        r"|(?:se réuni(?:t|ssent)|(?:a|ont) lieu|se (?:tient|tiennent|déroulent?)|comparaî(?:t|ssent)"
        r"|s['’](?:appliquent?|achèvent?)|reprend|reprennent)\b(?=[^,.;]{0,40}?"
        r"\b(?:le \d|du \d|demain\b|dès |à partir d|(?:lun|mar|mercre|jeu|vendre|same)di\b|dimanche\b))"
        r"|sort(?:ent)? en salles? (?=le |ce |\w+di\b)"
        r"|(?:début|démarr|commenc|s['’]ouvr|ouvr)(?:e|ent) (?:(?:ses|leurs) portes )?"
        r"(?=le \d|\w+di\b|demain\b|dimanche\b|en (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
        r"|octobre|novembre|décembre)\b(?! \d)|à l['’]automne|au printemps)"
        r"|(?:fixée?s?|programmée?s?|prévue?s?|attendue?s?) (?:au|le|pour) (?!moins\b)"
        r"|(?:reportée?s?|renvoyée?s?|ajournée?s?|repoussée?s?) (?:au|à|en)\b"
        r"|(?:prolongée?s?|suspendue?s?|fermée?s?|maintenue?s?) jusqu"
        r"|devrai(?:t|ent) (?:\w+ ){0,2}?[a-zéê]+(?:er|ir|re|oir)\b"
        r"|(?:va|vont) (?:être |se |s’|s'|à nouveau )?[a-zéê]+(?:er|ir|re|oir)\b)",
    ),
    foretold=folded(
        r"\bqu(?:e\s|['’])[^.;]{0,80}?(?<=\w)(?<!au)r(?:ait|aient)\b(?! (?:été|eu) )",
        r"\baurai(?:t|ent) (?:\w+ ){0,2}?lieu\b|\bprom(?:et|ettent|is) (?:\w+ ){0,2}?(?:de |d['’])[a-zéêè]+(?:er|ir|re|oir)\b",
        r"\b(?:(?:table|tablent|tablait|mise|misent) sur|(?:prévoi(?:t|ent)|anticipent?) (?:une? |que |désormais ))",
        r"\b(?:doit|doivent|pourrait|pourraient|devrait|devraient) (?!avoir\b|déjà\b)(?:\w+ ){0,2}?[a-zéêè]+"
        r"(?:er|ir|re|oir)\b",
    ),
    told=pattern(
        r"(?:\b(?:a|ont|avait|avaient)(?:\s[^\W\d_]+|,[^,;]{2,30},){0,2}?\s(?!été)\w+(?:é|i|u|it|is)e?s?"
        r"|\bhier|\bdepuis(?: le| la| l['’])?|\binterrogée?|\ba-t-(?:on|il|elle) \w+)\s$"
        r"|[,»”]\s(?:a|ont|avait|avaient)\s(?!été)\w+(?:é|i|u|it|is)e?s?\s[^,;]{2,50}\s$"
    ),
    telling=pattern(NEVER),
    onward=pattern(
        r"(?<!avait )(?<!était )(?:\bdès|\bà (?:partir|compter) d[eu]|\bd['’]ici(?: à)?)\s(?:ce |le )?$"
        r"|^(?!.*(?:avai(?:t|ent)|étai(?:t|ent)|restée?s?|duré|attendu) ).*\bjusqu['’]à\s(?:ce )?$"
    ),
    lasted=pattern(NEVER),
    cue=folded(
        rf"\d|\b(?:{MONTH}|{WEEKDAY}|noël)|\b(?:hier|demain|aujourd|veille|nuit|matin|soir|journée"
        rf"|après-midi|semaines?|jours?|mois|ans?|années?|week-end|trimestre|semestre|hiver"
        rf"|printemps|été|automne"
        rf"|il y a)\b"
    ),
    rules=rules(
        (
            "full",
            rf"\b(?:(?:le )?{WEEKDAY} |le )?(?P<day>{DAY}) (?P<month>{MONTH})"
            rf" (?P<year>{YEAR})(?:,? (?:à|vers) (?:{TIME}))?",
        ),
        (
            "numeric",
            r"\b(?:le )?(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)[/.]"
            rf"(?P<year>{YEAR})(?: à (?:{TIME}))?",
        ),
        ("iso", ISO_DAY),
        (
            "days",
            rf"\b(?:(?:dans )?la nuit du |les |du |entre le )?(?P<day>{DAY})(?:, {DAY})*"
            rf"(?: et (?:le )?| au |-)(?P<day2>{DAY})"
            rf" (?P<month>{MONTH})(?: (?P<year>{YEAR}))?",
        ),
        (
            "days_across",
            rf"\b(?:du |entre le )(?P<day>{DAY}) (?P<month>{MONTH}) (?:au|et le) (?P<day2>{DAY})"
            rf" (?P<month2>{MONTH})(?: (?P<year>{YEAR}))?",
        ),
        (
            "day",
            rf"\b(?:(?:le )?{WEEKDAY} |le )?(?P<day>{DAY}) (?P<month>{MONTH})"
            rf"(?:,? (?:à|vers) (?:{TIME}))?",
        ),
        (
            "months",
            rf"\b(?:entre|de|d['’]) ?(?P<month>{MONTH})(?: (?P<year>{YEAR}))?"
            rf" (?:et|à) (?P<month2>{MONTH})(?: (?P<year2>{YEAR}))?",
        ),
        ("month_year", rf"\b(?:fin |début |mi-)?(?P<month>{MONTH}) (?P<year>{YEAR})"),
        (
            "month",
            rf"\b(?:(?<=en )|(?<=depuis )|(?<=dès )|(?<=d’)|(?<=d')|(?<=mois de )"
            rf"|(?<=jusqu’en )|(?<=de )|fin |début |mi-|courant )"
            rf"(?P<month>{MONTH})(?: (?P<shift>dernier|prochain)"
            r"|(?: de)? l['’](?:an|année) (?P<other_year>derni[eè]re?|passée?|prochaine?))?",
        ),
        ("month", r"\b(?:avant|d['’]ici(?: à)?|à|pour|depuis) (?P<month>noël)\b"),
        (
            "quarter",
            rf"\b(?:T(?P<quarter>[1-4])|(?:le )?(?P<quarter_word>{QUARTER})"
            rf" trimestre)(?: (?:de )?(?P<year>{YEAR}))?",
        ),
        (
            "half",
            r"\b(?:(?P<first>premier|1er)|second|deuxième|2e) semestre"
            rf"(?: (?:de )?(?P<year>{YEAR}))?",
        ),
        ("decade", r"\b(?:les |des )?années (?P<decade>(?:1[5-9]|20)?\d0)\b"),
        ("season_year", rf"\b(?:l['’])?(?P<season>{SEASON}) (?P<year>{YEAR})"),
        (
            "season",
            rf"\b(?P<this>cet|cette|ce) (?P<season>{SEASON})\b",
        ),
        (
            "season",
            rf"\b(?:l['’]|au |le )?(?P<season>{SEASON}) (?P<shift>derni[eè]re?"
            rf"|passée?|prochaine?)",
        ),
        (
            "season_ahead",
            rf"\b(?:à l['’](?=automne|été)|au (?=printemps))(?P<season>{SEASON})\b(?! \w*(?:\d|ième|cour))",
        ),
        ("years", rf"\b(?P<year>{YEAR})[-–/](?P<year2>\d\d)(?![\d/-])"),
        (
            "years",
            rf"\b(?:entre |de |depuis )?(?P<year>{YEAR})(?: ?[-–] ?| et | à )"
            rf"(?P<year2>{YEAR})",
        ),
        ("year_end", rf"\bfin (?P<year>{YEAR})"),
        ("year", rf"(?<![\w.,/€$£-])(?:début |mi-)?(?P<year>{YEAR})(?! ?%|[.,]\d|[-/]\d)"),
        (
            "weekday",
            rf"(?<!\ble )(?<!\bchaque )\b(?P<weekday>{WEEKDAY})(?P<shift> dernier| prochain)?{PART}"
            rf"(?:,? (?:(?:peu |juste )?(?:à|vers|dès|après|avant) )?(?:{TIME}))?(?!\w)",
        ),
        (
            "weekday",
            rf"\b(?:à|vers|avant|après) (?:{TIME}),? (?:ce )?(?P<weekday>{WEEKDAY})"
            r"(?P<shift> dernier| prochain)?(?!\w)",
        ),
        (
            "weekday",
            rf"\b(?:dans )?la nuit de (?P<weekday>{WEEKDAY})(?P<shift> dernier)?(?!\w)(?! (?:à|au) )",
        ),
        (
            "weekdays",
            rf"\b(?:entre {WEEKDAY} et|de {WEEKDAY} à) (?P<weekday>{WEEKDAY})(?P<shift> dernier"
            r"| prochain)?",
        ),
        (
            "night",
            rf"\b(?:dans )?la nuit (?:de|du) {WEEKDAY} (?:à|au) (?P<weekday>{WEEKDAY})"
            r"(?P<shift> dernier| prochain)?",
        ),
        (
            "clock",
            rf"\b(?:à|vers|dès|avant|après|entre|jusqu[’\']à|de(?= \d\d? ?h\d* à )) (?:{TIME})"
            r"(?! (?:par|de )\w)",
        ),
        (
            "clock",
            rf"^\W{{0,3}}(?P<hour>{HOUR})[hH:](?P<minute>{MINUTE})(?=\s?[-–—:|.]|\s(?-i:[A-ZÀ-Þ«]))",
        ),
        ("clock", rf"(?<=il était )(?:(?:environ|près de|à peine|déjà) )?(?:{TIME})"),
        (
            "start_of",
            r"\b(?:le )?début (?:de (?:l['’]|la |cette )|du |d['’])"
            r"(?P<span>année|mois|semaine|trimestre)(?P<shift> derni[eè]re?| prochaine?)?(?!\w)",
        ),
        (
            "end_of",
            r"\b(?:la )?fin (?:de (?:l['’]|la |cette )|du |d['’])"
            r"(?P<span>année|mois|semaine|trimestre)\b",
        ),
        (
            "offset",
            r"\b(?P<offset0>aujourd['’]hui)|\b(?P<offset1>avant-hier)"
            r"|\b(?P<offset2>hier)(?: soir| matin| après-midi)?\b"
            r"|\b(?P<offset4>après-demain)|\b(?P<offset3>demain)\b",
        ),
        (
            "today",
            r"\b(?:(?:ce (?:matin|soir|midi)|cet après-midi|cette nuit)(?!-là)|dans la journée"
            r"|au cours de la (?:nuit|journée|matinée)|dans la (?:nuit|matinée|soirée)"
            r")\b",
        ),
        ("last_night", r"\bla nuit dernière\b"),
        (
            "this",
            r"\b(?:en (?:début|fin|milieu) de |plus tôt dans la )(?P<span>semaine|mois)\b(?! d)",
        ),
        (
            "this",
            r"\b(?:ce|cette) (?P<span>semaine|mois|année|trimestre|week-end)\b"
            r"(?:-ci)?",
        ),
        (
            "shifted",
            r"\b(?:la |le |l['’])(?P<span>semaine|mois|année|an|trimestre|week-end)"
            r" (?P<shift>derni[eè]re?|passée?|prochaine?)\b",
        ),
        (
            "ago",
            rf"\bil y a (?:environ |près de |plus de |de cela )?(?P<amount>{AMOUNT})"
            rf" (?P<span>{SPAN})",
        ),
        (
            "before",
            rf"(?<!que )(?<!qu['’])(?<!rapport à )\b(?P<amount>{AMOUNT}) (?P<span>{SPAN})"
            r" (?:plus tôt|auparavant)\b(?<!\bun\san\splus\stôt)",
        ),
        ("ahead", rf"\bdans (?:environ )?(?P<amount>{AMOUNT}) (?P<span>{SPAN})"),
    ),
    needs={
        "quarter": ("trimestre", "t1", "t2", "t3", "t4"),
        "half": ("semestre",),
        "decade": ("années ",),
        "season_year": tuple(SEASONS),
        "season": tuple(SEASONS),
        "season_ahead": tuple(SEASONS),
        "clock": (*"0123456789", "midi", "minuit"),
        "start_of": ("début d",),
        "end_of": ("fin d",),
        "offset": ("hier", "demain", "aujourd"),
        "today": ("matin", "midi", "soir", "nuit", "journée"),
        "last_night": ("nuit",),
        "this": ("semaine", "mois", "année", "trimestre", "week-end"),
        "shifted": ("derni", "passé", "prochain"),
        "ago": ("il y a",),
        "before": ("plus tôt", "auparavant"),
        "ahead": ("dans ",),
    },
)
