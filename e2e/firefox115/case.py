"""The whole case in Firefox ESR 115, in Arabic and without WebGL: once without any script, once with scripts. Report, draft,
approval, public page, check of a copy, end and its confirmation, against a demonstration that is already up.

    READY_FILE=... python case.py FOLDER     FOLDER: where fetch.py unpacked the browser
"""

import base64
import datetime
import hmac
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time

from marionette_driver import By
from marionette_driver.marionette import Marionette

READY = json.loads(pathlib.Path(os.environ["READY_FILE"]).read_text())
PICTURES = pathlib.Path(os.environ.get("SCREENSHOTS", "target/screenshots"))
CHILD = "سلمى"
REPORT = {
    "reporter_name": "Karim Ouazzani",
    "reporter_relation": "father",
    "reporter_phone": "+212 600 00 00 23",
    "consent_publish": "yes",
    "consent_given_by": "Karim Ouazzani",
    "child_first_name_ar": CHILD,
    "child_first_name": "Salma",
    "child_family_name_ar": "المثال",
    "child_family_name": "Exemple",
    "child_age": "6",
    "child_sex": "girl",
    "clothes_ar": "فستان أصفر وحذاء أبيض",
    "clothes": "Robe jaune, chaussures blanches",
    "last_seen_words": "قرب باب المدرسة",
    "circumstances": "لم تعد من المدرسة.",
    "gate_custody": "no",
    "gate_protection": "no",
    "gate_fleeing": "no",
}
# Caches may show an ended page for max-age and stale-while-revalidate together, 15 seconds.
CACHES_SECONDS = 17
# What the browser's own log says of our scripts when they break.
TROUBLES = ("JavaScript error", "console.error", "SyntaxError")


