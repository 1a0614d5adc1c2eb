# Les agents par fichier, et leur mutation.

roster-title = Les agents par fichier
roster-words = Le fichier ajoute des comptes et en modifie ; il n’en ferme jamais. Rien n’est changé avant votre confirmation.
roster-hint = CSV en UTF-8, séparé par des virgules ou des points-virgules ; colonnes login, name, role, district, unit
roster-file = Fichier
roster-export = Télécharger les comptes actuels (CSV)
roster-look-at = Vérifier le fichier
roster-look = Ce que fera ce fichier
roster-line = Ligne
roster-verdict = Effet
roster-verdict-new = Nouveau compte
roster-verdict-changed = Modifié
roster-verdict-same = Inchangé
roster-verdict-wrong = À corriger
roster-why = { $x } : { $y }
roster-column-login = Identifiant
roster-column-name = Nom
roster-column-role = Fonction
roster-column-district = District de police
roster-column-unit = Unité
roster-new =
    { $n ->
        [0] Aucun nouveau compte
        [one] { $n } nouveau compte
       *[other] { $n } nouveaux comptes
    }
roster-made =
    { $n ->
        [0] Aucun compte créé.
        [one] { $n } compte créé.
       *[other] { $n } comptes créés.
    }
roster-changed =
    { $n ->
        [0] Aucun compte modifié
        [one] { $n } compte modifié
       *[other] { $n } comptes modifiés
    }
roster-same =
    { $n ->
        [0] Aucun compte inchangé
        [one] { $n } compte inchangé
       *[other] { $n } comptes inchangés
    }
roster-wrong =
    { $n ->
        [0] Aucune ligne à corriger
        [one] { $n } ligne à corriger
       *[other] { $n } lignes à corriger
    }
roster-missing =
    { $n ->
        [0] Aucun compte absent du fichier
        [one] { $n } compte absent du fichier
       *[other] { $n } comptes absents du fichier
    }
roster-missing-words = Ils restent tels quels. Pour fermer un compte, passez par la liste des comptes.
roster-not-yet = Le fichier ne peut pas être appliqué : corrigez les lignes signalées, ou ajoutez ce qui change, puis vérifiez à nouveau.
roster-take-words = Tout est appliqué en une fois, ou rien. Les sessions des agents mutés prennent fin aussitôt.
roster-take = Appliquer le fichier
roster-reason-hint = Elle vaut pour chaque agent que ce fichier change de fonction, de district ou d’unité.
roster-secrets = À remettre à chacun
move-title = Mutation : { $x }
move-words = La mutation prend effet aussitôt : ses sessions prennent fin. Les approbations déjà données restent valables, avec l’unité d’alors.
move-now = Affectation actuelle
move-begun = Travail commencé
move-begun-none = Rien en cours dans ce district.
move-begun-report = déclaration encore en saisie
move-begun-alert = alerte encore en préparation
move-service = Service dont l’agent lit les télégrammes
move-service-hint = Un service de district est quitté avec le district ; un service national suit l’agent, sauf choix contraire.
move-service-follows = Selon la règle
move-service-none = Aucun service
move-hand-to = Qui reprend ce travail ?
move-hand-to-hint = Une tâche est inscrite au tableau pour chaque dossier.
move-stays = Il reste au district
move-reason = Motif de la mutation
move-do = Muter l’agent
move-earlier = Mutations antérieures
move-from-to = De : { $x } ; à : { $y }
person-move = Muter
people-file = Importer ou exporter par fichier
duty-take_over_work = Reprendre le travail commencé par un agent muté
act-person-move = A muté un agent
act-person-rename = A changé le nom d’un agent
