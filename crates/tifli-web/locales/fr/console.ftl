# Les mots des pages avec connexion : le cadre.
nav-main = Navigation principale
nav-waiting = { $n ->
    [one] { $n } en attente
   *[other] { $n } en attente
}
sign-out = Se déconnecter
nav-cases = Dossiers
nav-new-report = Nouvelle déclaration
nav-tips = Signalements
nav-bulletins = Télégrammes
nav-decisions = À décider
nav-room = Salle de commandement
nav-delivery = Diffusion
nav-call = Ligne d’appel
nav-tasks = Recherches
nav-people = Personnes
nav-health = État du système
nav-audit = Journal d’audit
role-officer = Officier de district
role-approver = Autorité de décision
role-room = Salle de commandement
role-line = Ligne d’appel
role-prosecutor = Parquet
role-field = Unité de terrain
role-operator = Exploitant du système
role-auditor = Auditeur
