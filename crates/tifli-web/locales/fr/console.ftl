# Les mots des pages avec connexion : le cadre.
nav-main = Navigation principale
nav-waiting = { $n ->
    [one] { $n } en attente
   *[other] { $n } en attente
}
sign-out = Se déconnecter
nav-cases = Dossiers
nav-tips = Signalements
nav-delivery = Diffusion
nav-people = Personnes
nav-audit = Journal d’audit
role-officer = Officier de district
role-approver = Autorité d’approbation
role-room = Salle de commandement
role-line = Ligne d’appel
role-prosecutor = Procureur
role-field = Unité de terrain
role-operator = Administrateur
role-auditor = Auditeur

# Les mots des pages elles-mêmes.

# Mots généraux.
search = Chercher
show-all = Tout afficher
more = Afficher la suite
reload = Recharger
remove = Retirer
choose = Choisir…
needed = (nécessaire)
until = jusqu’au
not-yet = pas encore
not-told = non précisé
percent = { $x } %
by-system = Par le système
by-public = Par le public
back-to-case = Retour au dossier
span-none = moins d’une seconde
span-seconds = { $x } s
span-minutes = { $x } min
span-hours = { $x } h { $y }
span-days = { $x } j { $y } h
left-until = reste { $x }
left-late = dépassé de { $x }
col-child = Enfant
col-state = État
col-next = Étape suivante
col-clock = Délai de 24 h
col-district = District de police
col-version = N° de version
col-author = Rédigée par
col-decided = Décidée par
col-when = Quand
col-what = Quoi
col-after = Après
col-channel = Canal
col-how = Mode de retrait
col-dark = Retirée à
col-time-to-dark = Temps de retrait
col-progress = Avancement
col-first-last = Première – dernière
col-who = Qui
col-host = Serveur
col-answer = Réponse
col-attempts = Tentatives
col-next-attempt = Prochaine tentative
col-number = N°
col-act = Acte
col-object = Objet
col-hash = Empreinte

# Connexion.
sign-in = Connexion
sign-in-do = Se connecter
sign-in-help = Mot de passe ou téléphone perdu ? Votre administrateur vous en donne de nouveaux.
sign-in-wait = { $n ->
    [one] Trop de tentatives. Réessayez dans { $n } minute.
   *[other] Trop de tentatives. Réessayez dans { $n } minutes.
}
signed-out = Vous êtes déconnecté.
session-ended = Votre session est terminée. Reconnectez-vous.
login = Identifiant
login-hint = Minuscules latines, chiffres, points et tirets.
password = Mot de passe
password-again = Le mot de passe encore une fois
password-hint = { $n ->
    [one] Au moins { $n } caractère. Une phrase se retient mieux.
   *[other] Au moins { $n } caractères. Une phrase se retient mieux.
}
totp-code = Code de l’application d’authentification
totp-code-hint = Six chiffres qui changent toutes les 30 secondes.
totp-words = Saisissez ce secret dans une application d’authentification, ou ouvrez l’adresse sur le téléphone qui la contient. Il ne sera plus affiché.
totp-secret = Secret d’authentification
totp-address = Le même en adresse
first-title = Premier administrateur
first-words = Ce lien ne sert qu’une fois. Il crée le compte qui créera tous les autres ; ce compte ne lit aucun dossier.
first-step-who = 1. Qui vous êtes
first-step-totp = 2. Votre seconde clé
first-do = Créer le compte
session-expired-title = Reconnectez-vous pour continuer
session-expired-kept = { $n ->
    [one] Votre session s’est terminée. Votre saisie est conservée ({ $n } réponse) et sera envoyée après la connexion.
   *[other] Votre session s’est terminée. Votre saisie est conservée ({ $n } réponses) et sera envoyée après la connexion.
}
session-expired-files = Les photos n’ont pas pu être conservées : veuillez les choisir de nouveau.
session-expired-do = Se connecter et envoyer
replay-title = Envoi de votre saisie
replay-words = Vous êtes reconnecté. Votre saisie est en cours d’envoi.
replay-do = Envoyer maintenant

