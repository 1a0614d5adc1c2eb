# Les télégrammes aux services de sécurité et l’annuaire de ceux qui les reçoivent.
nav-bulletins = Télégrammes
nav-services = Annuaire des services
section-bulletin = Télégramme
bulletins-words = Chaque déclaration reçue part aussitôt à tous les services. Ouvrez un télégramme pour le lire, puis accusez réception.
bulletins-empty = Aucun télégramme.
bulletins-no-service = Votre compte n’est rattaché à aucun service : aucun télégramme ne vous est adressé. L’administrateur peut vous y rattacher.
bulletins-waiting = { $n ->
    [one] { $n } télégramme attend votre accusé de réception
   *[other] { $n } télégrammes attendent votre accusé de réception
}
bulletin-title = Télégramme de recherche
bulletin-none = La déclaration n’est pas encore reçue : le télégramme part au moment où elle l’est.
bulletin-recorded = Cette lecture est enregistrée. Le contenu reste ici : il n’est dans aucun courriel.
bulletin-acknowledge = Accuser réception
bulletin-acknowledged = Réception accusée
bulletin-text = Texte simple
bulletin-pdf = Imprimer (PDF)
bulletin-services = Services destinataires
bulletin-service = Service
bulletin-mail = Courriel d’avis
bulletin-reading = Réception
bulletin-phone = Téléphone d’astreinte
bulletin-answered = Réception accusée par téléphone
bulletin-by-phone = par téléphone
bulletin-remind = Relancer les services silencieux
bulletin-update = Envoyer une mise à jour
bulletin-again = Reprendre les recherches
bulletin-all-answered = Tous les services ont accusé réception
bulletin-silent = { $n ->
    [one] { $n } service silencieux
   *[other] { $n } services silencieux
}
bulletin-failed = { $n ->
    [one] { $n } courriel non remis
   *[other] { $n } courriels non remis
}
bulletin-reminders = { $n ->
    [one] { $n } relance
   *[other] { $n } relances
}
bulletin-page = Page { "{page}" } sur { "{pages}" }
telegram-search = Recherche
telegram-update = Mise à jour
telegram-cessation = Cessation de recherches
search-open = Recherches en cours
search-ceased = Recherches cessées
cause-found = Enfant retrouvé
cause-false_report = Déclaration non fondée
cause-issued_in_error = Émis par erreur
cause-closed = Dossier clos
mail-waiting = En attente
mail-handed = Remis au serveur
mail-failed = Non remis
mail-needless = Sans courriel
reading-unread = Non lu
reading-read = Lu, sans accusé
reading-acknowledged = Réception accusée
duty-bulletin_silent = Joindre les services qui n’ont pas accusé réception du télégramme
services-words = Tous les services actifs reçoivent chaque télégramme. Sans adresse, un service lit ses télégrammes une fois connecté, sans avis par courriel.
services-list = Services
services-export = Télécharger en CSV
services-reach = Courriel et astreinte
services-active = Reçoit les télégrammes
services-active-yes = Oui, actif
services-active-no = Non, suspendu
services-no-mail = Sans adresse
services-one = Ajouter ou modifier un service
services-id = Identifiant
services-id-hint = Minuscules, chiffres et tirets. Un identifiant déjà pris modifie ce service.
services-kind = Catégorie
services-name-ar = Nom en arabe
services-name-fr = Nom en français
services-name-en = Nom en anglais
services-region = Région
services-email = Adresse de courriel
services-email-hint = Elle n’annonce que l’arrivée d’un télégramme.
services-save = Enregistrer le service
services-import = Importer un fichier CSV
services-file = Fichier
services-paste = Ou contenu collé
services-take = Importer
services-imported = Fichier importé : { $x } services ajoutés ou modifiés, { $y } inchangés.
services-line = Ligne { $x }, colonne { $y } :
services-line-whole = Ligne { $x } :
services-people = Qui appartient à quel service
services-join = Rattacher
services-none = Aucun service
problem-not_addressed = Ce télégramme n’est pas adressé à votre service.
problem-nothing_new = Rien n’a changé depuis le dernier télégramme.
problem-not_received = La déclaration n’est pas encore reçue.
problem-not_a_slug = Minuscules, chiffres et tirets seulement, de 2 à 48 caractères.
problem-not_an_email = Ce n’est pas une adresse de courriel.
problem-not_a_phone = Un numéro ne contient que des chiffres, des espaces, des tirets et un plus.
problem-given_twice = Cet identifiant figure deux fois.
problem-not_csv = Cette ligne n’est pas une ligne CSV lisible.
problem-columns_missing = La première ligne doit nommer au moins les colonnes id et kind.
problem-unknown_column = La première ligne nomme une colonne inconnue.
problem-too_many_lines = Le fichier a trop de lignes.
act-bulletin-send = A envoyé le télégramme à tous les services
act-bulletin-update = A envoyé une mise à jour du télégramme
act-bulletin-cease = A envoyé la cessation de recherches
act-bulletin-acknowledge = Un service a accusé réception
act-bulletin-remind = A relancé les services silencieux
act-bulletin-read = A lu le télégramme
act-bulletin-mail_failed = Un courriel à un service n’a pas pu être remis
act-service-put = A modifié l’annuaire des services
act-person-assign = A rattaché quelqu’un à un service
