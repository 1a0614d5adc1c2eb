# Ce qui reste à faire dans un dossier, et pour quand.
nav-board = Tableau
case-sections = Pages du dossier
section-duties = À faire
board-words = Ce que quelqu’un doit faire, le plus urgent en premier. Ce qui dépasse son heure est signalé à la salle et reste ici jusqu’à ce que ce soit fait.
board-empty = Rien n’attend.
board-late = { $n ->
    [0] Rien n’est en retard
    [one] { $n } tâche en retard
   *[other] { $n } tâches en retard
}
board-late-now = En retard : { $x }
duty-late = En retard
duty-paged = Salle alertée
duty-settle = Marquer comme fait
duty-note = Comment cela a-t-il été fait ?
duty-go = Ouvrir
duty-end-done = Fait
duty-end-needless = Devenu sans objet
duty-publish = Décider : alerte ou motif de ne pas alerter
duty-decide = Approuver, renvoyer ou refuser l’alerte
act-duty-settle = A marqué une tâche comme faite
act-duty-page_room = Salle alertée d’une tâche en retard
duty-triage_tips = Traiter les signalements en attente
