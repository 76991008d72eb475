"""What the labels are called and mean, in every language: the one table for all formats."""

LABELS = {
    "verified": {
        "en": "Verified",
        "fr": "Vérifié",
        "meaning": {
            "en": "The desk found evidence that the statement is right.",
            "fr": "La rédaction a trouvé des preuves que l’affirmation est exacte.",
        },
    },
    "unverified": {
        "en": "Unverified",
        "fr": "Non vérifié",
        "meaning": {
            "en": "The desk looked and could neither confirm nor refute the statement so far.",
            "fr": "La rédaction a cherché sans pouvoir, à ce jour, confirmer ni réfuter l’affirmation.",
        },
    },
    "disputed": {
        "en": "Disputed",
        "fr": "Contesté",
        "meaning": {
            "en": "Reliable evidence speaks against the statement, or reliable sources disagree.",
            "fr": "Des preuves fiables contredisent l’affirmation, ou des sources fiables divergent.",
        },
    },
}
