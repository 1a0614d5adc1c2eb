# Words of every page.
app-name = Tifli
console-name = Tifli – police console
skip-to-content = Go to the content
choose-language = Language
published-by = Published by
footer-links = More pages
link-current-alerts = Current alerts
link-subscribe = Receive alerts
link-verify = Check an alert
link-tip-return = Come back to your information
link-about = About this service
banner-demo = DEMONSTRATION – invented children, nothing here is real
banner-drill = EXERCISE – this is practice, not a real alert
short-demo = DEMONSTRATION
short-drill = EXERCISE
error-summary-title = Please correct the following
ago-now = just now
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
