# Ce qui a été fait, et pourquoi quelque chose a été refusé : les codes de l’application en phrases.

act-alert-approve = A approuvé l’alerte
act-alert-begin = A commencé une alerte
act-alert-begin_update = A commencé une mise à jour de l’alerte
act-alert-confirm_end = A confirmé la fin
act-alert-dark = Le dernier canal s’est éteint
act-alert-draft = A enregistré le brouillon
act-alert-end = A mis fin à l’alerte
act-alert-page_approver = L’autorité d’approbation a été alertée : personne n’a confirmé la fin
act-alert-read = A lu l’alerte
act-alert-redraft = A repris le brouillon renvoyé
act-alert-refuse = A refusé l’alerte
act-alert-return = A renvoyé l’alerte
act-alert-submit = A soumis l’alerte
act-audit-verify = A vérifié la chaîne d’audit
act-case-add_photo = A ajouté une photo
act-case-answer = A répondu à des questions
act-case-close = A clos le dossier
act-case-confirm_erasure = A signé l’effacement
act-case-decline_erasure = A refusé l’effacement
act-case-erase = La clé a été détruite : le dossier est effacé
act-case-erase_again = L’effacement a été achevé après une interruption
act-case-first_photo = A mis une autre photo en premier
act-case-read = A lu le dossier
act-case-receive = A reçu la déclaration et ouvert le dossier
act-case-remove_photo = A retiré une photo
act-case-request_erasure = A demandé l’effacement
act-case-search = A cherché parmi les dossiers
act-case-start = A commencé la déclaration
act-message-read = A ouvert le texte publié
act-person-create = A créé un compte
act-person-disable = A désactivé un compte
act-person-enable = A réactivé un compte
act-person-first = Est devenu le premier administrateur
act-person-password = A changé son mot de passe
act-person-re_authenticate = A redonné son mot de passe
act-person-read = A vérifié une seconde clé
act-person-renew = A donné de nouveaux secrets à quelqu’un
act-person-sign_in = S’est connecté
act-person-sign_in_refused = Connexion refusée
act-person-sign_out = S’est déconnecté
act-photo-read = A ouvert une photo
act-receipt-refuse = Un code de reçu n’existait pas
act-tip-answer = A répondu à une question sur un signalement
act-tip-ask = A posé une question sur un signalement
act-tip-dismiss = A écarté un signalement
act-tip-link = A rattaché un signalement
act-tip-read = A lu des signalements
act-tip-tell = A envoyé un signalement

problem-already_settled = Cette tâche est déjà réglée.
problem-alert_already_open = Ce dossier a déjà une alerte ouverte.
problem-alert_ended = L’alerte est terminée.
problem-alert_not_live = L’alerte n’est pas en cours.
problem-alert_still_prepared = Une alerte de ce dossier est encore en préparation : terminez-la d’abord.
problem-area_outside_country = La zone se trouve hors du pays.
problem-area_self_crossing = Le bord de la zone se croise lui-même.
problem-case_closed = Le dossier est clos.
problem-case_not_open_for_alert = L’état du dossier ne permet pas d’alerte.
problem-csrf = Le formulaire était trop ancien. Ouvrez la page à nouveau.
problem-disk_full = Le disque est plein ; rien n’a été modifié.
problem-district = Cela relève d’un autre district.
problem-erased = Le dossier a été effacé.
problem-erasure_decided = Cette demande a déjà été tranchée.
problem-erasure_not_done = L’effacement n’est pas encore achevé.
problem-failure = Une erreur est survenue de notre côté ; rien n’a été modifié.
problem-foreign_realm = Votre compte appartient à une autre installation.
problem-foreign_site = Le formulaire ne vient pas de notre propre page.
problem-holds_the_login = Le mot de passe ne doit pas contenir l’identifiant.
problem-invalid = Une donnée ne peut pas être acceptée.
problem-invitation_over = Ce lien a déjà servi ou est trop ancien.
problem-key_used_otherwise = Ce formulaire a déjà été envoyé avec un autre contenu.
problem-live_realm = Cela ne se fait pas dans l’installation réelle.
problem-malformed = Le formulaire est illisible.
problem-no_district = Votre compte n’a pas de district où recevoir des déclarations.
problem-no_question = Il n’y a pas de question à laquelle répondre.
problem-nobody_subscribed = Aucune personne recevant les alertes ne vit dans cette zone. Vérifiez le centre et le rayon, puis confirmez si c’est bien voulu.
problem-not_a_draft = Cette version n’est plus un brouillon.
problem-not_a_key = Ce formulaire n’a pas de clé propre. Ouvrez la page à nouveau.
problem-not_found = Cela n’existe pas.
problem-not_in_live = Cela ne se fait pas dans l’installation réelle.
problem-not_possible_now = Ce n’est plus possible : la situation a changé entre-temps.
problem-not_returned = Cette version n’a pas été renvoyée.
problem-cap_not_signed = Le message ne peut être ni écrit ni signé comme document CAP : il n’est donc pas diffusé. Prévenez l’exploitant du système ; la raison figure dans son journal.
problem-not_signed = Les deux accords ne concordent pas. Soumettez l’alerte à nouveau.
problem-not_submitted = Cette version n’attend pas de décision.
problem-not_the_first = Il existe déjà des comptes.
problem-outside_country = Ce lieu est hors du pays.
problem-own_account = Personne ne désactive son propre compte.
problem-photo_in_use = La photo fait partie d’une alerte et reste.
problem-photo_missing = Cette photo n’existe plus. Choisissez-en une autre.
problem-photo_of_a_tip = Cette photo appartient à un signalement.
problem-receipt_unknown = Rien ne correspond à ce code de reçu.
problem-report_incomplete = La déclaration est incomplète : terminez-la d’abord.
problem-role = Votre rôle ne le permet pas.
problem-same_person = Une seconde personne doit le faire.
problem-settled_by_the_act = Cette tâche ne se coche pas : l’acte qu’elle attend la règle.
problem-spawn = Les photos ne peuvent pas être prises en ce moment. Réessayez bientôt.
problem-store = Une erreur est survenue à l’enregistrement ; rien n’a été modifié.
problem-template = Les phrases ne peuvent pas être formées avec ces éléments. Rédigez le titre vous-même.
problem-too_large = L’envoi est trop volumineux.
problem-too_many_receipts = Trop de codes de reçu erronés. Revenez dans une heure.
problem-too_often = Trop souvent. Patientez un peu, puis réessayez.
problem-try_again = Cela n’a pas fonctionné ; rien n’a été modifié. Réessayez dans un instant.
problem-unknown_field = Cette question n’existe pas.
problem-unknown_language = Cette langue n’est pas parlée ici.

