"""Two articles of our own, with the traps that translated news sets."""

FRENCH = """Infos du Soir | Canal 9

Le port de Rouville n’accueillera plus de pétroliers – Mairie — Infos Ouest

La ville est « lasse des promesses », a déclaré l’adjointe au maire, Solène Kerbrat

Les navires de plus de 200 mètres ne pourront plus entrer dans le port, a annoncé lundi \
l’adjointe au maire de Rouville, Solène Kerbrat, lors d’une visite. Elle a ajouté que sept \
incidents avaient été recensés l’an dernier.Le préfet conteste ce chiffre.
Le port reste « saturé » Ces retards, selon les pilotes, coûteraient 3,2 millions d’euros par \
mois. Pour M. Abiven, c’est la « goutte de trop » La capitainerie a indiqué que deux quais \
étaient fermés.
« Rien n’est réglé. Tout reste à faire », a poursuivi Kerbrat. (Le préfet était absent.) \
Selon l’adjointe, les travaux débuteront le 3 mars.

Un remorqueur touché par une vague – vidéo de la capitainerie

Le P.-D.G. du terminal, J.-P. Morvan, avait déclaré à l’AFP que tout irait bien… Il s’est \
trompé ! Voir www.port-rouville.fr/plan.html?x=1.2 pour le détail.
1. Le quai nord
2. Le quai sud
Par : Yann Le Guen / Canal 9 WebInscrivez-vous à la lettre
Lien source"""

ENGLISH = """Port bans large tankers

By Jane Archer, Maritime Editor

Ships longer than 200 metres will no longer be allowed in, deputy mayor Sarah Cole said on \
Monday. “We are tired. Nobody listens,” she added. Mr. Abbott of the U.S. Coast Guard \
disagreed.The harbour master, Tom Reed, told reporters that seven incidents were recorded last \
year. (He gave no details.) Dr. J. K. Miles declined to comment.

According to a report by the Marine Institute, repairs would cost about $3.2 million. Reed \
insisted that two docks were closed. “Is it safe?” Reed asked.
Read more: How ports work"""
