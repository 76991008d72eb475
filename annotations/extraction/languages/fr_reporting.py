"""French reporting: who says what."""

from annotations.extraction.languages.base import NEVER, Reporting, either, folded, pattern, words

FIRST_GROUP = words(
    "déclar annonc annonç affirm expliqu indiqu précis estim ajout assur soulign signal confirm"
    " mentionn not observ constat alert rappel accus jug critiqu dénonc dénonç salu"
    " détaill insist argu évoqu regrett recommand préconis considèr considér pens"
    " racont martel reconn avou calcul chiffr évalu pronostiqu qualifi nuanc plaid raill"
    " témoign menac menaç exig réclam contest réfut demand ironis jur fustig déplor garant certif"
    " rassur insinu reproch proclam stipul redout revendiqu récus désapprouv conseill résum"
    " épingl préven relat object vant souhait exhort clam somm accrédit"
)
THAT_ONLY = words(
    "rapport révél révèl relev relèv remarqu concéd concèd attest allégu avanc avanç propos expos"
    " prétend"
    " démontr montr report dévoil confi"
)
PARTICIPLES = words(
    "dit soutenu admis reconnu démenti prévenu averti promis appris écrit fait_savoir conclu"
    " répondu fait_valoir répété suggéré précisé espéré cru nié requis refusé convenu maintenu"
    " accusé contesté réfuté considéré rappelé prétendu appelé conseillé laissé_entendre"
    " tenu_à_\\w+ fait_part fait_état mis_en_garde mis_en_cause prédit certifié garanti parlé_d(?:e"
    "|'une?)?(?=\\s?[«“])"
)
PRESENT = words(
    "dit disent soutient soutiennent admet admettent reconnaît reconnaissent dément démentent"
    " prévient préviennent avertit avertissent promet promettent écrit écrivent conclut concluent"
    " répond répondent répète répètent suggère suggèrent croit croient nie nient"
    " rappelle rappellent prétend prétendent pense pensent considère considèrent estime estiment"
    " disait disaient soutenait reconnaissait promettait écrivait répondait montre montrent"
    " certifie craint craignent redoute redoutent prédit prédisent convient garantit garantissent"
    " fait_savoir fait_valoir fait_état laisse_entendre veut_croire croit_savoir tient_à_\\w+"
    " met_en_garde met_en_cause se_plaint se_plaignent se_défend se_défendent s'inquiète"
    " s'inquiètent s'alarme parle_d(?:e|u|'une?)?(?=\\s?[«“]) parlent_d(?:e|'une?)?(?=\\s?[«“])"
    " évoque évoquent table_sur tablent_sur tablait_sur tablaient_sur s'attend_à s'attendent_à"
    " s'attendait_à s'attendaient_à"
    " se_félicite se_félicitent assure assurent reproche reprochent"
)
LATE = words(
    "lancé réagi poursuivi lâché glissé soufflé tonné interrogé interrogée répliqué renchéri"
    " repris continué commenté tranché résumé lâche lance poursuit réagit reprend renchérit"
    " s'interroge s'indigne s'emporte s'exclame s'étonne s'agace s'inquiète s'alarme"
    " s'est_félicité s'est_réjoui martelé crié hurlé insisté rapporte rapporté révèle révélé avance"
    " tranche tranchent tweeté prévoit prévoient anticipe anticipent confié confie plaisanté"
    " relevé relève détaillé détaille rétorque rétorqué"
)
STEM = either(FIRST_GROUP)
THAT_STEM = either(THAT_ONLY)


def _phrases(choices: frozenset[str]) -> str:
    """Return a pattern for any of the words; an underscore stands for a space."""
    plain = frozenset(word.replace("_", " ") for word in choices if not set(word) & set("(\\"))
    others = [
        word.replace("_", " ").replace("'", "['’]") for word in choices if set(word) & set("(\\")
    ]
    return "|".join([*sorted(others), either(plain)])


