# Les mots de toutes les pages.
app-name = Tifli
console-name = Tifli – console de police
skip-to-content = Aller au contenu
choose-language = Langue
published-by = Publié par
footer-links = Autres pages
link-current-alerts = Alertes en cours
link-subscribe = Recevoir les alertes
link-verify = Vérifier une alerte
link-tip-return = Revenir à votre signalement
link-about = À propos de ce service
banner-demo = DÉMONSTRATION – enfants imaginaires, rien n’est réel ici
banner-drill = EXERCICE – ceci est un entraînement, pas une vraie alerte
short-demo = DÉMONSTRATION
short-drill = EXERCICE
error-summary-title = Merci de corriger ce qui suit
ago-now = à l’instant
ago-minutes = { $n ->
    [one] il y a { $n } minute
   *[other] il y a { $n } minutes
}
ago-hours = { $n ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}
ago-days = { $n ->
    [one] il y a { $n } jour
   *[other] il y a { $n } jours
}
