"""French reporting: who says what."""

from annotations.extraction.languages.base import Reporting, either, pattern, words

FIRST_GROUP = words(
    "déclar annonc affirm expliqu indiqu précis estim ajout assur soulign rapport signal confirm"
    " révél mentionn not observ constat avanc alert rappel prétend accus jug critiqu dénonc salu"
    " propos détaill insist expos argu évoqu regrett recommand préconis considèr considér pens"
    " racont martel reconn avou calcul chiffr évalu pronostiqu qualifi nuanc plaid raill"
    " témoign menac exig réclam contest réfut demand ironis"
)
PARTICIPLES = words(
    "dit soutenu admis reconnu démenti prévenu averti promis appris écrit fait_savoir conclu"
    " répondu fait_valoir répété suggéré précisé révélé espéré cru nié refusé"
    " accusé contesté réfuté considéré rappelé prétendu appelé conseillé"
)
PRESENT = words(
    "dit disent soutient soutiennent admet admettent reconnaît reconnaissent dément démentent"
    " prévient préviennent avertit avertissent promet promettent écrit écrivent conclut concluent"
    " répond répondent répète répètent suggère suggèrent révèle révèlent croit croient nie nient"
    " rappelle rappellent prétend prétendent pense pensent considère considèrent estime estiment"
    " disait disaient soutenait reconnaissait promettait écrivait répondait montre montrent"
)
LATE = words(
    "lancé réagi poursuivi lâché glissé soufflé tonné interrogé interrogée répliqué renchéri"
    " repris continué commenté tranché résumé lâche lance poursuit réagit reprend renchérit"
    " s'interroge s'indigne s'emporte s'exclame s'étonne s'agace s'inquiète s'alarme s'est_félicité s'est_réjoui martelé crié hurlé"
    " tweeté confié confie plaisanté relevé relève détaillé détaille"
)
STEM = either(FIRST_GROUP)
HAD = r"(?:a|ont|avait|avaient|aurait|auraient|ait|aient)"
ADVERB = (
    r"(?:\s(?:également|aussi|ainsi|notamment|déjà|récemment|ensuite|encore|finalement|toutefois"
    r"|fermement|officiellement|clairement|même|par ailleurs|en outre|plus tard|donc))?"
)
PARTICIPLE = (
    rf"(?:(?:{STEM})é|"
    rf"{either(frozenset(word.replace('_', ' ') for word in PARTICIPLES))})(?:e|s|es)?(?!\w)"
)
SIMPLE = rf"(?:(?:{STEM})(?:e|ent|ait|aient|a|èrent)|{either(PRESENT)})(?!\w)"
LATER = rf"(?:{either(frozenset(word.replace('_', ' ') for word in LATE))})(?:e|s|es)?(?!\w)"
REFUSED = (
    r"s['’](?:est|était|étaient|sont) (?:borné|contenté|limité)e?s? à (?:répondre|dire|indiquer)"
)
SAID = rf"(?:{HAD}{ADVERB}\s{PARTICIPLE}|{SIMPLE}|{REFUSED})"
SAID_LATE = rf"(?:{SAID}|{HAD}{ADVERB}\s{LATER}|s['’](?:est|sont) {LATER}|{LATER})"
DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
ASIDE = (
    rf"(?:\s(?:(?:ce |hier )?(?:{DAY}|matin|soir|midi|après-midi|hier|plus tard|aussitôt|ensuite"
    r"|également|notamment|encore|pour sa part|de son côté|à la presse|à l['’]AFP|devant la presse"
    r"|dans un communiqué|sur X|sur Twitter|sur Telegram|en conférence de presse|à son tour)"
    r"(?: (?:matin|soir|midi|après-midi|dernier))?)){0,2}"
)

REPORTING = Reporting(
    verb=pattern(rf"(?<![\w’'-]){SAID}"),
    passive=pattern(r"(?!)"),
    not_speakers=words("cela ceci ça ce selon c'est rien tout quoi y plus d'autres"),
    after_quote=pattern(rf"(?<![\w-]){SAID_LATE}{ASIDE}(?=\s\S)"),
    according=pattern(
        r"(?<![\w])(?:selon|d['’]après|à en croire|aux dires de|au dire de|de l['’]avis de"
        r"|de source|de l['’]aveu de|à en juger par)\s"
    ),
    inverted=pattern(
        rf"\b(?:comme|ainsi que|ce que|c['’]est ce (?:que|qu))\s?(?:l['’]|le\s|la\s|['’])?{SAID}"
        rf"{ASIDE}(?=\s\S)"
    ),
    pronoun_inverted=pattern(
        rf"(?<![\w’'-])(?:{HAD}-t-(?P<who>il|elle|on|ils|elles){ADVERB}\s[^\W\d_]+é"
        rf"|[^\W\d_]+(?:e|t|d)-(?:t-)?(?P<whom>il|elle|on|ils|elles)(?!\w))"
    ),
    pronouns=words("il elle ils elles on"),
    determiners=pattern(
        r"(?:le |la |les |l['’]|un |une |des |du |son |sa |ses |leur |leurs |ce |cet |cette |ces"
        r" |plusieurs (?=\w)|M\. |Mme |MM\. |Me |Dr |notre |nos )"
    ),
    phrase_ends=words(
        "lors dans à au aux sur devant pour qui que qu dont où en après avant pendant auprès via"
        " citant ajoutant lundi mardi mercredi jeudi vendredi samedi dimanche hier publié publiée"
        " publiés réalisé réalisée communiqué communiquée cité citée cités interrogé interrogée"
        " consulté consultée obtenu paru parue diffusé diffusée mais et-ou est sont a ont avait"
        " était ne n se sous avec sans contre face depuis selon le la les un une il elle ce"
        " rendu rendue relayé relayée mené menée mis mise transmis transmise"
    ),
    clause_starts=pattern(
        r"\b(?:que|où|quand|lorsque|alors|mais|car|si|comme|dont|tandis)\s|\bqu['’]|[:;–—]\s"
    ),
    documents=words(
        "rapport étude sondage enquête bilan note communiqué document article récit livre texte"
        " analyse baromètre recensement dossier"
    ),
    people=words(
        "porte-parole adjoint adjointe capitaine ministre président présidente maire député députée sénateur sénatrice"
        " directeur directrice chef cheffe secrétaire premier première général colonel procureur"
        " procureure candidat candidate avocat avocate chancelier chancelière gouverneur préfet"
        " préfète patron patronne dirigeant dirigeante responsable coordinateur coordinatrice"
        " conseiller conseillère économiste professeur professeure chercheur chercheuse analyste"
        " entraîneur commissaire ambassadeur ambassadrice fondateur fondatrice opposant opposante"
        " vice-président vice-présidente ex-président m mme dr me roi reine prince princesse pape"
    ),
    of=pattern(r"\s(?:de la |de l['’]|du |des |de |d['’])"),
)