HAD = r"(?:a|ont|avait|avaient|aurait|auraient|ait|aient)"
BREAK = r"(?:,\s[^,«“.]{3,40},)?"
ADVERB = (
    r"(?:\s(?:également|aussi|ainsi|notamment|déjà|récemment|ensuite|encore|finalement|toutefois"
    r"|fermement|officiellement|clairement|même|par ailleurs|en outre|plus tard|donc"
    r"|catégoriquement"
    r"|formellement|vivement|publiquement|implicitement|longuement|enfin|alors|toujours|longtemps"
    r"|d['’]ailleurs|de nouveau|à nouveau|à plusieurs reprises|une nouvelle fois|depuis|sitôt"
    r"|aussitôt|personnellement|constamment|régulièrement|d['’]emblée|d['’]abord|elle-même"
    r"|lui-même))?"
)
PARTICIPLE = rf"(?:(?:{STEM})é|{_phrases(PARTICIPLES)})(?:e|s|es)?(?!\w)"
SIMPLE = (
    rf"(?:(?:{STEM})(?:e|ent|e?ait|e?aient|e?a|èrent|era|eront)|{_phrases(PRESENT)})(?!\w)"
    r"(?!(?<=promet) d['’]être)(?!(?<=promettent) d['’]être)"
)
LATER = rf"(?:{_phrases(LATE)})(?:e|s|es)?(?!\w)"
THAT = r"(?=\s(?:(?:à|aux?) (?:la |l['’])?\w+\s)?(?:\w+\s){0,2}?(?:que|qu['’])|\s?[,.:])"
SAID_THAT = (
    rf"(?:{HAD}{ADVERB}\s(?:{THAT_STEM})é|(?:{THAT_STEM})(?:e|ent|ait|aient)|{HAD} prétendu){THAT}"
)
REJECTED = (
    rf"(?:{HAD}{ADVERB}\srejeté|rejette|rejettent|{HAD}{ADVERB}\sécarté|balaie|{HAD} balayé)"
    r"(?=\s(?:\w+\s){0,2}?(?:l['’]|d['’])?(?:accusations?|allégations?|critiques|soupçons|reproches"
    r"|responsabilité|hypothèse|idée|thèse|rumeurs?)\b)"
)
REFUSED = (
    r"s['’](?:est|était|étaient|sont) (?:borné|contenté|limité|refusé|engagé|dit|insurgé"
    r"|indigné|alarmé|inquiété|félicité|étonné|opposé|défendu|justifié|plaint|emporté|agacé|ému|moqué"
    r"|excusé|targué|offusqué|amusé|enthousiasmé"
    r"|déclaré(?=e?s? (?:favorable|opposé|prêt|satisf|déçu|confiant)))"
    r"(?:e|s|es)?(?!\w)(?:\sà\s[a-zé]+(?:er|ir|re))?"
    r"|n['’](?:a|ont|avait|avaient) pas (?:encore |immédiatement )?(?:(?:précisé|indiqué|dit|révélé|dévoilé|expliqué)"
    r"(?=e?s? (?:combien|si|qui|quand|pourquoi|où|comment|quel|la|le|les|de)\b)|souhaité|voulu|donné suite|répondu|réagi|pu être joint"
    r"|commenté|été en mesure de|pu être contacté)(?:e|s|es)?(?!\w)"
    r"|n['’](?:est|était|étaient|a pas été|ont pas été) (?:pas )?joignables?|(?:est|était|étaient|reste|restaient) injoignables?"
    r"|(?:a|ont) renvoyé (?:la question|les questions|les journalistes|vers)"
    r"|n['’](?:a|ont|avait|avaient) ni (?:confirmé|infirmé|démenti)"
)
FORECAST = (
    r"(?:prévoit|prévoient|anticipe|anticipent) une? (?:croissance|hausse|baisse|inflation|recul"
    r"|déficit|progression|augmentation|récession|ralentissement)"
)
MAINTAINED = r"(?:maintient|maintiennent)(?=\s(?:que|qu['’]|ses? |sa |son ))"
EXCLUDED = (
    r"(?:exclut|excluent|(?:a|ont|avait|avaient) exclu)"
    r"(?=\s(?:toute?s?|de|d['’]|que|qu['’]|pour|l['’](?:idée|hypothèse)|une? |à ce stade))"
)
NO_STATEMENT = (
    r"(?!(?<=appelé) (?:\w+ ){0,2}?(?:lots?|véhicules?|voitures?|produits?|réservistes|joueurs?"
    r"|ambassadeurs?|exemplaires|modèles?|\d)\b)(?!(?<=appelle) (?:\w+ ){0,2}?(?:lots?|véhicules?"
    r"|voitures?|produits?|réservistes|exemplaires|modèles?|\d)\b)"
    r"(?!(?<=rappelle) (?:\w+ ){0,2}?(?:ambassadeurs?|lots?|véhicules?|voitures?|produits?|modèles?|réservistes)\b)"
    r"(?!(?<=confirmé) (?:\w+ ){0,2}?(?:condamnation|peine|jugement|relaxe|acquittement|non-lieu"
    r"|mise en examen|arrêt)\b)(?!(?<=confirme) (?:la condamnation|la relaxe|le jugement))"
)
CALLED = r"(?:appelle|appellent|(?:a|ont) appelé)(?= (?:à |au |aux |les ))"
POINTED = r"(?:pointe|pointent|a pointé)(?=\s(?:«|du doigt|des|les|une?|l['’])(?!\w))"
ANY_THAT = (
    rf"{HAD}{ADVERB}\s(?!(?:fallu|permis|fait|voulu|attendu|veillé|valu|vu|su|plus|moins|mieux"
    r"|compris|obtenu|appris|été|eu|constaté|beau|souhaité)\b)[^\W\d_]{3,}(?:é|i|u|it|is)"
    r"(?=\squ(?:e\s|['’]))"
)
SAID = (
    rf"(?:(?:{HAD}{BREAK}{ADVERB}\s{PARTICIPLE}|{SIMPLE}){NO_STATEMENT}|{SAID_THAT}|{REJECTED}"
    rf"|{REFUSED}|{FORECAST}|{POINTED}|{CALLED}|{EXCLUDED}|{MAINTAINED}|{ANY_THAT}|{HAD} lancé un appel|lancent? un appel)"
)