# Refus.
refusal-role = Votre rôle ne le permet pas
refusal-more-role = Une personne d’un autre rôle doit s’en charger. Rien n’a été modifié.
refusal-district = Cela relève d’un autre district
refusal-more-district = Demandez à la salle de commandement si votre district doit intervenir.
refusal-not-found = Il n’y a rien ici
refusal-more-not-found = L’adresse est fausse, ou mène à quelque chose que vous ne pouvez pas voir.
refusal-token = Le formulaire était trop ancien
refusal-more-token = Rien n’a été modifié. Rouvrez la page et recommencez la dernière étape.
refusal-stale = Cela a changé entre-temps
refusal-more-stale = Quelqu’un d’autre a été plus rapide. Revoyez la page avant de décider.
refusal-not-possible = Ce n’est plus possible
refusal-more-not-possible = Le dossier ou l’alerte a avancé. Sa page montre ce qui reste possible.
refusal-erased = Ce dossier a été effacé
refusal-more-erased = Deux personnes ont signé son effacement. Plus rien n’en est lisible.
refusal-failure = Une erreur s’est produite chez nous
refusal-more-failure = Rien n’a été fait. Réessayez ; si l’erreur revient, indiquez le numéro ci-dessous à l’exploitant.
refusal-reference = Numéro pour l’exploitant :
refusal-back = Continuer

# Liste des dossiers.
new-report = Nouvelle déclaration de disparition
all-cases = Tous les dossiers
search-cases = Chercher un dossier
search-cases-hint = Nom dans toute graphie, téléphone ou numéro de dossier.
no-cases = Aucun dossier pour l’instant.
no-cases-found = Aucun dossier ne correspond.
no-name-yet = Pas encore de nom
child-years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
}
tile-waiting = à décider
tile-ended = terminées, à confirmer
tile-live = alertes en cours
tile-tips = signalements à examiner
waiting-title = Alertes en attente de décision
ended-unconfirmed = Terminées, en attente d’une seconde personne
live-title = Alertes diffusées
live-since = depuis le
submitted-by = Soumise par
ended-by = Terminée par
decide = Examiner et décider
confirm-end = Confirmer la fin
end-alert = Mettre fin à l’alerte
version-first = Première version
version-update = { $n ->
    [one] Mise à jour, version { $n }
   *[other] Mise à jour, version { $n }
}
would-reach = { $n ->
    [one] { $n } abonné
   *[other] { $n } abonnés
}
handed-of = { $x } sur { $y } remis
tips-waiting = { $n ->
    [one] { $n } signalement à examiner
   *[other] { $n } signalements à examiner
}
case-state-draft = Déclaration en cours
case-state-received = Déclaration reçue
case-state-alerted = Alerte diffusée
case-state-recalling = Retrait en cours
case-state-dark = Retirée partout
case-state-closed = Clos
case-state-erased = Effacé
next-finish-report = Terminer la déclaration
next-draft-alert = Rédiger l’alerte
next-submit-alert = Terminer et soumettre l’alerte
next-await-decision = Décision de l’autorité d’approbation attendue
next-reconsider = Corriger l’alerte renvoyée
next-watch = Suivre signalements et diffusion
next-confirm-end = Une seconde personne confirme la fin
next-await-dark = Attendre le dernier canal
next-close = Clore le dossier
next-erase = Demander l’effacement
next-confirm-erasure = Une seconde personne signe l’effacement
next-nothing = Plus rien à faire
end-reason-found = L’enfant a été retrouvé
end-reason-consent_withdrawn = Le représentant légal a retiré son consentement
end-reason-danger = L’alerte met l’enfant en danger
end-reason-false_report = La déclaration était fausse
end-reason-issued_in_error = Elle n’aurait pas dû être diffusée
end-reason-expired = Sa validité a expiré

