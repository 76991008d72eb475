"""Any other language: the common abbreviations of European newspapers, no vocabulary."""

from dataclasses import replace

from annotations.extraction.languages import en
from annotations.extraction.languages.base import NEVER, Reading, pattern, words

READING = Reading(
    titles=words(
        "dr prof sr sra srta d dña ing lic dott dott.ssa sig sig.ra hr fr frau st bzw mr mrs mevr"
        " dhr drs г ул им тов гр акад"
    ),
    abbreviations=frozenset(map(str, range(1, 32)))  # am 3. Mai
    | words(
        "etc p pp vol no nr nos art fig cf al bijv o.a d.w.z z.b u.a d.h usw ca mio mrd ecc es"
        " ee.uu ej pág núm núms av tel p.ej т.е т.д т.п т.к руб тыс млн млрд стр см рис напр"
        " jan feb apr aug sept oct okt nov dec dez inc ltd co corp s.a s.l"
    ),
    starters=words(
        "der die das ein eine er sie es wir ich aber und el la los las un una pero y en il lo gli i"
        " le uno ma e o os as um uma mas de het een hij zij wij maar он она они это но и в на"
    ),
    joiners=frozenset(),
    furniture=pattern(r"^©", r"^copyright\b"),
    glued=pattern(NEVER),
    new_clause=pattern(NEVER),
    speech_ahead=pattern(NEVER),
    byline=pattern(NEVER),
    caption=pattern(NEVER),
    credit=pattern(NEVER),
)

LANGUAGE = replace(en.LANGUAGE, code="und", reading=READING)
