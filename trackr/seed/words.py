"""The words of the bulk data: people, and parts that combine into titles and texts of an ordinary length."""

OWNER = ("lena@load.example", "Lena Brandt")
STAFF = (
    ("jules@load.example", "Jules Marchand"),
    ("mia@load.example", "Mia Kowalska"),
    ("ruben@load.example", "Ruben Haas"),
)
CLIENTS = (
    ("emil@load.example", "Emil Novak"),
    ("chloe@load.example", "Chloé Garnier"),
    ("hugo@load.example", "Hugo Perrin"),
    ("nora@load.example", "Nora Lindholm"),
    ("louis@load.example", "Louis Faure"),
    ("ines@load.example", "Inès Caron"),
)

# A subject and what it does: some 45 characters together.
TITLES = (
    (
        ("The booking form", "The monthly export", "The search page", "The print layout", "The contact list",
         "The sign-up page", "The calendar", "The invoice by e-mail", "The photo gallery", "The list of documents"),
        ("loses what was typed on a step back", "stops after the tenth page", "is slow in the morning",
         "shows the name of a former colleague", "ignores words with accents", "cuts long titles in two",
         "is one hour off", "does not fit on a telephone", "needs a column for the department",
         "should remember the last choice"),
    ),
    (
        ("Le formulaire de contact", "L’export du planning", "La page d’accueil", "L’annuaire", "La lettre interne",
         "Le calendrier", "La fiche d’un agent", "Le plan du site", "La liste des salles", "Le moteur de recherche"),
        ("perd la date choisie", "s’arrête à la dixième page", "est lent le matin", "affiche un ancien numéro",
         "ne trouve pas les mots accentués", "coupe les titres trop longs", "se décale d’une heure",
         "déborde sur un téléphone", "devrait garder le dernier choix", "demande une colonne de plus"),
    ),
)  # fmt: skip

TEXTS = (
    "It began this morning, and two colleagues see the same. **Reloading the page does not help.**",
    "Here is how to see it:\n\n1. open the page;\n2. go back one step;\n3. look at the second field.\n\nIt is empty.",
    "Cela arrive depuis la dernière mise à jour, mais pas à tout le monde : seulement sur les postes de l’accueil.",
    "Thank you, it works now. We tried it with three people and on a telephone.",
    "Merci, c’est bon pour nous. Vous pouvez classer.",
    "I can see it too. The cause is in `forms/steps.py`; until it is corrected, please use the link in the page.",
    "Could you say which browser it was, and send a picture of the page if you can?",
    "C’est corrigé sur le site d’essai : https://test.load.example/. Pouvez-vous vérifier de votre côté ?",
)

NOTES = (
    "Cause found",
    "Corrected, with a test",
    "Checked in three browsers",
    "Page made quicker",
    "Reproduit, cause trouvée",
    "Correction et essais",
    "Mise en page revue",
    "",
)