# Déclaration.
report-title = Déclaration de disparition d’un enfant
report-words = Chaque réponse est enregistrée aussitôt. Commencez par ce que vous savez ; seules les questions marquées nécessaires retiennent le dossier.
report-index = Rubriques de la déclaration
answered-of = { $x } sur { $y }
report-open = Ouvrir le dossier
report-save = Enregistrer
report-ceiling = { $n ->
    [one] Le délai de { $n } heure court dès l’ouverture.
   *[other] Le délai de { $n } heures court dès l’ouverture.
}
section-reporter = Qui déclare
section-consent = Consentement à la publication
section-child = L’enfant
section-last-seen = Vu pour la dernière fois
section-more-reporter = Jamais publié. Un papier manquant ne retarde jamais la déclaration.
section-more-consent = Sans consentement exprès, rien n’est publié ; les recherches continuent.
section-more-child = Seuls le prénom, l’âge et la description peuvent être publiés.
section-more-last-seen = Le public ne voit le lieu qu’approximativement ; le point exact reste à l’équipe.
report-heading-look = Apparence
report-heading-place = Le lieu
report-heading-what = Ce qui s’est passé
field-reporter_name = Nom complet du déclarant
field-reporter_relation = Lien avec l’enfant
field-reporter_paper_kind = Pièce d’identité
field-reporter_paper_number = Numéro de la pièce
field-reporter_phone = Téléphone
field-consent_publish = Le représentant légal consent-il à publier la photo et le prénom ?
field-consent_given_by = Donné ou refusé par qui, et devant qui
field-child_first_name_ar = Prénom en lettres arabes
field-child_first_name = Prénom en lettres latines
field-child_family_name_ar = Nom de famille en lettres arabes
field-child_family_name = Nom de famille en lettres latines
field-child_birth_date = Date de naissance
field-child_age = Âge en années
field-child_sex = Fille ou garçon
field-clothes_ar = Vêtements, en arabe
field-clothes = Vêtements, dans la seconde langue des alertes
field-marks_ar = Signes visibles, en arabe
field-marks = Signes visibles, dans la seconde langue des alertes
field-home_address = Adresse du domicile
field-last_seen_at = Vu pour la dernière fois le
field-last_seen_place = Lieu
field-last_seen_lat = Latitude du point
field-last_seen_lon = Longitude du point
field-last_seen_words = Le lieu en mots
field-circumstances = Circonstances
field-nature = Forcée ou volontaire
field-confirmed = J’ai vérifié, c’est exact
hint-reporter_name = Comme sur la pièce d’identité.
hint-reporter_paper_number = Peut être ajouté plus tard.
hint-reporter_phone = Un numéro joignable jour et nuit.
hint-consent_given_by = Par exemple : la mère, devant l’officier de permanence, PV signé.
hint-child_first_name_ar = L’une des deux écritures suffit.
hint-child_birth_date = Si elle est inconnue, indiquez l’âge.
hint-child_age = Seulement si la date de naissance est inconnue.
hint-clothes_ar = Ce que l’enfant portait la dernière fois.
hint-marks_ar = Cicatrice, lunettes, coiffure. Rien d’intime.
hint-home_address = Où vit l’enfant, pour y chercher d’abord.
hint-last_seen_at = Heure locale. En cas de doute, le dernier moment certain.
hint-last_seen_place = Ville, quartier ou village, dans toute graphie.
hint-last_seen_words = Une rue, un magasin, un arrêt de bus.
hint-circumstances = Ce qui s’est passé avant, qui était là, par où l’enfant est parti.
hint-nature = Jamais montré au public. « Inconnu » est une bonne réponse.
answer-consent-yes = Oui, expressément
answer-consent-no = Non, refusé
answer-consent-unknown = Pas encore demandé
answer-nature-forced = Forcée
answer-nature-voluntary = Volontaire
answer-nature-unknown = Inconnu
sex-girl = Fille
sex-boy = Garçon
sex-unknown = Non connu
seen-by-public = Publiable
seen-by-police = Tous les services de sécurité
seen-by-team = Équipe du dossier seulement
seen-by-sealed = Sous scellé
saving = Enregistrement…
saved-at = Enregistré à { $x }
saving-retry = Pas encore enregistré – nouvel essai
saving-offline = Pas de connexion. Continuez : la saisie est gardée chiffrée sur cet ordinateur et sera envoyée au retour de la connexion.
saving-offline-open = Pas de connexion. Continuez sans fermer cette page : elle seule garde la saisie jusqu’au retour de la connexion.
kept-restored = Saisi sur cet ordinateur à { $x }, pas encore envoyé
kept-elsewhere = Réponses saisies sur cet ordinateur qui attendent votre choix sur une autre page : { $x }
saving-signed-out = Vous êtes déconnecté. Reconnectez-vous dans un autre onglet puis continuez ici ; rien n’est perdu.
all-saved = Tout est enregistré
pending-count = Pas encore enregistrées : { $x }
conflict-who = { $x } a modifié ceci à { $y }. Laquelle garder ?
conflict-theirs = La leur :
conflict-yours = La vôtre :
empty-answer = (sans réponse)
place-search = Chercher le lieu
place-choose = Choisir le lieu
place-none = Aucun de ceux-ci
place-not-found = Aucun lieu de ce nom. Essayez une autre graphie, ou indiquez le point sur la carte.
map-live = Carte : cliquez pour placer le point
map-set-point = Placer le point au centre de la carte
map-none = La carte apparaît dès qu’un lieu ou un point est donné.
map-hint = Cliquez sur la carte, ou saisissez latitude et longitude ci-dessous.
map-show = Montrer le point
photos-title = Photos de l’enfant
photo-add = Ajouter des photos
photo-hint = { $n ->
    [one] JPEG, PNG ou WebP, { $n } Mo au plus chacune. Le visage, seul, le plus récent possible. La position contenue dans le fichier est retirée.
   *[other] JPEG, PNG ou WebP, { $n } Mo au plus chacune. Le visage, seul, le plus récent possible. La position contenue dans le fichier est retirée.
}
photo-send = Envoyer les photos choisies
photo-sending = Envoi de la photo…
photo-failed = La photo n’a pas été acceptée.
no-photos = Pas encore de photo. La déclaration continue sans elle.
photo-main = Premier choix
photo-make-main = Mettre en premier
photo-alt = { $n ->
    [one] Photo { $n } de l’enfant
   *[other] Photo { $n } de l’enfant
}
photo-n = { $n ->
    [one] Photo n° { $n }
   *[other] Photo n° { $n }
}
photo-remove-n = { $n ->
    [one] Retirer la photo { $n }
   *[other] Retirer la photo { $n }
}
photo-size = { $x } × { $y } px
confirm-title = À confirmer avant l’ouverture du dossier
warning-long-ago = L’enfant a été vu il y a plus d’une semaine.
warning-outside-country = Le point se trouve en mer ou à l’étranger.
warning-no-subscriber = Personne recevant les alertes ne vit autour du point.

