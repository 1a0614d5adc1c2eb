# Enfants égarés dans un lieu public.

nav-venues = Enfants égarés sur place
origins = À l’origine de ce dossier :
origin-venue = Égaré sur place : { $x }
nav-venue-list = Lieux et leur personnel
venues-words = Alerte au seul personnel du lieu, pour quelques minutes. Le public n’en voit rien. Si l’enfant n’est pas retrouvé, elle devient un dossier national en un geste.
venues-none = Aucune alerte en cours dans un lieu.
venue-state-live = En cours
venue-state-expired = Délai écoulé
venue-state-found = Retrouvé
venue-state-grown = Devenu dossier national
venue-age = Âge
venue-new = Un enfant vient de s’égarer
venue-name = Prénom
venue-name-hint = Dans l’écriture que vous voulez
venue-years = Âge en années (estimé)
venue-looks = Aspect et vêtements
venue-where = Lieu
venue-open = Alerter le personnel du lieu
venue-within = dans un rayon de { $x } km
venue-look-now = Cherchez maintenant.
venue-over = Le délai est écoulé : dites si l’enfant est retrouvé, ou faites-en un dossier national.
venue-was-found = L’enfant est retrouvé. Le dossier est clos ; son effacement est dû dans quelques jours.
venue-was-grown = C’est devenu un dossier national.
venue-found = L’enfant est retrouvé
venue-grow = En faire un dossier national
venue-opened-by = Donnée par
venue-list-words = Un lieu sans personnel désigné alerte toutes les unités de son district.
venue-list-title = Lieux
venue-list-new = Ajouter un lieu
venue-list-add = Ajouter le lieu
venue-staff-none = Personne de désigné : les unités du district.
venue-staff-login = Identifiant d’un agent à ajouter
venue-staff-add = Ajouter au personnel
venue-kind = Nature du lieu
venue-kind-souk = Marché, souk
venue-kind-stadium = Stade
venue-kind-beach = Plage
venue-kind-mall = Centre commercial
venue-kind-fair = Foire ou moussem
venue-kind-station = Gare
venue-field-id = Code court (minuscules, chiffres, tirets)
venue-field-name_ar = Nom en arabe
venue-field-name_fr = Nom en français
venue-field-name_en = Nom en anglais
venue-field-lat = Latitude
venue-field-lon = Longitude
venue-field-radius_km = Rayon en kilomètres (0,05 à 2)
venue-field-minutes = Durée de l’alerte en minutes (5 à 60)
venues-open-now = { $x } en attente
duty-decide_venue = Décider d’un enfant égaré, délai écoulé
venues-open = { $n ->
    [one] { $n } alerte en attente
   *[other] { $n } alertes en attente
}
venue-minutes-n = { $n ->
    [one] { $n } minute d’alerte
   *[other] { $n } minutes d’alerte
}
