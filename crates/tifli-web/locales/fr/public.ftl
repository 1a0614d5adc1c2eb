# Les mots des pages publiques.

## Alerte

alert-tag = { $sex ->
    [girl] Fille disparue
    [boy] Garçon disparu
   *[other] Enfant disparu
}
i-saw = { $sex ->
    [girl] J’ai vu cette enfant
    [boy] J’ai vu cet enfant
   *[other] J’ai vu cet enfant
}
age-years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
}
age-months = { $n ->
    [one] { $n } mois
   *[other] { $n } mois
}
list-comma = ,
when-around = vers le { $time }
when-between = entre le { $from } et le { $to }
photo-of = Photo de { $name }
no-photo = Pas encore de photo
missing-since = Disparition :
last-seen-at = Dernier lieu connu :
updated-at = Mis à jour :
call-now = Appelez le
clothes = Vêtements
marks = Signes particuliers
speaks = Langues parlées
area-title = Zone de recherche
area-map = Carte de la zone de recherche autour du dernier lieu connu
share-title = Aidez à diffuser l’alerte
share-hint = Partagez le lien de cette page, ne copiez pas la photo. À la fin de l’alerte, la photo et le prénom disparaissent du lien ; une copie, elle, peut suivre l’enfant pendant des années.
issued-at = Publiée le
expires-at = L’alerte prend fin le
verify-code = Code de vérification
verify-hint = Saisissez ce code sur la page de vérification pour vous assurer que l’alerte vient de nous.

## Fin de l’alerte

ended-title = Cette alerte est terminée
ended-delete = Merci de supprimer ce que vous avez partagé.
ended-why = Pour protéger les enfants, nous ne publions plus aucun détail après la fin d’une alerte, quelle qu’en soit la raison.
ended-thanks = Merci à toutes celles et ceux qui ont aidé.

## Alertes en cours

current-title = Enfants disparus : alertes en cours
current-none = Aucune alerte n’est en cours actuellement.
current-count = { $n ->
    [one] { $n } alerte en cours.
   *[other] { $n } alertes en cours.
}
feed-title = Flux des alertes en cours
subscribe-call = Soyez prévenus près de chez vous
subscribe-call-more = Recevez une alerte sur votre téléphone quand un enfant disparaît dans votre secteur. Sans compte, sans nom, sans numéro.
doubt-title = Un doute sur une alerte ?
doubt-more = Vérifiez avant de partager : il suffit du code écrit sur l’alerte.

## Signalement du public

title-error = Erreur :
tip-title = Dire à la police ce que vous avez vu
tip-about = Au sujet de :
tip-urgent = Si l’enfant est devant vous ou en danger, appelez tout de suite le
tip-anonymous = Nous ne demandons ni votre nom ni votre numéro. Chaque détail compte, même si vous n’êtes pas sûr.
tip-seen = Qu’avez-vous vu ?
tip-seen-hint = Par exemple : ses vêtements, qui l’accompagnait, dans quelle direction, la couleur de la voiture.
tip-place = Où ?
tip-place-hint = Une ville, un quartier, une rue, ou décrivez l’endroit avec vos mots.
find-place = Chercher
tip-which-place = Est-ce l’un de ces lieux ?
tip-when = Quand ?
tip-when-hint = L’heure approximative suffit.
tip-photo = Une photo, si vous en avez une
tip-photo-hint = Ajoutez-la en dernier : chercher un lieu vide ce champ. Ne prenez aucun risque pour une photo. 10 Mo au plus.
tip-trap = Laissez ce champ vide
tip-trapped = Ce champ devait rester vide, rien n’a été envoyé. Videz-le et envoyez de nouveau.
tip-send = Envoyer
tip-thanks-title = Merci
tip-thanks-stored = Votre signalement est arrivé et enregistré. Un policier va le lire.
receipt-title = Votre numéro de reçu
receipt-why = La police aura peut-être des questions. Avec ce numéro, vous pouvez revenir y répondre sans dire qui vous êtes.
receipt-keep = Notez ce numéro ou faites une capture d’écran.
receipt-only-once = Il n’est affiché qu’une fois ; nous ne pouvons pas le retrouver.
receipt-return = Pour revenir plus tard :
tip-return-title = Revenir à votre signalement
tip-return-more = Saisissez votre numéro de reçu pour voir si la police a des questions.
receipt-label = Numéro de reçu (16 chiffres)
receipt-unknown = Aucun témoignage ne porte ce numéro de reçu. Vérifiez les chiffres.
receipt-hint = Avec ou sans espaces.
tip-return-open = Continuer
dialogue-title = Votre signalement
dialogue-progress = État :
tip-progress-received = reçu
tip-progress-looking = en cours d’examen
dialogue-limits = Pour protéger l’enfant et l’enquête, nous ne pouvons pas en dire plus ici.
dialogue-no-question = Il n’y a pas de question ouverte pour le moment. Revenez plus tard.
dialogue-police = La police
dialogue-you = Vous
dialogue-answer = Votre réponse, ou ce qui vous est revenu
dialogue-answer-hint = N’écrivez votre nom que si vous le souhaitez.
dialogue-send = Envoyer la réponse