# Un dossier.
next-step = À faire :
consent-given = Le consentement à la publication est enregistré.
consent-refused = Le consentement est refusé : rien ne peut être publié.
consent-unknown = Le consentement n’est pas encore enregistré : rien ne peut être publié.
action-edit-report = Corriger la déclaration
action-draft-alert = Rédiger une alerte
action-update-alert = Mettre à jour l’alerte
action-open-draft = Continuer le brouillon
action-deliveries = Voir la diffusion
action-close = Clore ce dossier
action-ask-erasure = Demander l’effacement du dossier
action-confirm-erasure = Décider de l’effacement
alerts-title = Alertes
versions-title = Versions de l’alerte
public-page = Page publique
alert-state-preparing = En préparation
alert-state-live = Diffusée
alert-state-ended = Terminée, non confirmée
alert-state-confirmed = Terminée et confirmée
alert-state-refused = Refusée
version-state-drafted = Brouillon
version-state-submitted = Soumise
version-state-returned = Renvoyée
version-state-refused = Refusée
version-state-issued = Émise
version-state-withdrawn = Retirée
file-title = Le dossier
file-not-yours = Votre rôle ne lit pas ce dossier.
reading-recorded = Vous avez ouvert ce dossier : la lecture est enregistrée avec votre nom et l’heure.
clocks-title = Chronologie
clock-started = Début de saisie
clock-received = Déclaration reçue le
clock-submitted = Alerte soumise
clock-published = Alerte publiée
clock-ended = Fin de l’alerte
clock-dark = Dernier canal éteint
timeline-title = Ce qui a été fait
no-tips = Aucun signalement.
with-photo = avec photo

