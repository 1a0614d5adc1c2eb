# Checking an alert, feeds, embeds: what the public and other sites hold in their hands.

## Checking an alert

verify-label = Code, link or text of the alert
verify-label-hint = Type the code, or paste the link or the whole message you received. We keep nothing of it.
verify-send = Check
verify-open = Open the alert
verify-active = Yes, this alert is ours and active
verify-active-more = Compare photo and name with what you received before you share.
verify-ended = This alert was ours and has ended
verify-ended-more = Please do not share it any more, and delete what you shared.
verify-not-ours = This is not ours
verify-not-ours-more = No alert of ours has this code, this address or exactly this text. Please do not share it. If you typed a code, make sure it is typed as written.
verify-exercise = This is an exercise
verify-exercise-more = No child is missing. Please do not share it.
verify-differs = It differs from the original: something was changed or added, if only a letter. Please do not share it; rely on the page of the alert alone.
verify-outdated = A newer version of this alert is out. Open it before you share.
verify-foreign-address = The address leads to another site, whatever its end looks like. Please do not open or share it.
verify-too-long = This is too long for an alert. Paste the message alone.
verify-qr = QR code that leads to the check of this alert
verify-offline = For devices without a network there is a signed answer that can be checked by itself.
verify-offline-link = How it works

## Embed

embed-all = All current alerts

## Feeds and embeds

link-feeds = Feeds and embeds
feeds-more = For newsrooms, sites, public screens and programs. Everything here changes by itself: when an alert ends it leaves within seconds, photo and name included.
feeds-keep = Show it as it is and copy nothing: a copy does not know when the alert ends.
feeds-title = Feeds
feeds-region = Region
feeds-whole = Whole country
feeds-category = To have one category alone, add it to the address in the standard’s word:
feeds-cap = Each entry links the alert as a CAP 1.2 document. The address of a document never changes its content; after the end it answers 410 and names the message that ends it.
feeds-embed-title = On a page
feeds-embed-more = A frame without scripts, in your readers’ language. It renews itself.
feeds-screen-title = On a screen
feeds-screen-more = A picture of 1280 by 720 pixels at an address that stays the same. Fetch it every five to ten seconds; with several alerts each has its turn.
feeds-screen-alt = What is active now, as a picture
feeds-verify-title = Checking
feeds-verify-more = A code answers as JSON, and signed for devices without a network; the signing key is published.
