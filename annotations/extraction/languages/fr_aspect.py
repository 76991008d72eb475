"""French words that tell what was done from what is so and from what is to come."""

from annotations.extraction.languages.base import Aspect, folded

INFINITIVE = r"[a-zéèêîïôûç]{2,}(?:er|ir|re|oir)\b"
ASIDES = (
    r"(?:(?:été|également|aussi|déjà|encore|récemment|officiellement|enfin|[a-zé]{3,}ment|de nouveau"
    r"|à nouveau|une nouvelle fois|à son tour|toutefois|ainsi|depuis|longtemps|en outre|tous|toutes|alors"
    r"|donc|même|d['’]abord|pourtant|très|fort|mal|bien|presque|quasi|trop|brièvement) ){0,3}"
)
PARTICIPLE = (
    r"(?!(?:été|plus|trois|depuis|puis|moins|jamais|toujours|pays|ainsi|aussi|parmi|ici)\b)"
    r"[a-zéèêîïôûç]{1,}(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|use|uses|oute|outes|û|ise|ises|it|ite|its|ites|ert|erte|erts|ertes"
    r"|int|inte|ints|aint|eint|einte|ort|orte|orts|os|ose)\b"
)
MOVED = (
    r"(?:entr|arriv|tomb|mont|retourn|rentr|décéd|rest|pass)ée?s?\b|(?:part|sort)ie?s?\b"
    r"|(?:ven|reven|deven|surven|interven|parven)ue?s?\b|allée?s?\b|morte?s?\b|née?s?\b"
    r"|descendue?s?\b|(?:condamn|interpell|arrêt|tu|bless|nomm|limog|expuls|relax|acquitt|écrou|libér"
    r"|hospitalis|inculp|licenci|retrouv|adopt|rejet|annul|assassin|abandonn)ée?s?\b|(?:ré)?élue?s?\b"
)
DEED = (
    r"(?:(?:abandonn|accus|achèt|adopt|agress|allèg|ann?ul|annex|approuv|arrêt|attaqu|autoris|avort"
    r"|baiss|bloqu|bomb?ard|boycott|braqu|captur|cambriol|cens?ur|cèd|cess|condamn|coul|coup|crè?v"
    r"|déboul|débloqu|déclar|déclin|décroch|défil|délog|démissionn|dénonc|dépos|dérap|déraill|détruis"
    r"|dévoil|dévoilent|dévast|dissolv|donn|doubl|écart|éch?app|échou|écop|encaiss|élimin|embauch"
    r"|enterr|entr|évacu|évinc|expuls|explos|ferm|frapp|frôl|gagn|gèl|grâci|grimp|immol|impos|inaugur"
    r"|inculp|intercept|interpell|invalid|lanc|libèr|licenci|lim?og|livr|manifest|menac|mobilis|mont"
    r"|mis|nationalis|nomm|occup|ordonn|particip|pass|percut|perquisitionn|plac|plong|port|présent"
    r"|priv|procl?am|promulgu|publi|quitt|rachèt|rallum|rappell|ratifi|réautoris|recul|réélis|refus"
    r"|rejett|rejoign|relanc|relax|relèv|rembours|remport|renonc|renvers|renvoi|repouss|respect"
    r"|restitu|retir|réuss|révoqu|romp|rouvr|saborde?|sabr|sanctionn|sauv|signal|sign|stopp|submerg"
    r"|supprim|suspend|tomb|touch|tranch|trouv|tu|valid|vers|viol|vis|vot|ouvr|découvr|bondiss)(?:e|ent)"
    r"|abat|bat|bondit|chute|dissout|démolit|descend|élit|envahit|franchit|meurt|meurent|met fin|obtient"
    r"|parvient|perd|périt|perdent|plonge|porte plainte|prend|prennent|prive|reprend|reprennent"
    r"|réduit|remet|renvoie|reçoit|revient|rompt|saisit|sort|subit|surprend|survit|trahit|vend|vient de"
    r"|investit|ravit|dément|atteint|détruit|envoie|rend)"
)

ALL_THAT_TIME = (
    r"(?=[^.;]*\b(?:depuis|cette année|ce (?:mois|trimestre)|l['’](?:an|année) derni(?:er|ère)|en \d{4}"
    r"|(?:ces|les) (?:\w+ )?(?:dernières années|derniers mois))\b)"
)