# Rédaction d’une alerte.
draft-title = Brouillon de l’alerte
returned-title = Renvoyée par
draft-no-consent = Aucun consentement enregistré. Vous pouvez rédiger ; l’alerte ne sera pas approuvée sans lui.
draft-photo = Photo à publier
draft-photo-hint = C’est l’image que l’on retient.
draft-no-photo = Sans photo
language-optional = facultative : son absence ne retarde jamais l’alerte
text-first_name = Prénom
text-place = Où vu pour la dernière fois
text-when = Quand, en mots
text-clothes = Tenue portée
text-marks = Signes pour reconnaître
text-headline = Titre
text-description = Texte de description
text-instruction = Consigne au public
text-standard = Laissé vide, la phrase type est utilisée.
area-heading = Zone et validité
area-kind = Forme de la zone
area-circle = Un cercle autour d’un point
area-polygon = Des sommets sur la carte
area-regions = Des régions du pays, par leur nom
area-words = Zone :
radius-km = Rayon en kilomètres
radius-km-hint = En kilomètres, jamais en mètres.
unit-km = kilomètres
unit-hours = heures
latitude = Latitude (degrés)
longitude = Longitude (degrés)
polygon-title = Sommets
polygon = Un sommet par ligne
polygon-hint = Latitude, longitude ; au moins trois lignes.
regions-title = Régions et provinces
regions = Une région entière ou certaines de ses provinces
regions-hint = Plusieurs choix possibles. L’alerte va à tous les abonnés qui s’y trouvent.
regions-provinces = Provinces :
validity-hours = Validité
validity-hint = { $n ->
    [one] Au plus { $n } heure ; l’alerte se termine ensuite d’elle-même.
   *[other] Au plus { $n } heures ; l’alerte se termine ensuite d’elle-même.
}
reach-title = Qui serait dérangé
reach-subscribers = Abonnés touchés
reach-residents = Habitants selon le recensement
reach-foreign = Résidents étrangers
reach-month = Alertes et mises à jour des 30 derniers jours
reach-month-value = environ { $x } par abonné de la zone, au plus { $y }
reach-unknown = Le nombre apparaît dès que la zone est complète.
reach-count = Enregistrer et recompter
reach-warning-clipped = Une partie de la zone est hors du pays et n’est pas comptée.
reach-warning-nobody = Aucun abonné dans la zone : seuls la page et les flux porteraient l’alerte.
reach-confirm-title = Aucun abonné dans la zone
reach-confirmed = Oui, la zone est exacte ; l’alerte part même si elle n’atteint aucun abonné
reach-warning-wide = La zone couvre la plus grande partie du pays. Plus petite, elle serait mieux remarquée.
reach-warning-small = Le rayon est de moins d’un kilomètre. Est-ce exact ?
reach-warning-often = Les personnes de la zone ont reçu beaucoup d’alertes ce mois-ci.
reach-warning-asleep = Il fait nuit sur place : la plupart des gens dorment.
draft-save = Enregistrer le brouillon
draft-preview = Voir comme le public
draft-submit = Soumettre à la décision
preview-title = Tel que le public le verra

# Approbation.
approval-title = Décider :
approval-seen = Ce que le public verra
approval-reach = Où, et combien de personnes
approval-rests = Sur quoi elle repose
approval-consent = Consentement
consent-short-given = donné
consent-short-not = absent
approval-expires = Se termine d’elle-même le
approval-channels = Canaux
approval-changes = Ce qui a changé depuis la dernière version
approval-rung = Palier
approval-abroad = Parties au-delà d’une frontière
abroad-part = environ { $x } km², { $y } de la zone
approval-decision = Votre décision
approval-password = Votre mot de passe, pour signer
approval-means = Approuver envoie cette alerte à { $x } abonnés maintenant et la montre à tous jusqu’au { $y }.
approve = Approuver et diffuser
approval-reason = Motif
approval-reason-hint = Nécessaire pour renvoyer ou refuser. L’auteur le lira.
return-draft = Renvoyer pour correction
refuse-alert = Refuser cette alerte
approval-bound = Ce que lie votre approbation
approval-bound-hint = Si le texte, la zone, les canaux, l’échéance ou le nombre diffèrent, l’approbation est nulle.
bound-message = Empreinte du texte
bound-area = Empreinte de la zone
bound-sequence = Compte fait à l’entrée n°
approval-not-blocked = Les obstacles sont énumérés plus haut. Faites-les lever, renvoyez l’alerte ou refusez-la avec un motif.
approval-not-own-draft = Vous avez rédigé cette alerte. Une autre personne doit décider.
approval-not-own-unit = Cette alerte a été rédigée dans votre unité. L’approbation revient à une autre unité ; vous pouvez la renvoyer ou la refuser.
approval-not-expired = La validité demandée est expirée. Renvoyez-la pour en fixer une autre.
approval-not-stale = Cette alerte a été modifiée ou décidée depuis l’ouverture de la page. Rouvrez-la.
approval-not-not-yours = Votre rôle lit cette page et ne décide pas.