SAID_LATE = (
    rf"(?:{SAID}|{HAD}{ADVERB}\s(?:{THAT_STEM})é|(?:{THAT_STEM})(?:e|ent|ait|aient)"
    rf"|{HAD}{ADVERB}\s{LATER}|s['’](?:est|sont) {LATER}|{LATER})"
)
DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
ASIDE = (
    rf"(?:,\s[a-zé]{{4,}}(?:é|ée|és|ées),)?(?:\s(?:(?:ce |hier )?(?:{DAY}|matin|soir|midi"
    rf"|après-midi|hier|plus tard|aussitôt|ensuite"
    r"|également|notamment|encore|pour sa part|de son côté|à la presse|à l['’]AFP|devant la presse"
    r"|dans une? \w+|dans la foulée|à la barre|au micro"
    r"|(?:sur|à) (?-i:[A-Z][\w]*)|au (?-i:[A-Z]\w+)(?: d(?:e |u |['’])(?-i:[A-Z]\w+))?|à la tribune|à l['’]antenne"
    r"|sur (?:le plateau|l['’]antenne) d(?:e |u |['’])\w+|au micro d(?:e |['’])\w+|devant les sénateurs"
    r"|sous (?:le )?(?:couvert|condition|sceau) d(?:e l)?['’]anonymat|via Telegram|non sans \w+"
    r"|en conférence de presse|à son tour|quant à lui"
    r"|quant à elle|devant les députés|devant les journalistes|sur place|sobrement|ce week-end)"
    r"(?: (?:matin|soir|midi|après-midi|dernier))?)){0,2}"
    r"(?:\s(?:sur|dans|lors|devant|au cours|à l['’]issue|en marge|auprès|à)\s[^,;:.!?«»“”\"]{3,60},"
    r"(?=\s(?:(?:le|la|les) |l['’]|(?-i:[A-ZÀ-Þ]))))?"
)
NOT_VERB = (
    r"(?!(?:contre|entre|notamment|est|sont|ensuite|comme|quand|avant|devant|durant|pendant|selon"
    r"|tout|toute|cette|elle|une|notre|votre|autre|même|parce|lorsque|puisque|presque|quatre|outre"
    r"|suivant|dont|soit|titre|article|livre|dite?|texte|film|note|lettre|document|mais|ont|ce)\b)"
)
ANY_VERB = (
    rf"(?:{HAD}(?:\s(?!été\b)[^\W\d_]+)?\s(?!été\b)[^\W\d_]+(?:é|i|u|it|is|ert)"
    r"(?:\s(?:à\s)?[a-zéèê]+(?:er|ir|re))?"
    r"|s['’](?:est|était|sont)\s(?:\w+ment\s)?[^\W\d_]+ée?s?"
    rf"|(?:se\s|s['’])?{NOT_VERB}[a-zéèêàâîïôûç]{{3,}}(?:e|it|t|d|ent)"
    r"(?:\s(?:à\s|de\s)?[a-zéèê]+(?:er|ir|re))?)"
)
BETWEEN = (
    r"(?:\s(?:sous|sur|dans|lors|devant|avec|après|avant|via|auprès|depuis|face)"
    r"\s(?:[^\s,;:.!?«»]+\s){0,4}?(?!de\b|du\b|par\b|à\b|sur\b|dans\b)[^\s,;:.!?«»]+"
    r"(?=\s(?:une?|le|la) ))?"
)
ADDRESSEE = r"(?:(?:lui|leur|nous|me|te|vous)\s|[mt]['’])?"

