"""French words that tell what was done from what is so and from what is to come."""

from annotations.extraction.languages.base import Aspect, folded

INFINITIVE = r"[a-zéèêîïôûç]{2,}(?:er|ir|re|oir)\b"
ASIDES = (
    r"(?:(?:été|également|aussi|déjà|encore|récemment|officiellement|enfin|[a-zé]{3,}ment) ){0,2}"
)
PARTICIPLE = (
    r"(?!(?:plus|trois|depuis|puis|moins|jamais|toujours|pays|ainsi|aussi|parmi|ici)\b)"
    r"[a-zéèêîïôûç]{1,}(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|û|it|ite|its|ites|ert|erte|erts|ertes"
    r"|int|inte|ints|aint|eint|einte|ort|orte|orts|os|ose)\b"
)
MOVED = (
    r"(?:entr|arriv|tomb|mont|retourn|rentr|décéd|rest|pass)ée?s?\b|(?:part|sort)ie?s?\b"
    r"|(?:ven|reven|deven|surven|interven|parven)ue?s?\b|allée?s?\b|morte?s?\b|née?s?\b"
    r"|descendue?s?\b"
)

ASPECT = Aspect(
    forecast=folded(
        rf"\b(?:devrait|devraient|pourrait|pourraient) (?!\w+ (?:être )?mieux\b)(?:\w+"
        rf" ){{0,2}}{INFINITIVE}",
        r"\b(?:prévoit|prévoient|envisage|envisagent|projette|projettent|promet|promettent|entend"
        rf"|compte|comptent|veut|veulent|espère|espèrent) (?:de |d['’]|à )?{INFINITIVE}",
        r"\b(?:table|tablent) sur\b|\bs['’]apprêtent? à\b|\b(?:prévoit|prévoient|anticipe) une?"
        r" (?:croissance|hausse|baisse|inflation|recul|déficit"
        r"|progression|augmentation|récession)\b",
        r"\b(?:serait|seraient) (?:envisagée?s?|prévue?s?|imminente?s?)\b",
        r"\best (?:prévue?|programmée?|attendue?)s? (?:pour|en|le|à|au|d['’]ici|ce|cette|dès|dans|lundi"
        r"|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
    ),
    promised=folded(
        r"(?<=\w)(?<!au)r(?:ait|aient)\b(?! (?:été|eu) )|\baurai(?:t|ent) (?:\w+ )?lieu\b"
    ),
    clause=folded(r"\bqu(?:e\s|['’])"),
    done=folded(
        rf"(?<!il y )\b(?:a|ont|avait|avaient|aurait|auraient|n['’]a|n['’]ont|l['’]a)"
        rf" {ASIDES}{PARTICIPLE}",
        rf"\bs['’](?:est|était|étaient|sont) {ASIDES}{PARTICIPLE}|\bse (?:sont|seraient)"
        rf" {PARTICIPLE}",
        rf"\b(?:est|sont|était|étaient|serait|seraient) {ASIDES}(?:{MOVED})",
        r"(?<=\w\w)(?:èrent|irent|urent)\b",
        r"(?<= : )[^.!?]{3,60}\b[a-zé]{3,}(?:ée?s?|ies?|ues?|ites?|ises?)(?= (?:par|à|en|après|dans|pour|de)\b|$)"
        r"(?=[^.!?]*$)",
    ),
    lasting=folded(
        r"\b(?:est|sont|reste|restent|était|étaient|possède\w*|compte|comptent|appartient|dispose"
        r"|interdit|autorise|oblige|permet|représente\w*|consomme\w*|produit|abrite|demeure\w*)\b"
    ),
    trend=folded(
        r"\b(?:augment|diminu|baiss|recul|chut|progress|bond|grimp|dépass|attein|représ|creus|doubl"
        r"|tripl|perd|franch|rapport|coût|dur|cumul|compt|tomb)\w*\b"
    ),
    settled=folded(
        r"\b(?:les|ces|des) (?:deux|trois|quatre) ",
        r"\b(?:âgée?s? |homme |femme |garçon |fille |adolescente? |conductrice |conducteur |cycliste"
        r"|motard |touriste |étudiante? |retraitée? |enfant |jeune )d(?:e |['’])\w|\b(?:père|mère) de"
        r" \w|^à \d\d ans(?=,)",
    ),
    hedged=folded(
        r"\b(?:aurait|auraient|serait|seraient|semble(?:nt|rait)?|paraît|apparemment|peut-être"
        r"|présumée?s?|supposée?s?|prétendue?s?|probablement|vraisemblablement|sans doute"
        r"|soi-disant|pourrait|pourraient|devrait|devraient|dirait)\b",
    ),
    negation=folded(
        r"\b(?:n['’]|ne )(?!\w+ (?:plus )?(?:\w+ )?que\b)(?=[^.;]{0,40}?\b(?:pas|plus|jamais"
        r"|aucune?|rien|ni"
        r"|personne|guère|nullement)\b)(?![^.;]{0,25}plus qu)",
        r"\b(?:n[’\']|ne )\w+ que\b|\b(?:aucune?|nul|nulle|jamais)\b|\bsans (?:faire|avoir|être"
        r"|aucun|que)\b",
        r"\b(?:dément|démenti|démentent|nie|nient|nié|réfute|réfuté|conteste|contesté)\b",
        r"\brejeté? (?:\w+ ){0,2}accusations",
    ),
    causal=folded(
        r"\b(?:(?:est|sont|était) dus? |à cause d|en raison d|grâce à|parce qu|imputables? à|dues?"
        r" à|dus à|faute d"
        r"|(?:provoqu|entraîn|caus)(?!e commune)\w+|responsables? d|est à l['’]origine d"
        r"|conséquence d"
        r"|résult(?:e|ent) d|s['’]explique(?:nt)? par|a fait (?:grimper|chuter|baisser|monter"
        r"|bondir))"
    ),
    comparison=folded(
        r"\b(?:plus|moins|aussi|autant|davantage) (?!de \d)(?:[\w’'-]+ ){0,3}?(?:que|qu['’])(?! )?",
        r"\b(?:le|la|les|son|sa|ses|leur) (?:plus|moins) (?!\d)\w+|\bplus (?:bas|haut)\b"
        r"|\b(?:supérieure?|inférieure?)s? (?:à|au)\b|\bfois (?:plus|moins|le|la|supérieur)"
        r"|\b(?:record|davantage|tandis que|contre (?=\d|près|environ|seulement)|par rapport)\b"
        r"|\b(?:doublé|triplé|pire|meilleure?s?|mieux|seul pays|seule ville)\b|\bmoins (?:bien"
        r"|chers?|efficaces?)\b",
    ),
    personal=folded(
        r"\b(?:mon|ma|mes) (?:grand|père|mère|enfance|frère|sœur|mari|femme)|^j['’]avais|^il était"
        r" une fois"
    ),
)