# Diffusion.
delivery-title = Diffusion de l’alerte :
no-deliveries = Aucune alerte n’a été envoyée.
figures-live = En direct, à { $x }
figures-still = Terminé, à { $x }
figure-inside = Dans la zone
figure-handed = Remis
figure-retrying = À réessayer
figure-failed = Échecs
figure-gone = Plus valables
figure-rate = Par seconde
figure-all-tried = de l’approbation à la dernière tentative
channels-title = Par canal
message-kind-alert = Alerte
message-kind-update = Mise à jour
message-kind-cancel = Annulation
delivery-state-pending = En attente
delivery-state-sending = En cours
delivery-state-retrying = Nouvel essai
delivery-state-done = Fini
delivery-state-withdrawn = Remplacée
delivery-state-dead = Abandonné
channel-web_push = Téléphones et navigateurs (notifications)
channel-public_page = Page de l’alerte
channel-cap_feed = Flux CAP
channel-webhook = Partenaires
channel-email = Courriel
channel-sms = SMS
dark-by-page = La page indique que l’alerte est terminée.
dark-by-feed = Le flux porte l’annulation.
dark-by-push = L’annulation remplace la notification sur chaque appareil.
dark-by-partner = L’annulation est remise à chaque système qui avait l’alerte, jusqu’à sa confirmation.
dark-by-hand = Des personnes demandent au partenaire de la retirer, et vérifient qu’elle a disparu.
recall-title = Retrait
recall-dark = Éteinte partout
recall-going = Retrait engagé
recall-done = Temps de retrait : { $x }, à { $y }.
recall-since = En cours depuis { $x }.
failures-title = Échecs par destinataire
no-failures = Aucun échec.
failures-shown = { $x } sur { $y } affichés, les plus récents d’abord.
given-up = abandonné
receipts-title = Accusés de réception
no-receipts = Pas encore d’accusé. Rien ne compte comme envoyé sans lui.
refresh-start = Recharger cette page toutes les 5 secondes
refresh-stop = Arrêter le rechargement

# Fin d’une alerte.
end-title = Mettre fin à l’alerte concernant
end-words = { $n ->
    [one] La photo et la page disparaissent aussitôt, les envois cessent, et { $n } personne qui l’a reçue est avertie de la fin. Le public ne sait jamais pourquoi.
   *[other] La photo et la page disparaissent aussitôt, les envois cessent, et { $n } personnes qui l’ont reçue sont averties de la fin. Le public ne sait jamais pourquoi.
}
end-second = Une seconde personne confirme le motif sous 30 minutes ; sinon l’autorité d’approbation est alertée.
end-why = Pourquoi elle prend fin
end-why-hint = Seul le service le lit.
end-do = Y mettre fin maintenant
confirm-end-title = Confirmer pourquoi l’alerte a pris fin :
confirm-end-words = L’alerte est déjà terminée pour le public. Vous confirmez seulement le motif ; la rétablir demande une nouvelle alerte et deux personnes.
confirm-end-own = Vous y avez mis fin vous-même : une autre personne doit confirmer.
confirm-end-do = Je confirme ce motif