REPORTING = Reporting(
    verb=folded(rf"(?<![\w’'-])(?<!\bse )(?:l['’](?={HAD}\s))?{SAID}"),
    passive=pattern(
        r"(?<![\w’'-])(?:une?|son|sa|cette?|cet|du|aux?|des|notre|votre|chaque|aucune?|quelle?|sans|en"
        r"|par|sur|de|d['’])\s?$"
        r"|(?:^|[,;:«]\s|\b(?:à|de|par|sur|dans|pour|avec|sans|\w+(?:é|er|ir))\s)(?:le |la |l['’])$"
    ),
    not_speakers=words(
        "déclarations propos image vidéo film roman série pièce album exposition chanson texte loi"
        " projet accord cela ceci ça ce selon c'est rien tout quoi y plus d'autres"
        " je j' nous vous tu"
    ),
    addressing=pattern(
        r"(?:accus|critiqu|dénon[cç]|salu|appel|averti|préven|prévien|menac|rassur|contest|fustig"
        r"|épingl|conseill|félicit|cit|qualifi|jug|considèr|considér|exig|demand|réclam|met|mis)"
    ),
    after_quote=pattern(rf"(?<![\w-]){ADDRESSEE}{SAID_LATE}{ASIDE}(?=\s\S)"),
    after_close=pattern(
        rf"(?<=[»”\"])\s?,\s{ADDRESSEE}{ANY_VERB}(?!\w){ASIDE}{BETWEEN}"
        r"(?=\s(?:(?:le|la|les|un|une|des|son|sa|ses|leur|leurs|cet|cette|ce) |l['’]"
        r"|M\. |Mme |(?-i:[A-ZÀ-Þ])))"
    ),
    subject_after_close=pattern(r"(?!)"),
    end_verb=pattern(r"(?!)"),
    finite=folded(
        r"\b(?:a|ont|est|sont|était|étaient|avait|avaient|sera|seront|aura|aurait|auraient|serait"
        r"|seraient|va|vont|peut|peuvent|doit|doivent|fait|font|n['’]\w+|ne \w+|s['’]\w+|se \w+"
        r"|(?<=s )(?!souvent\b|\w+ment\b)\w{3,}ent|\w{3,}(?:era|eront|ait|aient|èrent)|contient|contiennent|vient|viennent|tient|tiennent"
        r"|devient|deviennent|met|mettent|permet|permettent|perd|perdent|prend|prennent|vit|vivent"
        r"|reçoit|reçoivent|atteint|atteignent|produit|produisent|réduit|réduisent|coûte|coûtent"
        r"|représente|représentent|reste|restent|augmente|augmentent|baisse|baissent|touche|touchent"
        r"|tue|tuent|provoque|provoquent|entraîne|entraînent|dépasse|dépassent|emploie|emploient"
        r"|diminue|diminuent|progresse|progressent|faut|suffit|existe|existent|manque|manquent"
        r"|mesure|mesurent|abrite|interdit|autorise|oblige|dispose|disposent|possède|possèdent)\b"
    ),
    according=pattern(
        r"^pour\s(?=(?:(?:le |la |les |l['’])(?:ancien |ancienne |ex-)?(?:syndicat|parti|ministre|ministère|maire|préfet"
        r"|gouvernement|avocat|avocate|président|présidente|député|députée|opposition|procureur"
        r"|direction|cheffe|chef|patron|patronne|historien|historienne|sociologue|dirigeant|dirigeante"
        r"|élu|élue|sénateur|sénatrice|défense|accusation|responsable|spécialiste|ONG"
        r"|association|collectif|fédération|chercheur|chercheuse|économiste)s?\b"
        r"|(?-i:[A-ZÀ-Þ])[^,]{1,50},))"
        r"|^dans (?=l['’]entourage d[^,]{2,60}, on )"
        r"|(?<![\w])(?:selon(?! (?:nos (?:informations|calculs)|toute|les? cas|que)\b)"
        r"|d['’]après(?!-midi| nos (?:informations|calculs))|à en croire|(?:aux dires|au dire|aux yeux) d(?:e|u|es"
        r"|(?=['’]))(?!\w)['’]?"
        r"|de l['’]avis (?:même )?(?:de|d(?=['’]|u\b|es\b))"
        r"|(?:confirmée?|démentie?|annoncée?|révélée?|rapportée?|évoquée?|avancée?)s? par"
        r"|(?:apprend|indique-t|précise-t|explique-t|assure-t|confie-t|dit|souligne-t)-on"
        r" (?:de |d['’]|auprès d(?:e |u |es |e l['’])|chez )"
        r"|à entendre(?= (?:le|la|les) )"
        r"|a-t-on appris (?:\w+ (?:\w+ )?)?(?:de|auprès d(?:e|u|es|(?=['’]))['’]?)(?!\w)"
        r"|de(?=\ssource\s)|de l['’]aveu (?:même )?(?:de(?! l)|d(?=u\b|es\b)|de)|à en juger par)\s?(?=\S)"
    ),
    citing=folded(
        r"\b(?:citant|qui cit(?:e|ent)|citée?s? par|(?:en )?s['’]appuyant sur|qui s['’]appuie sur"
        r"|sur la foi de|relayée?s? par|reprise?s? par|(?:rapporte|rapportent|a rapporté)(?!\squ)"
        r"|cité dans)\s"
    ),
    inverted=pattern(
        rf"\b(?:comme|ainsi que|ce que|c['’]est ce (?:que|qu))\s?(?:l['’]|le\s|la\s"
        rf"|['’])?{SAID_LATE}"
        rf"{ASIDE}(?=\s\S)"
    ),
    pronoun_inverted=pattern(
        rf"(?<![\w’'-])(?:{HAD}-t-(?P<who>il|elle|on|ils|elles)(?!\w)(?! appris)"
        r"|(?!(?:peut|faut|doit|est|semble|reste|était|serait|fait)-)[^\W\d_]+(?:e|t|d)-(?:t-)?(?P<whom>il|elle|ils|elles|on(?! (?:de|d['’]|auprès|chez)\b))(?!\w))"
    ),
    pronouns=words("il elle ils elles on lui eux celui-ci celle-ci ceux-ci")
    | {"ce dernier", "cette dernière", "ces derniers", "l'intéressé", "l’intéressé"},
    anyone=words("on"),
    nominative=words("il elle ils elles"),
    persons=words("lui"),
    things=words(""),
    determiners=pattern(
        r"(?:le |la |les |l['’]|un |une |des |du |son |sa |ses |leur |leurs |ce |cet |cette |ces"
        r" |plusieurs (?=\w)|nos confrères (?:de la |de l['’]|du |des |de |d['’])|M\. |Mme |MM\. |Me |Dr |notre |nos )"
    ),
    definite=pattern(r"(?:le |la |l['’])(?=[a-zà-ÿ])"),
    inner=pattern(NEVER),
    plural_only=pattern(NEVER),
    adding=pattern(
        r",\s(?:affirmant|arguant|assurant|considérant|déplorant|dénonçant|estimant|expliquant"
        r"|faisant (?:savoir|valoir)|indiquant|jugeant|précisant|prétendant|promettant|rappelant"
        r"|regrettant|soulignant|invoquant)\s"
    ),
    phrase_ends=words(
        "lors dans à au aux sur devant pour qui que qu dont où en après avant pendant auprès via"
        " citant ajoutant lundi mardi mercredi jeudi vendredi samedi dimanche hier publié publiée"
        " publiés publiées citées interrogés interrogées consultés consultées diffusés diffusées"
        " parus parues réalisé réalisée communiqué communiquée remis remise adressé adressée"
        " révélé daté datée cité citée cités interrogé interrogée"
        " consulté consultée obtenu paru parue diffusé diffusée mais et-ou est sont a ont avait"
        " était ne n se sous avec sans contre face depuis selon le la les un une il elle ce"
        " rendu rendue relayé relayée mené menée mis mise transmis transmise ayant rapporte"
        " ce aujourd'hui puis peu juste plus moins tard tôt quelques vers dès tout très alors aussi"
        " ensuite encore aussitôt toujours déjà enfin ainsi même pas non durant entre par quand"
        " lorsque tandis comme jusque jusqu'à demain avant-hier malgré outre chez hors presque"
        " longtemps parfois souvent bientôt ici là également au-delà car si voire d'ailleurs"
        " jointe joint jointes joints contacté contactée portant émanant datant concernant faisant"
        " disant d'abord seulement notamment d'emblée deux trois quatre cinq six dix plusieurs"
    ),
    aside=pattern(
        r"\s(?:d['’]un (?:ton|air|trait|geste)|d['’]une (?:voix|phrase)|de son côté|de sa voix)\b",
        r"(?<!\bde)(?<!\bdu)(?<!\bdes)(?<!\ble)(?<!\bla)\s(?!d['’])(?-i:[a-zé])[^\W\d_]*"
        r"(?<!gouverne)(?<!parle)(?<!mouve)(?<!rassemble)(?<!départe)(?<!régi)(?<!bâti)ment\b",
    ),
    linking=pattern(r"\s(?:de|du|des|et|en)\b|\s[dl]['’]"),
    agents=words("par"),
    clause_starts=pattern(
        r"\b(?:que|où|quand|lorsque|alors|mais|car|si|comme|dont|tandis)\s|\bqu['’]|[:;–—]\s"
    ),
    relatives=words("qui que dont où lequel laquelle lesquels lesquelles quand alors"),
    documents=words(
        "rapport étude sondage enquête bilan note communiqué document article récit livre texte"
        " analyse baromètre recensement dossier dépêche chiffres données statistiques décompte"
        " estimations calculs prévisions étude enquêtes études"
    ),
    people=words(
        "porte-parole adjoint adjointe capitaine ministre président présidente maire député députée"
        " sénateur sénatrice"
        " directeur directrice chef cheffe secrétaire premier première général colonel procureur"
        " procureure candidat candidate avocat avocate chancelier chancelière gouverneur préfet"
        " préfète patron patronne dirigeant dirigeante responsable coordinateur coordinatrice"
        " conseiller conseillère économiste professeur professeure chercheur chercheuse analyste"
        " entraîneur commissaire ambassadeur ambassadrice fondateur fondatrice opposant opposante"
        " vice-président vice-présidente ex-président m mme dr me roi reine prince princesse pape"
        " hydrologue climatologue politologue historien historienne sociologue médecin juriste"
        " épidémiologiste virologue journaliste militant militante élu élue infirmière infirmier"
        " agriculteur agricultrice syndicaliste trésorier trésorière gérant gérante rectrice"
        " recteur"
        " lieutenant commandant amiral eurodéputé eurodéputée pdg ingénieur ingénieure expert"
        " experte spécialiste sélectionneur ex-ministre ministre-président gouverneure juge"
        " géologue biologiste météorologue psychologue ex-premier"
    ),
    feminine=words(
        "adjointe présidente députée sénatrice directrice cheffe première procureure candidate"
        " avocate chancelière préfète patronne dirigeante coordinatrice conseillère professeure"
        " chercheuse ambassadrice fondatrice opposante vice-présidente mme mlle reine princesse"
        " historienne militante élue infirmière agricultrice trésorière gérante rectrice experte"
        " la une cette elle celle-ci dernière chaîne agence société entreprise organisation ong"
        " association compagnie commission banque mairie préfecture police cour région ville"
        " armée direction opposition présidence confédération fédération ligue agence autorité"
    ),
    masculine=words(
        "adjoint président député sénateur directeur premier général colonel procureur candidat"
        " avocat chancelier préfet patron dirigeant coordinateur conseiller professeur chercheur"
        " ambassadeur fondateur opposant vice-président m mm roi prince pape entraîneur historien"
        " militant élu infirmier agriculteur trésorier gérant recteur lieutenant commandant amiral"
        " expert le un cet il lui celui-ci dernier ministère groupe parti syndicat gouvernement"
        " constructeur quotidien"
        " journal site tribunal parquet parlement sénat conseil comité club kremlin pentagone"
    ),
    plural=words("les des ces ils elles ceux-ci leurs plusieurs"),
    media=words(
        "chaîne agence quotidien journal site hebdomadaire magazine média radio afp reuters tass"
        " ria-novosti interfax cnn bbc monde figaro libération parisien mediapart guardian"
        " telegraph"
        " times bloomberg bfmtv franceinfo rtl équipe echos spiegel bild zeit novosti ap fox"
        " tv news presse xinhua anadolu kommersant repubblica país politico axios canard"
    ),
    bodies=words(
        "groupe entreprise société constructeur organisation ong association compagnie firme"
        " opérateur agence institut fondation"
    ),
    offices=words(
        "ministère gouvernement police tribunal parquet préfecture mairie cour armée état-major"
        " parlement sénat commission syndicat parti conseil élysée kremlin pentagone matignon"
    ),
    of=pattern(r"\s(?:de la |de l['’]|du |des |de |d['’])"),
)
