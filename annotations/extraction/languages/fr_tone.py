"""French words that show what a sentence is."""

from annotations.extraction.languages.base import Tone, folded
from annotations.extraction.languages.fr_aspect import ASPECT
from annotations.extraction.languages.fr_calendar import CALENDAR

TONE = Tone(
    public=folded(
        r"\b(?:gouvernement|ministères?|ministres?|président\w*|parlement|sénat|assemblée|députés?"
        r"|maires?|mairie|préfecture|préfet|police|gendarm\w+|armée|justice|tribunal|cour|procureur"
        r"|parquet|loi|décret|budget|entreprises?|sociétés?|banque|syndicats?|parti|élections?"
        r"|électeurs|union européenne|commission|agence|hôpita(?:l|ux)|école|université|usine"
        r"|habitants|population|salariés|chômage|inflation|impôts?|taxes?|prix|dette|croissance"
        r"|exportations|missiles?|frappes?|attaques?|soldats?|troupes|forces|étude|rapport|vaccins?"
        r"|virus|maladie|cancer|émissions|climat|centrale|réforme|traité|accord|région|communes?)\b"
    ),
    action=folded(
        r"\b(?:a|ont|avait|avaient|aurait|auraient|n['’]a|n['’]ont|l['’]a|s['’]est|se sont|est|sont"
        r"|était|étaient|serait|seraient) (?:(?:été|également|aussi|déjà|pas|jamais|pratiquement"
        r"|plus|encore"
        r"|récemment|officiellement|\w+ment) ){0,2}"
        r"[a-zàâçéèêëîïôûùü]{2,}(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|it|ite|mis|pris|ert|erte"
        r"|ort|orte)\b",
        r"\b\w{3,}(?:èrent|irent|urent)\b",
    ),
    headline=ASPECT.headline,
    position=folded(
        r"\b(?:dément|démentent|démenti|nie|nient|nié|réfute|réfutent|réfuté|accuse|accusent|accusé"
        r"|promet|promettent|promis|s['’]est engagée?|s['’]engage|menace de|menacent de|menacé de"
        r"|appel(?:le|lent|é) [^,.]{0,30}\bà (?:ne pas )?[a-zéê]+(?:er|ir|re)"
        r"|exige|exigent|exigé|réclame|réclament|réclamé|exclut|excluent|reconnaît|reconnaissent"
        r"|reconnu|assure n['’]|assurent n['’])\b"
    ),
    state=folded(
        r"\b(?:est|sont|compte|comptent|coûte|coûtent|représente|représentent|dépasse|dépassent"
        r"|atteint|atteignent|possède|possèdent|abrite|produit|produisent|consomme|emploie"
        r"|interdit|autorise|oblige|prévoit|figure|reste|restent|vit|vivent|touche|touchent|tue"
        r"|tuent|reçoit|reçoivent|dispose|disposent|contient|contiennent|provoque|provoquent"
        r"|permet|permettent|augmente|augmentent|baisse|baissent|recule|reculent|pèse|couvre"
        r"|transporte|interdisent|détient|détiennent|fournit|importe|exporte|vend|vendent)\b"
    ),
    comparison=folded(
        r"\b(?:plus|moins|aussi|autant) (?:\w+ ){0,3}(?:que|qu['’])",
        r"\b(?:le|la|les) (?:plus|moins) \w+|\b(?:premier|première|record|deux fois|davantage"
        r"|doublé"
        r"|triplé|pire|meilleur[es]*|contre|tandis que|alors que|plus bas|plus haut|seule?)\b",
    ),
    cause=folded(
        r"\b(?:à cause d|en raison d|grâce à|parce qu|car|due? à|dus à|dues à|provoqu\w+|entraîn(?!eu|emen)\w+"
        r"|caus\w+|responsables? d|conséquence|résult\w+)"
    ),
    negation=folded(r"\b(?:n['’]|ne )\w+|\b(?:aucune?|jamais|nul|nulle|sans)\b"),
    hedge=folded(
        r"\b(?:aurait|auraient|serait|seraient|pourrait|pourraient|semble\w*|paraît|apparemment"
        r"|présumé\w*|supposé\w*|prétendu\w*|peut-être|probablement|sans doute|soi-disant|\w+erait"
        r"|\w+eraient)\b"
    ),
    modal=folded(
        r"\b(?:doit|doivent|devrait|devraient|faut|faudra|faudrait|devons|il est temps|pouvons"
        r"|mérite|méritent)\b"
    ),
    ability=folded(r"\b(?:peut|peuvent|pouvait|pouvaient|permet|permettent)\b"),
    future=CALENDAR.future,
    truism=folded(
        r"^(?:[\w’' -]{2,40} est la capitale d(?:e |u |es |e l['’]|['’])[\w’' -]{2,40}|la capitale d(?:e |u |es |['’])[\w’' -]{2,40}"
        r" est [\w’' -]{2,40})\.?$",
        r"^(?:le |la |les |l['’]|une? )?[\w’'-]{2,25} (?:est|sont) (?:une?|des) (?:mammifère|oiseau|poisson|insecte"
        r"|reptile|planète|étoile|continent|métal|métaux|fruit|légume|couleur|animal|animaux|gaz|liquide|fleuve|île)s?x?\.?$",
        r"^(?:une? |la |le |l['’])?(?:semaine|année|heure|minute|jour|journée|siècle|triangle|carré|cube|douzaine"
        r"|kilomètre|mètre|kilo|mètre carré) (?:compte|a|dure|contient|possède|vaut|fait) [\w -]{2,30}\.?$",
        r"^(?:la terre|la lune|les planètes|mars|vénus|jupiter) (?:tourne|tournent) autour d\w* [\w’' ]{2,20}\.?$",
        r"^(?:la terre est (?:ronde|une planète)|le soleil (?:se lève|se couche|brille|est)\b[\w’' à]{0,30})\.?$",
        r"^l['’]eau (?:bout|gèle|mouille|est (?:mouillée|humide|transparente))\b[\w’' °à]{0,50}\.?$",
        r"^(?:deux et deux|deux plus deux|un et un|un plus un) (?:font|égalent) \w+\.?$",
        r"^(?:la neige|l['’]herbe|le ciel|le sang|le feu|la glace|le sucre|le sel|le sable) (?:est|brûle|fond)"
        r"(?: (?:blanche?|verte?|bleue?|rouge|chaude?|froide?|sucrée?|salée?|sale))?(?: au soleil)?\.?$",
        r"^(?:les jours (?:r?allongent|raccourcissent)|les nuits (?:r?allongent|raccourcissent)|les feuilles tombent)"
        r" (?:en|au) [\w ]{2,20}\.?$",
        r"^(?:tous les hommes sont mortels|nous (?:mourrons tous|sommes tous mortels)|noël tombe le 25 décembre)\.?$",
    ),
    first_person=folded(
        r"\b(?:je|j['’]|nous|me|m['’]|moi|mon|ma|mes|notre|nos)(?=\W|(?<=['’])\w)(?!-)"
    ),
    second_person=folded(r"\b(?:tu|vous|votre|vos|toi|ton|ta|tes)\b|-vous\b|\b\w+ez\b(?<!chez)"),
    opinion=folded(
        r"\b(?:scandal\w+|honte\w*|inacceptabl\w+|formidabl\w+|magnifiqu\w+|(?<!sommet )(?<!réunion )(?<!session )(?<!assemblée )(?<!congrès )extraordinair\w+"
        r"|catastroph\w+|absurd\w+|ridicul\w+|merveill\w+|superbe\w*|génial\w*|beau|belle"
        r"|triste\w*|heureu\w+|fier|fière|fiers|dommage|malheureus\w+|évidemment|bien sûr|hélas"
        r"|courage\w*|lamentabl\w+|horribl\w+|chef-d['’]œuvre|inadmissibl\w+|indign\w+|excellent\w*"
        r"|mérite|méritent|espoir|espère\w*|rêve\w*|estime que|crois|pense que|trouve|il faut"
        r"|devri(?:ons|ez)|on devrait|pour ma part|à mon avis|selon moi|une chose est sûre|personne n['’]est"
        r"|cruel\w*"
        r"|urgent|il est temps|essentiel\w*|dangereu\w+|injust\w+|admirabl\w+|irresponsabl\w+"
        r"|avenir|jusqu['’]au bout|trahison|émotion|passionnant\w*|décevant\w*|étrange\w*)\b"
    ),
    vague=folded(
        r"\b(?:on verra|un jour|tôt ou tard|l['’]avenir|rien ne sera|l['’]histoire|on sait|comme"
        r" avant"
        r"|la vie|tout le monde|chacun|quelque chose|prochaines? semaines|prochains mois|à suivre"
        r"|reste à savoir|l['’]essentiel|c['’]est (?:la|le|une|un|comme|ça|dire)|on ne sait"
        r"|imagine\w+)\b"
    ),
    procedure=folded(
        r"\b(?:pas de commentaire|refusé de commenter|pas souhaité (?:commenter|répondre|réagir|s['’]exprimer|nous \w+|témoigner)"
        r"|n['’](?:a|ont|avait|avaient) pas (?:encore |immédiatement |pu )?(?:répondu|répondre|donné suite|été joint|être joint)"
        r"|(?:refus\w+|souhait\w+) (?:pas )?(?:de |d['’])?(?:communiquer|révéler|dévoiler|divulguer|donner (?:de |plus )|livrer|commenter|confirmer|en dire|préciser)"
        r"|pas (?:souhaité|voulu) (?:communiquer|révéler|dévoiler|divulguer|donner (?:de |plus )|livrer|confirmer|en dire|préciser)"
        r"|(?:n['’]a pas pu|n['’]ont pas pu|ne peut|ne peuvent|n['’]a pu|n['’]ont pu|impossible) (?:être |d['’]être |de )?(?:\w+ment )?(?:être )?(?:vérifi|confirm|authentifi|corrobor)\w+"
        r"|pas donné suite|contacté\w*,? |renvoyé\w* (?:la question|les questions|les journalistes|vers) |sollicité\w*,? "
        r"|pas été en mesure|injoignables?\b|\w+ pas (?:été )?joignables?\b|n['’](?:a|ont) pas (?:immédiatement |encore )?(?:réagi|commenté)|ne commenter\w+ pas|n['’]a pas pu être (?:vérifié|joint)|interview|reviendrons"
        r"|s['’]est refusé\w* à|ma grand-mère|mon père|ma mère|borné à répondre)"
    ),
    question=folded(
        r"^(?:«\s?)?(?:qui|que|quoi|où|quand|comment|pourquoi|combien|quels?|quelles?|est-ce)\b.*\?"
    ),
)