problem-too_many_photos = { $n ->
    [one] Un dossier contient au plus { $n } photo. Retirez-en une d’abord.
   *[other] Un dossier contient au plus { $n } photos. Retirez-en une d’abord.
}
receipt-published = { $n ->
    [one] Publiée.
   *[other] Publiée à { $n } endroits.
}
receipt-withdrawn = { $n ->
    [one] Retirée.
   *[other] Retirée chez { $n } destinataires.
}
receipt-targeted = { $n ->
    [0] Aucun destinataire.
    [one] { $n } destinataire retenu.
   *[other] { $n } destinataires retenus.
}
act-case-closing_corrected = A rectifié une démarche consignée
act-case-closing_done = A consigné une démarche avant clôture
act-case-closing_skipped = A laissé une démarche de côté, avec nom et raison
act-case-closing_taken_back = Est revenu sur une démarche consignée
act-case-hold = A suspendu l’effacement
act-case-lift_hold = A levé la suspension de l’effacement
act-case-link_episode = A lié un autre dossier du même enfant
problem-closing_open = Le dossier ne peut être clos : il reste des démarches à faire.
problem-closing_before = Une démarche qui vient avant n’est pas consignée.
problem-closing_stands_on = Une démarche ultérieure s’y appuie : revenez d’abord sur celle-ci.
problem-closing_not_needed = Ce dossier n’a pas besoin de cette démarche.
problem-closing_settled = Cette démarche est déjà consignée ou déjà reprise.
problem-closing_receipts = Cela résulte des accusés de réception et ne se déclare pas.
problem-hold_lifted = Cette suspension est déjà levée.
problem-in_the_past = Cette date est passée.
problem-no_outcome = L’issue du dossier n’est pas consignée.
problem-under_hold = Ce dossier est conservé sur ordre et ne s’efface pas.
problem-proceedings_open = Une procédure est en cours : le dossier ne s’efface pas.
act-found-register = A inscrit un enfant trouvé
act-found-read = A lu le dossier d’un enfant trouvé
act-found-photo = A ajouté la photo d’un enfant trouvé
act-found-propose = A proposé à qui est un enfant trouvé
act-found-link = A confirmé à qui est un enfant trouvé
act-found-decline = A écarté un rapprochement
act-found-close = A clos sans dossier un enfant trouvé
act-found-erase = A effacé le dossier d’un enfant trouvé
problem-place_not_found = Aucun lieu de ce nom.
problem-erased_with_its_case = Il s’efface avec son dossier.
act-case-venue_open = A alerté le personnel d’un lieu
act-case-venue_found = A dit l’enfant égaré retrouvé
act-case-venue_expire = Le délai de l’alerte du lieu est écoulé
act-case-venue_grow = A fait de l’alerte du lieu un dossier national
act-venue-add = A ajouté un lieu
act-venue-staff_on = A ajouté au personnel d’un lieu
act-venue-staff_off = A retiré du personnel d’un lieu
problem-not_staff = Cette alerte est pour le personnel d’un autre lieu.
problem-venue_taken = Ce code est celui d’un autre lieu.
problem-not_in_country = Ce point n’est pas dans le pays.
problem-venue_radius = Écrivez le rayon en kilomètres, de 0,05 à 2.
problem-venue_minutes = De 5 à 60 minutes.
problem-no_such_login = Personne n’a cet identifiant.
problem-not_of_the_venue = Seules les personnes d’une unité du district du lieu peuvent faire partie de son personnel.
problem-period_runs = Cette période n’est pas terminée. Ses chiffres seront publiables une fois qu’elle le sera.
problem-not_of_the_district = Ce service relève d’un autre district.
problem-not_a_period = Indiquez une semaine comme 2026-W47 ou une année comme 2026.
problem-not_utf8 = Ce fichier n’est pas en UTF-8. Dans le tableur, choisissez « CSV UTF-8 » à l’enregistrement.
problem-nothing_to_take = Rien à appliquer : le fichier est vide, ne change rien ou contient une ligne à corriger.
problem-roster_columns_missing = La première ligne doit nommer au moins les colonnes login, name et role.
problem-too_many_new = Un fichier crée au plus 200 comptes : partagez-le.
problem-account_disabled = Ce compte est fermé ; ouvrez-le d’abord.
problem-changed_meanwhile = Les comptes ont changé entre-temps : vérifiez à nouveau.
problem-own_move = Personne ne se mute soi-même.
problem-moved_nowhere = Fonction, district et unité sont déjà ceux-là.
