# Children lost at a venue.

nav-venues = Lost at a venue
origins = Where this case comes from:
origin-venue = Lost at { $x }
nav-venue-list = Venues and their staff
venues-words = An alert to the staff of the venue only, for some minutes. The public sees nothing of it. If the child is not found, it becomes a national case by one click.
venues-none = No alert at any venue.
venue-state-live = Live
venue-state-expired = Time is over
venue-state-found = Found
venue-state-grown = Became a national case
venue-age = Age
venue-new = A child is lost now
venue-name = First name
venue-name-hint = In any script
venue-years = Age in years (estimated)
venue-looks = Looks and clothes
venue-where = Venue
venue-open = Alert the staff
venue-within = within { $x } km
venue-look-now = Look now.
venue-over = The minutes are over: say that the child is found, or make it a national case.
venue-was-found = The child is found. The file is closed and due for erasure after some days.
venue-was-grown = It became a national case.
venue-found = The child is found
venue-grow = Make it a national case now
venue-opened-by = Opened by
venue-list-words = A venue without named staff alerts all units of its district.
venue-list-title = Venues
venue-list-new = Add a venue
venue-list-add = Add the venue
venue-staff-none = Nobody named: the units of the district.
venue-staff-login = Login of somebody to add
venue-staff-add = Add to the staff
venue-kind = Kind of venue
venue-kind-souk = Market, souk
venue-kind-stadium = Stadium
venue-kind-beach = Beach
venue-kind-mall = Mall
venue-kind-fair = Fair
venue-kind-station = Station
venue-field-id = Short code (small letters, digits, dashes)
venue-field-name_ar = Name in Arabic
venue-field-name_fr = Name in French
venue-field-name_en = Name in English
venue-field-lat = Latitude (degrees)
venue-field-lon = Longitude (degrees)
venue-field-radius_km = Radius in kilometres (0.05 to 2)
venue-field-minutes = Minutes an alert lives (5 to 60)
venues-open-now = { $x } waiting
duty-decide_venue = Decide about a child lost at a venue
venues-open = { $n ->
    [one] { $n } alert waits
   *[other] { $n } alerts wait
}
venue-minutes-n = { $n ->
    [one] for { $n } minute
   *[other] for { $n } minutes
}