def code(secret: str, step: int) -> str:
    """RFC 6238 with SHA-1, six digits, thirty seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), "sha1").digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Browser:
    """Firefox with a fresh profile, driven over its own protocol."""

    steps: dict[str, int] = {}

    def __init__(self, folder: pathlib.Path, name: str, scripts: bool) -> None:
        self.name, self.scripts = name, scripts
        self.profile = tempfile.TemporaryDirectory(prefix="firefox115-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {
            "marionette.port": port,
            "javascript.enabled": scripts,
            "webgl.disabled": True,
            "intl.accept_languages": "ar",
            "general.smoothScroll": False,
            "devtools.console.stdout.content": True,
            "app.update.enabled": False,
            "network.captive-portal-service.enabled": False,
        }
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in settings.items()]
        pathlib.Path(self.profile.name, "user.js").write_text("\n".join(lines))
        self.log = open(pathlib.Path(self.profile.name, "log.txt"), "w+")
        program = folder / "usr/lib/firefox-esr"
        libraries = f"{program}:{folder / 'usr/lib/x86_64-linux-gnu'}"
        self.process = subprocess.Popen(
            [program / "firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", self.profile.name],
            env={**os.environ, "HOME": self.profile.name, "LD_LIBRARY_PATH": libraries},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.driver = Marionette(host="127.0.0.1", port=port)

    def __enter__(self) -> "Browser":
        try:
            self.driver.raise_for_port(timeout=60, check_process_status=False)
            self.driver.start_session()
            self.driver.timeout.implicit = 3
            self.driver.set_window_rect(width=1366, height=900)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()
        self.profile.cleanup()

    def go(self, path: str) -> None:
        self.driver.navigate(READY["base_url"] + path)

    def all(self, css: str) -> list:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css: str):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def at(self, end: str) -> None:
        """Waits until the address ends so."""
        for _ in range(100):
            if self.driver.get_url().split("?")[0].endswith(end):
                return
            time.sleep(0.1)
        sys.exit(f"{self.name}: stands at {self.driver.get_url()}, not at …{end}")

    def press(self, css: str) -> None:
        self.one(css).click()
        time.sleep(1.5)

    def say(self, name: str, value: str) -> None:
        """Answers a question, whatever kind of field it is."""
        fields = self.all(f'[name="{name}"]')
        field = next((one for one in fields if one.is_displayed()), fields[0])
        kind = field.get_attribute("type")
        if kind == "radio":
            self.one(f'[name="{name}"][value="{value}"]').click()
        elif field.tag_name == "select":
            self.one(f'[name="{name}"] option[value="{value}"]').click()
        elif kind == "datetime-local":
            script = "arguments[0].value = arguments[1]; for (const kind of ['input', 'change']) arguments[0].dispatchEvent(new Event(kind, { bubbles: true }));"
            self.driver.execute_script(script, script_args=(field, value))
        else:
            field.clear()
            field.send_keys(value)

    def picture(self, what: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        image = self.driver.screenshot(full=True)
        (PICTURES / f"firefox115-{self.name}-{what}.png").write_bytes(base64.b64decode(image))

    def sign_in(self, role: str) -> dict:
        person = next(one for one in READY["people"] if one["role"] == role)
        self.driver.delete_all_cookies()
        self.go("/console/sign-in")
        while (step := int(time.time()) // 30) == Browser.steps.get(person["login"]):
            time.sleep(1)
        Browser.steps[person["login"]] = step
        for name, value in (("login", person["login"]), ("password", person["password"]), ("code", code(person["totp_secret"], step))):
            self.say(name, value)
        self.press("main button")
        assert "/sign-in" not in self.driver.get_url(), "signed in"
        return person


def report_and_draft(browser: Browser) -> str:
    browser.sign_in("officer")
    browser.go("/console/cases")
    browser.press("form[action='/console/cases'] button")
    browser.at("/report")
    for name, value in REPORT.items():
        browser.say(name, value)
    ago = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=3)
    browser.say("last_seen_at", ago.strftime("%Y-%m-%dT%H:%M"))
    browser.say("place_q", "Casablanca")
    if browser.scripts:
        time.sleep(2)
    else:
        browser.press("button[name=intent][value=place]")
    hits = [hit for hit in browser.all("#place-hits [name=last_seen_place]") if hit.get_attribute("value")]
    hits[0].click()
    time.sleep(2)
    browser.picture("1-report")
    browser.press("button[name=intent][value=open]")
    if browser.all("#confirmed"):
        browser.one("#confirmed").click()
        browser.press("button[name=intent][value=open]")
    browser.picture("2-case")
    browser.press("form[action$='/alerts'] button")
    browser.at("/draft")
    alert = browser.driver.get_url().split("/")[-2]
    assert not browser.all(".map-board"), "nothing tries to be a live map"
    browser.press("button[name=intent][value=preview]")
    browser.picture("3-draft")
    browser.press("button[name=intent][value=submit]")
    assert "/console/cases/" in browser.driver.get_url(), "the draft was handed over"
    return alert


def approve(browser: Browser, alert: str) -> str:
    approver = browser.sign_in("approver")
    browser.go(f"/console/alerts/{alert}/approval")
    browser.picture("4-approval")
    browser.say("password", approver["password"])
    for channel in browser.all("input[name=untargeted]"):
        channel.click()
    browser.press("button[name=decision][value=approve]")
    browser.at("/delivery")
    browser.picture("5-delivery")
    browser.press(".crumbs a")
    return browser.one("main a[href*='/a/']").get_attribute("href").split("/")[-1]


def public_sees(browser: Browser, alert_code: str) -> None:
    for language, name in (("ar", CHILD), ("fr", "Salma")):
        browser.go(f"/{language}/a/{alert_code}")
        assert name in browser.one("h1").text, f"the page names the child in {language}"
        browser.picture(f"6-public-{language}")
    browser.go("/fr/v")
    browser.say("text", alert_code)
    browser.press("main form button")
    assert browser.one(".verdict h2").text, "the check answers"
    browser.picture("7-check")


def end(browser: Browser, alert: str, alert_code: str) -> None:
    browser.sign_in("officer")
    browser.go(f"/console/alerts/{alert}/end")
    browser.one("#reason-found").click()
    browser.press("main button.danger")
    browser.sign_in("approver")
    browser.go(f"/console/alerts/{alert}/end/confirm")
    browser.press("main button")
    time.sleep(CACHES_SECONDS)
    browser.go(f"/ar/a/{alert_code}")
    assert CHILD not in browser.driver.page_source, "the page names nobody"
    browser.picture("8-ended")


def live(folder: pathlib.Path, name: str, scripts: bool) -> None:
    with Browser(folder, name, scripts) as browser:
        version = browser.driver.session_capabilities["browserVersion"]
        alert = report_and_draft(browser)
        alert_code = approve(browser, alert)
        public_sees(browser, alert_code)
        end(browser, alert, alert_code)
        browser.log.seek(0)
        troubles = [line for line in browser.log if any(word in line for word in TROUBLES)]
        assert not troubles, f"the browser complained: {troubles[:3]}"
    print(f"the whole case in Firefox {version}, {name}: ok", flush=True)


if __name__ == "__main__":
    unpacked = pathlib.Path(sys.argv[1])
    live(unpacked, "plain", scripts=False)
    live(unpacked, "script", scripts=True)