## Abonnement

subscribe-title = Recevoir les alertes sur cet appareil
subscribe-more = Quand une alerte couvre votre secteur, une notification s’affiche ; quand elle prend fin, elle s’efface.
subscribe-place = 1. Où êtes-vous le plus souvent ?
subscribe-place-hint = Écrivez le nom d’une ville, d’un quartier ou d’un village.
subscribe-none-found = Lieu introuvable. Essayez une autre orthographe ou la ville la plus proche.
subscribe-which-place = 2. Choisissez le lieu
subscribe-language = 3. Langue des alertes
subscribe-on = Activer les alertes
subscribe-off = Ne plus recevoir d’alertes sur cet appareil
push-done = C’est fait. Vous recevrez les alertes qui couvrent votre secteur.
push-removed = C’est arrêté. Tout ce que nous gardions sur cet appareil est effacé.
push-refused = Votre navigateur bloque les notifications de ce site. Autorisez-les dans ses réglages, puis réessayez.
push-unsupported = Ce navigateur ne gère pas les notifications. Sur iPhone, suivez les étapes en bas de page.
push-failed = L’opération a échoué. Vérifiez votre connexion, puis réessayez.
push-choose-place = Choisissez d’abord un lieu.
push-waiting = Activation en cours…
push-not-set-up = Les notifications ne sont pas encore disponibles sur ce site.
push-needs-script = Les notifications ont besoin de JavaScript. Sans lui, suivez les alertes sur la page d’accueil ou avec un lecteur de flux.
coarse-title = Que savons-nous de vous ?
coarse-more = Seulement une zone approximative partagée par au moins cent abonnés, la langue, et une adresse technique pour la notification. Ni votre position, ni vos déplacements.
coarse-leave = Vous pouvez arrêter à tout moment depuis cette page : tout est alors effacé.
iphone-title = Sur iPhone et iPad
iphone-more = Ouvrez cette page dans Safari, touchez Partager, puis « Sur l’écran d’accueil ». Ouvrez Tifli depuis la nouvelle icône et activez les alertes.

## À propos

about-what = Ce service prévient les habitants proches quand un enfant disparaît, transmet à la police ce qu’ils ont vu, puis retire toute trace de l’alerte quand elle prend fin. La police seule décide de publier, avec l’accord du représentant légal ou sur décision du procureur.
about-end = Il n’existe aucune liste des alertes terminées.
about-data-title = Vos données
about-data-tips = Ce que vous nous dites est chiffré et lu seulement par les personnes chargées du dossier.
about-data-push = L’abonnement aux alertes ne connaît ni votre nom ni votre position exacte.
about-data-cookies = Ces pages n’ont ni traceur, ni publicité, ni service extérieur.
about-credits-title = Sources et remerciements
credit-fonts = Polices de caractères :
credit-programs = Logiciels libres des pages :

## Quand une page manque

problem-not-found = Page introuvable
problem-not-found-more = L’adresse est peut-être incomplète. Vérifiez-la ou revenez aux alertes en cours.
problem-gone = Cette page n’existe plus
problem-gone-more = Son contenu a été retiré définitivement.
problem-forbidden = Vous n’avez pas accès à cette page
problem-forbidden-more = Si votre travail l’exige, adressez-vous à la personne qui gère votre compte.
problem-session = Votre session a expiré
problem-session-more = Revenez à la page précédente et réessayez, ou reconnectez-vous.
problem-too-many = Trop de demandes en peu de temps
problem-too-many-more = Attendez une minute puis réessayez. En cas d’urgence, appelez la police.
problem-too-large = Le fichier est trop volumineux
problem-too-large-more = Choisissez une photo plus légère ou envoyez votre signalement sans photo.
problem-server = Une erreur s’est produite de notre côté
problem-server-more = Votre demande n’a sans doute pas été enregistrée. Réessayez dans un instant. En cas d’urgence, appelez la police.
problem-reference = Référence :
