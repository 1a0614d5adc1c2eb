# Ce que pèse l'autorité qui approuve, la proposition d'un autre palier, et le chemin vers la fin depuis chaque page.
field-in-language = { $x } ({ $y })
glance-title = En un coup d’œil
glance-people = personnes alertées
glance-clear = Aucun avertissement
glance-decide = Décider
glance-blocking =
    { $n ->
        [one] { $n } avertissement bloquant
       *[other] { $n } avertissements bloquants
    }
glance-confirm =
    { $n ->
        [one] { $n } avertissement à confirmer
       *[other] { $n } avertissements à confirmer
    }
warnings-title = Avertissements sur le texte
warnings-none = Rien à signaler dans les textes
severity-blocks = Bloquant
severity-confirm = À confirmer
severity-advice = Conseil
finding-event_against_report = La nature de l’événement n’est pas celle de la déclaration. Renvoyez l’alerte : elle sera fixée de nouveau à la soumission.
finding-abduction_word = Un mot d’enlèvement, alors que rien n’établit que l’enfant a été emmené :
finding-family_phone = Un numéro de téléphone de la famille ou de l’enfant :
finding-radius_in_metres = Des mètres, alors que la zone est en kilomètres :
finding-runaway_word = Un mot de fugue, pour un enfant qui a été emmené :
finding-demeaning_word = Un mot dégradant pour l’enfant :
finding-status_word = Un mot sur la garde, le placement ou des infractions :
finding-family_name = Le nom de famille :
finding-unknown_phone = Un numéro qui n’est pas celui de l’autorité :
finding-radius_without_unit = Un rayon sans unité :
finding-language_missing = Pas de texte dans cette langue. L’alerte n’a pas à l’attendre.
finding-place_cut = Le lieu est trop long pour un canal et y paraît ainsi :
confirm-warnings = Je confirme que ceci peut figurer dans l’alerte
confirm-reason = Pourquoi cela peut y figurer
confirm-reason-hint = Conservé avec la décision, à l’intention de qui la contrôle.
run-gone = Supprimé :
run-added = Ajouté :
run-end = (fin)
changed-area = La zone sur la carte n’est plus la même.
changed-photo = La photo est une autre, ou il n’y en a plus.
texts-fields = Les textes, champ par champ
sent-raw = Tel qu’il part, caractère par caractère
sent-changed = Les différences avec le courriel déjà parti sont marquées.
push-look-title = Notification sur le téléphone
push-alert = Enfant disparu
push-update = Mise à jour : enfant disparu
push-drill = EXERCICE
push-demo = DÉMONSTRATION
push-comma = ,{" "}
push-years =
    { $n ->
        [one] { $n } an
       *[other] { $n } ans
    }
attention-title = Alertes reçues ici au cours des 30 derniers jours
attention-here =
    { $n ->
        [0] Aucune autre alerte n’a touché personne ici.
        [one] { $n } alerte a touché des personnes ici.
       *[other] { $n } alertes ont touché des personnes ici.
    }
attention-forgotten =
    { $n ->
        [one] { $n } autre a été effacée ; sa zone n’est plus connue.
       *[other] { $n } autres ont été effacées ; leurs zones ne sont plus connues.
    }
attention-counted-subscribers = Abonnés de la zone, d’après les zones de ces alertes.
attention-counted-residents = Aucun abonné dans la zone : habitants selon le recensement, d’après le recouvrement des zones.
attention-sampled = Estimation sur un échantillon régulier de lieux.
attention-had-0 = Aucune
attention-had-1 = 1 alerte
attention-had-2 = 2 alertes
attention-had-3 = 3 ou plus
attention-alerts =
    { $n ->
        [one] { $n } alerte
       *[other] { $n } alertes
    }
attention-over = { $x } des personnes d’ici ont déjà reçu { $y } ou plus ce mois-ci. Une de plus risque de passer inaperçue : une zone plus petite ou une alerte plus discrète peut mieux servir l’enfant.
loudness-title = Intensité de la diffusion
loudness-hour = Il est { $x } sur place.
loudness-asleep = La plupart des gens dorment.
loudness-awake = Les gens sont éveillés.
loudness-danger = Un danger est connu.
loudness-proposed = proposé
loudness-quiet = Discrète
loudness-normal = Normale
loudness-siren = Sirène
loudness-heard = { $x } : { $y }
heard-nothing = personne n’est appelé ; qui vient lit
heard-shown = affichée sans son ; un téléphone en veille n’est pas réveillé
heard-sound = un son, selon le réglage du téléphone
heard-insistent = son et vibration, reste à l’écran jusqu’au toucher ; un navigateur n’a pas de sirène
heard-as_set = selon le réglage de la messagerie du lecteur
heard-asked = le système du partenaire en est prié et décide
heard-partner = le système du partenaire décide selon ses propres règles
other-decisions = Renvoyer, refuser, proposer un autre palier
another-rung = Autre palier
another-rung-hint = L’auteur le lit avec le motif ci-dessus et peut le reprendre en un seul acte. Pour le télégramme seul, refusez.
propose-rung = Renvoyer avec ce palier
returned-rung = Proposé à la place : { $x }
take-rung = Reprendre ce palier
take-rung-hint = Le palier est alors décidé, et un nouveau brouillon aux mêmes textes va aussi loin qu’il le permet.
ending-this = Mettre fin à cette alerte
ending-some =
    { $n ->
        [one] Mettre fin à une alerte ({ $n } en cours)
       *[other] Mettre fin à une alerte ({ $n } en cours)
    }
end-list-title = Mettre fin à une alerte
end-list-words = Une seule personne met fin à une alerte, aussitôt. La page suivante demande pourquoi.
end-list-none = Aucune alerte en cours à laquelle vous puissiez mettre fin.
end-list-since = En cours depuis
end-list-do = Mettre fin à l’alerte concernant { $x }
problem-family_phone = Ce champ contient un numéro de la famille ou de l’enfant. Seuls les numéros de l’autorité sont diffusés.
problem-radius_in_metres = Ce champ parle de mètres ; la zone est en kilomètres.
problem-warnings_block = Un avertissement bloque cette alerte. Renvoyez-la pour correction.
problem-warnings_not_confirmed = Confirmez chaque avertissement qui le demande, avec un motif, ou renvoyez l’alerte.
problem-rung_is_refusal = Pour le télégramme seul, refusez l’alerte : le représentant légal en est alors informé.
problem-rung_not_chosen = Choisissez le palier que vous proposez.
problem-no_rung_proposed = Aucun autre palier n’a été proposé avec cette version, ou il a déjà été repris.
act-case-take_rung = A repris le palier proposé par l’autorité d’approbation