# Signalements.
tips-words = Ce que l’on nous a dit. Un signalement ne change jamais un dossier à lui seul.
tips-filter = Quels signalements
tips-all = Tous
tips-new = À examiner : { $x }
tip-state-received = Nouveau
tip-state-linked = Rattaché
tip-state-dismissed = Écarté
live-on = En direct : les nouveaux apparaissent d’eux-mêmes.
live-lost = Connexion perdue – nouvel essai.
tip-no-place = Lieu non précisé
tip-seen-at = Vu :
tip-unread = { $n ->
    [one] { $n } nouvelle réponse
   *[other] { $n } nouvelles réponses
}
tip-one-title = Signalement concernant
tip-told = Ce qui a été dit
tip-where = Où c’était
sighting-when = Quand c’était
tip-distance = { $n ->
    [one] à { $n } km du dernier lieu connu
   *[other] à { $n } km du dernier lieu connu
}
tip-photo-title = Photo du signalement
tip-photo-warning = Une photo accompagne ce signalement. Elle peut choquer. L’ouverture est enregistrée.
tip-photo-open = Ouvrir la photo
tip-photo-opened = Ouverte par vous : c’est enregistré.
tip-photo-unblur = Afficher nettement
tip-photo-alt = Photo envoyée avec le signalement
tip-dialogue = Échange
dialogue-none = Rien n’a été dit depuis.
dialogue-public = La personne
tip-question = Poser une question
tip-question-hint = La personne la lit avec son code ; votre nom n’apparaît pas.
tip-ask = Envoyer la question
tip-link-title = Rattacher comme observation
tip-link-words = Rien n’en devient public ; cela peut être défait.
tip-link-do = Rattacher au dossier
tip-dismiss-title = Écarter ce signalement
tip-dismiss-why = Pourquoi l’écarter ?
dismiss-not_child = Ce n’est pas l’enfant
dismiss-duplicate = Déjà connu
dismiss-impossible = Impossible dans le temps ou l’espace
dismiss-hoax = Un canular
dismiss-no_detail = Rien d’utile
dismiss-other = Autre motif
tip-dismiss-note = Remarque
tip-dismiss-do = Mettre de côté

# Effacement.
erase-title = Demander l’effacement du dossier
erase-confirm-title = Seconde signature : effacer le dossier
erase-goes = Ce qui disparaît, pour toujours
erase-stays = Ce qui reste
erase-kind-answers = réponses de la déclaration
erase-kind-photos = photos, dans toutes les tailles
erase-kind-messages = textes d’alertes
erase-kind-tips = signalements et leurs échanges
erase-how = La clé de ce dossier est détruite : dans la base, son journal et chaque sauvegarde, les données deviennent illisibles.
erase-backups = { $n ->
    [one] Une sauvegarde des clés vit au plus { $n } jour.
   *[other] Une sauvegarde des clés vit au plus { $n } jours.
}
erase-stays-audit = entrées d’audit sans données personnelles ; la chaîne reste vérifiable
erase-stays-page = La page qui dit « cette alerte est terminée »
erase-stays-counts = Nombres et durées pour les statistiques, sans nom
erase-again = Si l’enfant disparaît de nouveau, une nouvelle déclaration reste possible.
erase-not-ended = Pas encore : une alerte est en cours ou son retrait n’est pas achevé.
erase-tips-waiting = { $n ->
    [one] Pas encore : { $n } signalement de ce dossier reste à examiner.
   *[other] Pas encore : { $n } signalements de ce dossier restent à examiner.
}
erase-reason = Motif de l’effacement
erase-reason-hint = Sans nom : le motif reste dans la demande.
erase-second = Rien ne disparaît encore : une seconde personne doit signer.
erase-ask = Demander cet effacement
erase-asked-by = Demandé par
erase-confirmed-by = Signé par
erase-own = Vous l’avez demandé : une autre personne doit signer.
erase-type-number = Saisissez le numéro du dossier
erase-type-number-hint = Tel qu’il figure dans le titre : ce qui part ne revient pas.
erase-do = Effacer pour toujours
erase-decline = Ne pas effacer
erase-done-title = Effacé : dossier
erase-done-words = La clé a été détruite le { $x }. Les données ne sont plus lisibles.
erase-count-gone = { $x } effacés
erase-keys-by = Dernière sauvegarde des clés détruite au plus tard le
chain-title = Chaîne d’audit
chain-whole = { $n ->
    [one] Intacte : { $n } entrée vérifiée.
   *[other] Intacte : { $n } entrées vérifiées.
}
chain-broken = { $n ->
    [one] Rompue à l’entrée { $n }.
   *[other] Rompue à l’entrée { $n }.
}

