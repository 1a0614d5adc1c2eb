// Service worker of the public pages: shows alerts that were pushed.