ASPECT = Aspect(
    forecast=folded(
        rf"\b(?:devrait|devraient|pourrait|pourraient) (?!\w+ (?:être )?mieux\b)(?:\w+"
        rf" ){{0,2}}{INFINITIVE}",
        r"\b(?:prévoit|prévoient|envisage|envisagent|projette|projettent|promet|promettent|entend"
        rf"|compte|comptent|veut(?! croire)|veulent(?! croire)|espère|espèrent) (?:de |d['’]|à )?{INFINITIVE}",
        r"\b(?:table|tablent) sur\b|\bs['’]apprêtent? à\b|\b(?:prévoit|prévoient|anticipe) une?"
        r" (?:croissance|hausse|baisse|inflation|recul|déficit"
        r"|progression|augmentation|récession)\b",
        r"\b(?:serait|seraient) (?:envisagée?s?|prévue?s?|imminente?s?)\b",
        r"\best (?:prévue?|programmée?|attendue?)s? (?:pour|en|le|à|au|d['’]ici|ce|cette|dès|dans|lundi"
        r"|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
    ),
    looming=folded(
        r"\bs['’]annonc(?:e|ent|ait)\b|\brisqu(?:e|ent) (?:fort )?d(?:e |['’])|\bdevrai(?:t|ent) "
        rf"(?:\w+ ){{0,2}}?{INFINITIVE}|\bpourrai(?:t|ent) (?:\w+ ){{0,2}}?{INFINITIVE}|\bn['’]est pas exclue?\b"
        r"|\bprochaine?s (?:heures|jours|semaines|mois|années)\b|\bl['’]avenir d"
    ),
    promised=folded(
        r"(?<=\w)(?<!au)r(?:ait|aient)\b(?! (?:été|eu) )|\baurai(?:t|ent) (?:\w+ )?lieu\b"
    ),
    added=folded(r"[,»”] (?:ajoutant|précisant|soulignant|rappelant|tout en \w+ant) qu"),
    clause=folded(r"\bqu(?:e\s|['’])"),
    done=folded(
        rf"\b(?:(?<!il y )(?:ai|as|a|avons|avez|ont|avait|avaient|avions|aurait|auraient|n['’]a|n['’]ont|l['’]a|l['’]ont)"
        rf" (?:{ASIDES}{PARTICIPLE}"
        rf"|été (?:(?!le |la |les |l['’]|une? |plus |moins |si |aussi )\S+ ){{0,3}}?{PARTICIPLE})"
        rf"|n['’](?:ai|a|avons|avez|ont|avait|avaient) (?:pas|guère|rien) (?!encore\b){ASIDES}{PARTICIPLE}"
        rf"|(?:n['’]est|ne sont|n['’]était|n['’]étaient) pas (?:{MOVED})"
        rf"|ne s['’](?:est|était|étaient) pas {PARTICIPLE}|ne se sont pas {PARTICIPLE}"
        rf"|s['’](?:est|était|étaient|sont) {ASIDES}{PARTICIPLE}|se (?:sont|seraient)"
        rf" {PARTICIPLE}"
        rf"|(?:est|sont|était|étaient|serait|seraient) {ASIDES}(?:{MOVED})"
        r"|devien(?:t|nent) (?=(?:le|la|les|l['’]) ?(?:\w+ )?(?:plus|premi|nouve|seul|deuxième|\d))"
        r"|(?:fut|devint|naquit|mourut|vint|prit|reçut|perdit|obtint)\b"
        rf"|(?:vient|viennent|venait) d(?:e |['’]){INFINITIVE}|(?:écope|écopent) d|meur(?:t|ent)\b(?! (?:de faim|plus|moins|en moyenne|chaque))"
        r"|(?<=\w )(?<!\bla )(?<!\bde )(?<!\bune )(?:censure|limoge|démissionne|acquitte|inculpe|dissout"
        r"|promulgue|ratifie|remporte|s['’](?:incline|impose|empare)|(?:dépose|porte) plainte"
        r"|ouvre une enquête|jette l['’]éponge)\b|n['’](?:est|était) à (?:déplorer|signaler)\b)",
        r"[èiu]rent\b(?<=\w\w[èiu]rent)(?<!meurent)(?<!pleurent)(?<!effleurent)(?<!durent)(?<!jurent)"
        r"(?<!ssurent)(?<!mesurent)(?<!figurent)(?<!tirent)(?<!spirent)(?<!capturent)(?<!procurent)"
        r"(?<!murmurent)(?<!torturent)(?<!désirent)(?<!déchirent)(?<!admirent)(?<!structurent)",
        r"(?<= : )[^.!?]{3,60}\b[a-zé]{3,}(?:ée?s?|ies?|ues?|ites?|ises?)(?= (?:par|à|en|après|dans|pour|de)\b|$)"
        r"(?=[^.!?]*$)",
    ),
    headline=folded(
        r"^(?:[^:]{3,40} : )?(?:mort|décès|disparition|démission|arrestation|incendie|explosion|attentat"
        r"|fusillade|séisme|crash|collision|effondrement|évasion|éboulement|coup d['’]état) ",
        rf"(?<=\s)(?<!\ble )(?<!\bla )(?<!\bles )(?<!\bl['’])(?<!\bun )(?<!\bune )(?<!\bde )(?<!\bdes )(?<!\bdu )"
        rf"(?:{DEED}|s['’](?:impose|incline|écroule|effondre|écrase|envole|empare|excuse|accordent?"
        r"|embrase|offre)|se (?:retirent?|crash\w+|rend\w*|qualifi\w+|sépare|dote|désiste))\b",
        r"\b(?:élu|réélu|nommé|condamné|mis en examen|arrêté|tué|blessé|limogé|retrouvé|interpellé"
        r"|relaxé|expulsé|placé|suspendu|annulé|adopté|rejeté|détruit|évacué|sacré|touché)e?s?\b",
    ),
    headline_ahead=folded(r"(?!)"),
    lasting=folded(
        r"\b(?:est|sont|reste|restent|était(?! (?:environ |près de |déjà )?(?:\d|midi|minuit))|étaient|possède\w*|compte|comptent|appartient|dispose"
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
        r"\bpersonne n(?:e\b|['’])|(?:^|[:,;] )pas d(?:e\b|['’])",
        r"\b(?:dément|démenti|démentent|nie|nient|nié|réfute|réfuté|conteste|contesté)\b",
        r"\brejeté? (?:\w+ ){0,2}accusations",
    ),
    nobody=folded(r"^(?:aucune?|personne|nul(?:le)?|pas une?)\b(?!.*\bjamais\b)"),
    never=folded(
        r"\b(?:jamais|pas encore|toujours pas|ne \w+ plus|n['’]\w+ plus)\b",
        rf"\bpas\b{ALL_THAT_TIME}",
    ),
    nothing=folded(rf"\s(?:aucune?|rien)\b{ALL_THAT_TIME}"),
    relative=folded(r"\b(?:où|qui|dont|auquel|à laquelle|duquel)\b[^,;:.!?]*$"),
    teaser=folded(
        r"^(?:[^:.!?]{2,60} ?: )?(?:ce (?:que|qui)|ce qu['’]|comment|pourquoi|où|quand|qui (?:est|sont)"
        r"|quels?|quelles?|à quoi) [^.!?…]*$"
    ),
    causal=folded(
        r"\b(?:(?:est|sont|était|serait) d(?:û|us?|ues?) |à cause d|en raison d|grâce à|parce qu|imputables? à|dues?"
        r" à|dus à|faute d"
        r"|(?:provoqu|entraîn(?!eu|emen)|caus)(?!e commune)\w+|responsables? d|est à l['’]origine d"
        r"|conséquence d"
        r"|résult(?:e|ent) d|s['’]explique(?:nt)? par|a fait (?:grimper|chuter|baisser|monter"
        r"|bondir))"
    ),
    comparison=folded(
        r"\b(?:plus|moins|aussi|autant|davantage) (?!de \d)(?:[\w’'-]+ ){0,3}?(?:que|qu['’])(?! )?",
        r"\b(?:le|la|les|son|sa|ses|leur) (?:plus|moins) (?!\d)\w+|\bplus (?:bas|haut)\b"
        r"|\b(?:supérieure?|inférieure?)s? (?:à|au)\b|\bfois (?:plus|moins|le|la|supérieur)"
        r"|\b(?:record|davantage|tandis que|(?<!voix )contre (?=\d|près|environ|seulement)|par rapport)\b"
        r"|\b(?:doublé|triplé|pire|meilleure?s?|mieux|seul pays|seule ville)\b|\bmoins (?:bien"
        r"|chers?|efficaces?)\b",
    ),
    personal=folded(
        r"\b(?:mon|ma|mes) (?:grand|père|mère|enfance|frère|sœur|mari|femme)|^j['’]avais|^il était"
        r" une fois"
    ),
)
