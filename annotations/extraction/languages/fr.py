"""French."""

from annotations.extraction.languages.base import Language, Reading, pattern, words

READING = Reading(
    titles=words(
        "m mm mme mmes mlle mlles me mes dr drs pr prof mgr st ste cap cdt col gal gén lt sgt"
        " adj amb"
    ),
    abbreviations=words(
        "etc cf art al p pp vol n no nos num chap fig éd ed env max min ex op cit av apr janv févr"
        " avr juil sept oct nov déc bd boul tél hab dept dép arr s.a cie inc ltd co corp j.-c"
    ),
    starters=words(
        "le la les l un une des du de d ce cet cette ces c il elle ils elles on nous vous je j tu"
        " mais et or donc car en dans pour par selon depuis à au aux après avant si s quand lorsque"
        " comme sur sous avec sans son sa ses leur leurs plus aucun aucune chaque certains"
        " plusieurs tous toutes tout cela ceci ça qui que quel quelle pourquoi comment où ici là"
        " alors puis ainsi aussi cependant toutefois pourtant enfin"
    ),
    joiners=words(
        "le la les l un une des du de d à au aux et ou en dans par pour sur avec que qui"
    ),
    furniture=pattern(
        r"^(?:lire|voir|écouter|regarder|à lire|à voir)(?: aussi| également| encore| plus)\b",
        r"^(?:à lire|à voir|lien source|source ?:|dernières nouvelles|derni[eè]re minute)",
        r"^(?:mots[- ]clés|étiquettes|tags?|catégories?|rubriques?|copyright|©|tous droits)",
        r"^(?:tous droits réservés|mentions légales|plan du site|se connecter|connexion|accueil)\b",
        r"\btous droits réservés",
        r"^(?:partage[rz]|imprimer|abonnez-vous|inscrivez-vous|suivez-nous|cliquez|commente[rz])\b",
        r"\b(?:réservé (?:à nos|aux) abonnés|de cet article à lire|pour lire la suite)\b",
        r"\b(?:envoyez-nous|rejoignez-nous|contactez-nous|retrouvez-nous|suivez-nous)\b",
        r"\b(?:notre (?:newsletter|infolettre|application)|temps de lecture)\b",
        r"^la suite après (?:la|cette) publicité",
        r"^(?:publicité|article suivant|article précédent|sur le même sujet|en savoir plus)$",
        r"^ce (?:que l’on|qu’on|que l'on|qu'on) sait, ce ",
        r"^(?:avec|\()? ?(?:afp|reuters|agences?)\)?$",
        r"^(?:merci de (?:votre|nous avoir)|bonne lecture|à demain)\b",
    ),
    glued=pattern(
        r"(?:Dernières Nouvelles|Lire aussi|À lire aussi|Lien source|Partager sur|Tous droits"
        r" réservés|Abonnez-vous|Inscrivez-vous|Suivez-nous)"
    ),
    byline=pattern(
        r"^par ?: ?\w",
        r"^(?:publié|mis à jour|modifié|posté) le \d",
        r"^(?:propos recueillis|article rédigé|rédigé|traduit|écrit) par\b",
        r"^par (?-i:[A-ZÀ-Þ][\w’'-]+(?: (?:de |d’)?[A-ZÀ-Þ][\w’'-]+){1,3})"
        r"(?: ?[,/|(à].{0,60})?$",
    ),
    caption=pattern(
        r"^(?:photo|image|illustration|légende|vidéo|capture d’écran|capture d'écran) ?[:©]",
        r"[–—-] (?:vidéo|photo|photos|images?|capture d’écran|illustration) (?:du|de|des|d’|par)\b",
        r"\((?:à gauche|à droite|au centre|de gauche à droite)\)",
    ),
    credit=pattern(
        r"(?-i:\b(?:PHOTOS?|Photos?|Crédits?|©) ?:? ?[A-ZÀ-Þ])[^.!?]{0,60}$",
        r"(?-i:[A-ZÀ-Þ][A-ZÀ-Þa-zà-ÿ .’'-]{2,60} ?/ ?(?:AFP|REUTERS|Reuters|AP|SIPA|EPA|MAXPPP))\b"
        r"[^.!?]{0,30}$",
    ),
)

LANGUAGE = Language(code="fr", reading=READING)