# Comptes.
people-list = Comptes
person-name = Nom complet
person-role = Rôle
person-role-officer = Officier de district
person-role-approver = Autorité d’approbation
person-role-prosecutor = Procureur
person-role-room = Salle de commandement et de coordination
person-role-unit = Unité de terrain
person-role-administrator = Administrateur
person-seen = Dernière connexion
person-never = jamais
person-account = Compte
person-own = le vôtre
person-disabled = désactivé
person-disable = Désactiver
person-enable = Réactiver
person-renew = Nouveaux secrets
person-new = Nouveau compte
person-unit = Unité ou poste
person-unit-hint = Affichée près du nom partout où deux personnes signent.
person-create = Créer ce compte
person-created = Compte créé : { $x }
person-once = Affiché une seule fois. À remettre en main propre.
person-password = Mot de passe provisoire

# Journal d’audit.
audit-words = Chaque acte et chaque lecture de dossier, chaque entrée scellée à la précédente.
audit-verify = Vérifier la chaîne
audit-head = Dernière empreinte :
audit-broken-more = Prévenez aussitôt l’exploitant et le procureur ; ne changez rien.
audit-search = Identifiant ou objet
audit-none = Aucune entrée.
audit-total = { $n ->
    [one] { $n } entrée en tout
   *[other] { $n } entrées en tout
}
audit-newer = Plus récentes
audit-older = Plus anciennes

# Ce qui ne va pas dans un formulaire.
wrong-missing = Une réponse est nécessaire.
wrong-hidden = Le texte contient des caractères cachés. Saisissez-le de nouveau.
wrong-markup = Écrivez du texte simple, sans balises.
wrong-not-an-answer = Choisissez une des réponses.
wrong-date = Ce n’est pas une date. Exemple : 2026-11-22.
wrong-future = Cette date est dans le futur.
wrong-not-a-child = La personne aurait dix-huit ans ou plus.
wrong-before-birth = Cette date précède la naissance.
wrong-degrees = La latitude est entre -90 et 90, la longitude entre -180 et 180.
wrong-swapped = La latitude et la longitude semblent inversées.
wrong-sign-in = Identifiant, mot de passe ou code incorrect.
wrong-code = Le code est incorrect. Attendez le suivant.
wrong-login = Au moins trois caractères : minuscules latines, chiffres, points, tirets.
wrong-login-taken = Cet identifiant est pris.
wrong-password-short = Le mot de passe est trop court.
wrong-passwords-differ = Les deux mots de passe diffèrent.
wrong-password = Le mot de passe est incorrect.
wrong-reason = Indiquez un motif.
wrong-radius = Indiquez le rayon en kilomètres : un nombre supérieur à zéro, sans unité. Exemple : 160.
wrong-area = La zone est incomplète ou n’enferme rien. Un sommet par ligne : latitude, longitude ; trois sommets au moins.
wrong-hours = Indiquez la validité en heures entières dans la limite.
wrong-photo-type = Ce n’est pas une photo JPEG, PNG ou WebP.
wrong-photo-large = La photo est trop lourde.
wrong-photo-broken = La photo est illisible.
wrong-photo-small = La photo est trop petite pour reconnaître un visage.
wrong-place = Choisissez le lieu dans la liste.
wrong-number = Ce n’est pas le numéro du dossier.
wrong-draft-changed = Quelqu’un a modifié le brouillon entre-temps. Comparez avant d’enregistrer.
draft-theirs = Y figure désormais : { $x }
wrong-confirm = Confirmez, ou corrigez.
wrong-count-drifted = Le nombre de personnes touchées a changé de plus de cinq pour cent. Revoyez la page.
wrong-too-long = { $n ->
    [one] Au plus { $n } caractère.
   *[other] Au plus { $n } caractères.
}
problem-of = { $x } : { $y }
wrong-range = Indiquez un nombre entier de { $x } à { $y }.
approval-untargeted = Canaux qui ne peuvent pas être limités à la zone
approval-untargeted-hint = Ils atteignent quiconque les lit, où que ce soit. Cochez pour les désigner tous avant d’approuver.
approval-sent = Ce que chaque canal enverra
approval-sent-hint = Le texte tel qu’il partira, caractère par caractère.
approval-sent-limit = Arrive en entier jusqu’à { $x } caractères.
recall-real = Retrait effectif
recall-best_effort = Retrait au mieux
recall-none = Retrait impossible
wrong-channels-not-named = Les canaux qui ne peuvent pas être limités à la zone ne sont pas tous nommés.
