//! What a letter to one subscriber says. All of it is plain words: markup is made here.

/// One letter, frozen: the same bytes on every attempt. Its Debug form shows the identifier only.
#[derive(Clone, PartialEq, Eq)]
pub struct AlertMail {
    /// The left part of the Message-ID, stable per message and recipient and naming neither in
    /// clear: letters, digits, `.`, `_`, `-`.
    pub id: String,
    /// The `id` of the earlier letters of this alert to this recipient, oldest first.
    pub thread: Vec<String>,
    /// To whom.
    pub to: String,
    /// What a bounce is known by: letters, digits and `-`, at most 40. Not to be guessed, for
    /// whoever knows it can retire the address.
    pub token: String,
    /// What mailbox providers count complaints by (Feedback-ID): letters, digits, `_`, `-`.
    pub campaign: String,
    /// Where one click unsubscribes: takes a POST without cookie, sign-in or redirect (RFC 8058),
    /// and shows a page on GET.
    pub unsubscribe_url: String,
    /// The subject.
    pub subject: String,
    /// What it says, once per language.
    pub words: Vec<Words>,
    /// When it was written, in UTC milliseconds.
    pub at_ms: i64,
}

/// The letter in one language.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    /// Its tag (RFC 5646).
    pub language: String,
    /// The first line.
    pub headline: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// A picture by link, above the text.
    pub picture: Option<Picture>,
    /// Where to read on, or to say something.
    pub links: Vec<Link>,
    /// Why this letter came, and from whom, in small.
    pub footer: Vec<String>,
    /// The words of the link that unsubscribes.
    pub unsubscribe: String,
}

/// A link with its words.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub words: String,
    /// Where it leads.
    pub url: String,
}

/// A picture that the reader's program fetches: after the end the same address shows a neutral one.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where it is.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
}

/// The longest address, in octets (RFC 5321).
const LONGEST_ADDRESS: usize = 254;

/// Languages written from right to left, by their first subtag.
const RIGHT_TO_LEFT: [&str; 9] = ["ar", "ary", "ckb", "dv", "fa", "he", "ps", "ur", "yi"];

/// `rtl` or `ltr`, as HTML's `dir` has it. A script in the tag decides before the language.
#[must_use]
pub fn direction_of(language: &str) -> &'static str {
    let mut parts = language.split('-');
    let first = parts.next().unwrap_or_default();
    let script =
        parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let right_to_left = match script {
        Some(script) => ["arab", "hebr", "thaa", "nkoo"]
            .iter()
            .any(|known| script.eq_ignore_ascii_case(known)),
        None => RIGHT_TO_LEFT
            .iter()
            .any(|known| first.eq_ignore_ascii_case(known)),
    };
    if right_to_left { "rtl" } else { "ltr" }
}

/// An e-mail address as it is kept: without blanks around it, its domain in small letters. `None` for
/// what is none, and for one without a public domain.
#[must_use]
pub fn read_address(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LONGEST_ADDRESS {
        return None;
    }
    let address: lettre::Address = text.parse().ok()?;
    let domain = address.domain().to_lowercase();
    let public = domain.contains('.') && !domain.starts_with('[') && !domain.ends_with('.');
    public.then(|| format!("{}@{domain}", address.user()))
}

impl AlertMail {
    /// Subject and plain text, as they are sent.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let subject: Vec<&str> = self.subject.split_whitespace().collect();
        format!("{}\n\n{}", subject.join(" "), super::render::plain(self))
    }

    /// The stable word of the first rule it breaks.
    pub(super) fn find_fault(&self) -> Option<&'static str> {
        let mut ids = std::iter::once(&self.id).chain(&self.thread);
        let web = |url: &str| is_web(url);
        if !ids.all(|id| is_word(id, 128, b"._-")) {
            Some("mail_id")
        } else if !is_word(&self.token, 40, b"-") {
            Some("mail_token")
        } else if !is_word(&self.campaign, 64, b"_-") {
            Some("mail_campaign")
        } else if self.words.is_empty() {
            Some("payload_empty")
        } else if !self
            .words
            .iter()
            .all(|words| is_word(&words.language, 35, b"-"))
        {
            Some("mail_language")
        } else if !web(&self.unsubscribe_url) || !self.words.iter().all(Words::has_web_links) {
            Some("mail_link")
        } else {
            None
        }
    }
}

impl Words {
    fn has_web_links(&self) -> bool {
        let pictures = self.picture.iter().map(|picture| &picture.url);
        let links = self.links.iter().map(|link| &link.url);
        pictures.chain(links).all(|url| is_web(url))
    }
}

impl std::fmt::Debug for AlertMail {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "AlertMail({})", self.id)
    }
}

fn is_word(text: &str, longest: usize, marks: &[u8]) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || marks.contains(&b);
    (1..=longest).contains(&text.len()) && text.bytes().all(good)
}

/// https, or plain HTTP to this machine (a sandbox), in printable ASCII that can stand between
/// angle brackets.
fn is_web(url: &str) -> bool {
    let printable = url
        .bytes()
        .all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b','));
    let known = ["https://", "http://127.0.0.1", "http://localhost"]
        .iter()
        .any(|start| url.starts_with(start));
    printable && known && url.len() <= 900
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_in_the_tag_decides_the_direction_before_the_language() {
        for (tag, direction) in [
            ("ar", "rtl"),
            ("ar-MA", "rtl"),
            ("AR", "rtl"),
            ("fr-MA", "ltr"),
            ("zgh", "ltr"),
            ("zgh-Arab", "rtl"),
            ("ar-Latn", "ltr"),
            ("", "ltr"),
        ] {
            assert_eq!(direction_of(tag), direction, "{tag}");
        }
    }

    #[test]
    fn an_address_is_kept_without_blanks_and_with_a_public_domain() {
        let read = |text| read_address(text);
        assert_eq!(
            read(" A.b@Example.ORG ").as_deref(),
            Some("A.b@example.org")
        );
        for bad in [
            "",
            "a",
            "a@b",
            "a@[127.0.0.1]",
            "a@b.org\r\nBcc: c@d.org",
            "a b@c.org",
            "a@b.org, c@d.org",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(read(&format!("{}@b.org", "a".repeat(300))), None);
    }

    #[test]
    fn only_links_of_the_web_stand_in_a_letter() {
        for good in ["https://tifli.tifli.net/a?b=c", "http://127.0.0.1:9/u/x"] {
            assert!(is_web(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "http://tifli.net/",
            "https://tifli.net/a b",
            "https://tifli.net/>\r\nBcc: x@y",
            "https://tifli.net/é",
            "",
        ] {
            assert!(!is_web(bad), "{bad}");
        }
    }
}
