"""French."""

from annotations.extraction.languages.base import (
    NEVER,
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
from annotations.extraction.languages.fr_aspect import ASPECT
from annotations.extraction.languages.fr_calendar import CALENDAR
from annotations.extraction.languages.fr_reporting import REPORTING
from annotations.extraction.languages.fr_tone import TONE

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
        opening(
            r"(?:lire|voir|écouter|regarder|à lire|à voir)(?: aussi| également| encore|"
            r" plus)(?:\b|(?-i:(?=[A-ZÀ-Þ])))",
            r"(?:à lire|à voir|lien source|source ?:|dernières nouvelles|derni[eè]re minute)",
            r"(?:mots[- ]clés|étiquettes|tags?|catégories?|rubriques?|copyright|©|tous droits)",
            r"(?:tous droits réservés|mentions légales|plan du site|se connecter|connexion"
            r"|accueil)\b",
            r"(?:partage[rz]|imprimer|abonnez-vous|inscrivez-vous|suivez-nous|cliquez"
            r"|commente[rz])\b",
            r"la suite après (?:la|cette) publicité",
            r"(?:publicité|article suivant|article précédent|sur le même sujet|en savoir plus)$",
            r"(?:newsletter|infolettre) ?:",
            r"(?:recevez|retrouvez|découvrez|téléchargez|participez|rejoignez|donnez votre avis"
            r"|réagissez)\b.{0,80}\b(?:nos|notre|votre|vos|chaque (?:matin|jour|soir|semaine)"
            r"|articles?|application)\b",
            r"(?:votre|vos) (?:adresse|données|e-mail|mail|compte)\b.{0,80}$",
            r"(?:ce que l[’']on sait|ce qu[’']il faut (?:retenir|savoir)|les points clés"
            r"|l[’']essentiel à)\b",
            r"(?:cet article|ce contenu|cette (?:page|vidéo)) (?:est|a été) (?:réservée?"
            r"|traduite?|mise? à jour|publiée?|initialement|sponsorisée?)\b",
            r"(?:déjà abonné|connectez-vous|créez votre compte|je m[’']abonne|offre (?:spéciale"
            r"|abonné))\b",
            r"\d{1,2} ?min(?:utes?)? de lecture|(?:lecture|écouter) ?: ?\d|signaler une erreur",
            r"(?:nos lecteurs ont aussi|les plus lus|à la une|contenus sponsorisés|nos dernières"
            r" vidéos)\b",
            r"ce (?:que l’on|qu’on|que l'on|qu'on) sait, ce ",
            r"\(?(?:avec )?(?:l[’'])?(?:afp|reuters|ap|agences?)(?:(?:,| et) (?:l[’'])?(?:afp"
            r"|reuters|ap|agences?)){0,3}\)?\.?$",
            r"(?:merci de (?:votre|nous avoir)|bonne lecture|à demain)\b",
            r"(?:les|certains) (?:pré)?noms ont été (?:changés|modifiés)|cotations différées"
            r"|données fournies par|(?:cet article|ce contenu) vous a (?:plu|intéressé)"
            r"|partagez-l[ea]",
            r"(?:avec|de) (?:notre|nos) (?:bureau|correspondante?|envoyée?|journaliste)s?\b",
            r"(?:photo|image|illustration|vidéo)s? (?:d[’']illustration|d[’']archives?|prétexte)\.?$",
            r"(?:toute|toutes|tout) (?:l[’']actualité|l[’']info|les infos|nos |les résultats)\b.{0,60}$",
            r"(?:suivre|suivez|revivez|revoir) (?:en direct|notre direct|le direct|les temps forts)\b.{0,80}$",
            r"(?:résultats?|classements?|calendriers?|horaires|programme)(?:, \w+){1,3} ?: .{0,60}$",
            r"(?:restez informé|ne manquez (?:rien|aucun)|activez les|s[’']abonner|se désinscrire|gérer (?:mes|vos))\b",
            r"(?:recevez|recevoir) .{0,60}(?:alertes?|newsletter|infolettre|gratuitement|par e?-?mail)\b.{0,40}$",
            r"(?:je (?:me connecte|m[’']inscris)|votre avis nous|sur le même (?:thème|sujet)|la rédaction vous)\b",
            r"(?:afficher|voir|masquer|lire) (?:les|tous les|plus de|les \d+) (?:commentaires?|réactions)\b",
            r"cet article vous est|pour aller plus loin ?:?$|(?:tous nos|nos autres|les autres) articles\b.{0,40}$",
            r"(?:retour (?:à l[’']accueil|en haut)|aller au contenu|menu|rechercher|fermer|accepter|paramétrer)"
            r"(?: .{0,40})?$",
            r"crédits? (?:photos?|images?|vidéos?)\b|\(?reportage (?:de )?(?-i:[A-ZÀ-Þ])",
            r"(?:ce|notre|le) direct (?:est|a été) (?:terminé|clos|fini)|l[’']édito(?:rial)?[.:] ?",
        ),
        r"\btous droits réservés",
        r"\b(?:réservé (?:à nos|aux) abonnés|de cet article à lire|pour lire la suite)\b",
        r"\b(?:envoyez-nous|rejoignez-nous|contactez-nous|retrouvez-nous|suivez-nous)\b",
        r"\b(?:notre (?:newsletter|infolettre|application)|temps de lecture)\b",
        r", édité par (?-i:[A-ZÀ-Þ])",
        r"bienvenue dans (?:ce|notre) direct",
    ),
    glued=pattern(
        r"(?:Dernières Nouvelles|Lire aussi|À lire aussi|Lien source|Partager sur|Tous droits"
        r" réservés|Abonnez-vous|Inscrivez-vous|Suivez-nous"
        r"|(?-i:Par (?:AFP|Reuters|[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+)))"
    ),
    new_clause=cased(
        r"\s(?:Le|La|Les|Un|Une|L[’']|Il|Elle|Ils|Elles)\s?(?:[^\W\d_A-ZÀ-Þ][\w’'-]*\s){0,6}?"
        r"(?:a|ont|avait|avaient|est|sont|était|étaient)\s"
    ),
    speech_ahead=cased(NEVER),
    byline=pattern(
        r"^par ?: ?\w",
        r"^par (?:l[’'])?(?-i:AFP|Reuters|AP)\b[^.!?]{0,60}$",
        r"^(?:publié|mis à jour|modifié|posté) le \d",
        r"^(?:propos recueillis|article rédigé|rédigé|traduit|écrit) par\b",
        r"^par (?-i:[A-ZÀ-Þ][\w’'-]+(?: (?:de |d’)?[A-ZÀ-Þ][\w’'-]+){1,3})"
        r"(?:(?:, | et )(?-i:[A-ZÀ-Þ][\w’'-]+(?: (?:de |d’)?[A-ZÀ-Þ][\w’'-]+){1,3})){0,3}"
        r"(?: ?[,/|(à].{0,60})?$",
        r"^(?:par )?(?-i:[A-ZÀ-Þ][\w’'-]+(?: (?:de |d’)?[A-ZÀ-Þ][\w’'-]+){1,3}?(?<=[a-zà-ÿ])"
        r"(?:Publié|Mis à jour|Modifié|Posté)) le \d[^.!?]{0,60}$",
        r"^(?:par (?-i:[A-ZÀ-Þ][\w’'-]+(?: (?:de |d’)?[A-ZÀ-Þ][\w’'-]+){1,3})|(?-i:AFP|AP|Reuters)(?=\W))"
        r"[ ,|·–—-]{1,3}(?:publié|mis à jour|modifié|posté) le \d[^.!?]{0,60}$",
    ),
    caption=pattern(
        r"^(?:photos?|images?|illustrations?|légende|vidéo|infographie|capture d[’']écran)"
        r"(?: d[’']illustrations?| d[’']archives?| prétexte)? ?[:©]",
        r"^(?:capture d[’']écran|photo(?:graphie)?|image|cliché) (?:d[’']une?|de la|du|tirée?"
        r"|extraite?"
        r"|diffusée?|prise) [^.!?]{3,120}$",
        r"[–—-] (?:vidéo|photo|photos|images?|capture d’écran|illustration) (?:du|de|des|d’|par)\b",
        r"\((?:à gauche|à droite|au centre|de gauche à droite)\)",
    ),
    credit=pattern(
        r"(?-i:\b(?:PHOTOS?|Photos?|Crédits?|©)(?: d[’']archives?)? ?:? ?[A-ZÀ-Þ])[^.!?]{0,60}$",
        r"(?-i:[A-ZÀ-Þ][A-ZÀ-Þa-zà-ÿ .’'-]{2,60} ?/ ?(?:AFP|REUTERS|Reuters|AP|SIPA|EPA|MAXPPP))\b"
        r"[^.!?]{0,30}$",
        r"(?-i:\b(?:REUTERS|Reuters|AFP|AP|SIPA|Sipa|EPA|ABACA|MAXPPP|Maxppp|Getty(?: Images)?)"
        r" ?/ ?[A-ZÀ-Þ][^.!?/]{2,40})$",
        r"(?-i:(?<=[.!?] )(?:REUTERS|AFP|Maxppp|MAXPPP|Getty Images|SIPA))\.?$",
    ),
)

COUNTING = Counting(
    numbers=numbered(
        "un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11"
        " douze=12 treize=13 quatorze=14 quinze=15 seize=16 dix-sept=17 dix-huit=18 dix-neuf=19"
        " vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70 huitante=80"
        " nonante=90 quatre-vingt=80 quatre-vingts=80"
    ),
    scales=numbered(
        "cent=100 cents=100 mille=1000 million=1000000 millions=1000000 milliard=1000000000"
        " milliards=1000000000 billion=1000000000000 billions=1000000000000"
    ),
    short_scales=numbered("M=1000000 Md=1000000000 Mds=1000000000 k=1000 K=1000"),
    joiner="et",
    least=r"\bau moins\s$",
    joined=r"\set\s(?=une?\b|onze\b)|-et-(?=une?\b|onze\b)",
    fraction_end=r"(?! d['’]heure| de finale|-)",
    number_of=r"\bnombre (?:de |d['’]|des )([^\W\d_]+)",
    against=r"\b(?:contre|à|dont)\s$",
    articles=words("un une"),
    grouping="[ \u00a0\u202f.]",
    decimal="[.,]",
    fractions=numbered(
        "demi=2 moitié=2 tiers=3 quart=4 quarts=4 cinquième=5 cinquièmes=5 sixième=6 sixièmes=6"
        " dixième=10 dixièmes=10"
    ),
    multiples=numbered("double=2 triple=3 quadruple=4"),
    dozens=numbered(
        "dizaine=10 douzaine=12 quinzaine=15 vingtaine=20 trentaine=30 quarantaine=40"
        " cinquantaine=50 soixantaine=60 centaine=100 millier=1000"
    ),
    lone=r"(?<!\w)(?:la (?P<half>moitié)(?= d)|une (?P<dozen>dizaine|douzaine|quinzaine|vingtaine"
    r"|trentaine|quarantaine|cinquantaine|soixantaine|centaine)(?= d)|un (?P<thousand>millier)"
    r"(?= d)|(?<=\bde )(?P<by_half>moitié)|le (?P<multiple>double|triple|quadruple)(?= d| qu)"
    r"|(?<=\bdu )(?P<more>double|triple|quadruple)(?= d| qu|[.,;)]|$))(?!\w)",
    times=r"fois(?: (?:plus|moins|supérieure?s?|inférieure?s?|le|la|celle|celui)"
    r"|(?= (?:son|sa|ses|leurs?|ce)\b))",
    change=r"\b(?:pass(?:e|ent|ée?s?|ait|aient|era|eront|erait|er|ant)\b|tomb\w*|ramen\w*|portée?s?)(?:\s[\w’'-]+){0,4}?\s(?:de|d['’])\s?$"
    r"|\b(?:grimp|chut|recul|mont|augment|baiss|descend|rédui|bond"
    r"|progress|diminu|relev|abaiss)\w*(?:\s\w+)?\s(?:de|d['’])\s?$",
    half=r"\s?et demie?",
    half_of=r"(?:une? )?demi-(?P<noun>heure|journée|siècle|million|milliard|douzaine|tonne|point"
    r"|litre|kilo|année|saison)(?!\w)",
    out_of=r"(?:d[’'][^\W\d_]+\s|de\s[^\W\d_]+\s|[^\W\d_][\w’'-]*\s){0,2}sur",
    part_of=r"des|de ces|de ses|de leurs|sur les|parmi les",
    again=r"\s(?:selon|d['’]après|pour (?:la|les|le)) "
    r"|\sautres(?=,)|\s(?:autres )?(?:ont|sont|avaient|étaient|seront|auraient|seraient)\b",
    among=r"\b(?:dont|contre|(?:multipli|divis)ée?s? par)\s$",
    between=r"entre",
    to=r"à|ou",
    hedges=renamed(
        "environ=~ pas_moins_de=>= pas_plus_de=<= quasiment=~ grosso_modo=~ près_de=~ près_d'=~"
        " quelque=~ quelques=~ autour_de=~ presque=~ à_peu_près=~"
        " aux_alentours_de=~ plus_de=> plus_d'=> plus_des=> au-delà_de=> moins_de=< moins_d'=<"
        " plus_du=> moins_du=< près_du=~ moins_des=< au_moins=>= au_minimum=>= minimum=>="
        " au_plus=<= au_maximum=<= jusqu'à=<="
        " un_peu_plus_de=> un_peu_moins_de=< sous_la_barre_des=< sous=< dépasse=> dépassent=>"
        " dépassé=> dépassait=> dépassaient=> excède=> excèdent=> au-dessus_de=> en_dessous_de=<"
    ),
    late_hedges=renamed("environ=~ au_moins=>= au_minimum=>= ou_plus=>= au_maximum=<= au_plus=<="),
    percent=r"%|pour cent\b|p\.\s?100",
    points=r"points? de (?:pourcentage|base)|points?\b|pts\b",
    money=renamed(
        "€=EUR euro=EUR euros=EUR eur=EUR $=USD dollar=USD dollars=USD £=GBP livres_sterling=GBP"
        " livre_sterling=GBP livres=GBP yen=JPY yens=JPY ¥=JPY rouble=RUB roubles=RUB yuan=CNY"
        " yuans=CNY francs_suisses=CHF francs=FRF"
    ),
    link=r"(?:d['’]|de )",
    adjectives=words(
        "nouveaux nouvelles nouvel nouveau nouvelle autres autre premiers premières derniers"
        " dernières grands grandes petits petites principaux principales jeunes anciens anciennes"
        " gros grosses bons bonnes longs longues mauvais mauvaises vieux vieilles vrais"
        " prochains prochaines seuls seules"
    ),
    not_counted=words(
        "à au aux de du des d et ou en dans par pour sur sous avec sans que qui dont où est sont a"
        " ont avait avaient était étaient sera seront la le les l un une ne n se s ce cette"
        " ces plus moins contre depuis entre après avant lors dès selon mais car si il elle ils"
        " elles on nous vous je y pas seulement chacun chacune environ puis soit comme alors ainsi"
        " aussi d'entre d'après d'ici d'ailleurs ans-là été peut peuvent va vont doit doivent"
    ),
    invariable=renamed(
        "français=français anglais=anglais japonais=japonais portugais=portugais polonais=polonais"
        " irlandais=irlandais écossais=écossais finlandais=finlandais néerlandais=néerlandais"
        " libanais=libanais sénégalais=sénégalais congolais=congolais soudanais=soudanais"
        " chinois=chinois hongrois=hongrois danois=danois suédois=suédois québécois=québécois"
        " palais=palais rabais=rabais bois=bois poids=poids temps=temps"
        " mois=mois pays=pays fois=fois corps=corps ans=an jours=jour heures=heure hommes=homme"
        " hôpitaux=hôpital journaux=journal animaux=animal chevaux=cheval travaux=travail"
        " tribunaux=tribunal cas=cas avis=avis repas=repas bras=bras décès=décès procès=procès"
        " succès=succès matches=match sandwiches=sandwich souris=souris accès=accès prix=prix"
        " voix=voix fils=fils colis=colis km=km kilomètres="
        "kilomètre"
    ),
    ordinal=r"(?:er|ère|re|e|è|ème|ième|nd|nde|ᵉ)s?\b",
    name_before=words(
        "plusieurs sans-plomb boeing airbus rafale peugeot renault apollo falcon article articles"
        " lignes alinéas routes loi page pages"
        " chapitre alinéa n n° numéro no section annexe saison"
        " épisode tome étage rue ligne ligue formule groupe top rang place chaîne catégorie"
        " version type niveau phase étape lot terminal porte quai acte"
    ),
    plural_ends=False,
)

LANGUAGE = Language(
    code="fr",
    reading=READING,
    counting=COUNTING,
    calendar=CALENDAR,
    reporting=REPORTING,
    tone=TONE,
    aspect=ASPECT,
)
