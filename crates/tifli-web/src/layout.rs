//! The frame around every page: language and direction, the banner of a demo or drill, navigation by role, the links to
//! the other languages. Views hold one of the two shells; no case data goes in here.

use crate::assets;
use crate::format::Formats;
use crate::i18n::{Locale, T};

/// Whether the page is the real thing. Everything but `Live` carries a banner that cannot be dismissed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RealmBanner {
    /// Real cases: no banner.
    Live,
    /// An exercise among real people.
    Drill,
    /// Invented children, to try the system.
    Demo,
}

impl RealmBanner {
    /// The key of the banner's sentence, if it has one.
    #[must_use]
    pub const fn find_key(self) -> Option<&'static str> {
        match self {
            Self::Live => None,
            Self::Drill => Some("banner-drill"),
            Self::Demo => Some("banner-demo"),
        }
    }

    /// The key of the one word that goes before a heading which travels without the page, such as a link preview.
    #[must_use]
    pub const fn find_short_key(self) -> Option<&'static str> {
        match self {
            Self::Live => None,
            Self::Drill => Some("short-drill"),
            Self::Demo => Some("short-demo"),
        }
    }
}

/// A link to the same page in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageLink {
    /// The language it leads to.
    pub locale: Locale,
    /// Where it leads.
    pub href: String,
    /// Whether it is the page's own language.
    pub current: bool,
}

/// Frame of a public page: nobody is signed in, nothing is remembered.
#[derive(Debug, Clone)]
pub struct PublicShell {
    /// Words in the page's language.
    pub t: T,
    /// Dates and numbers as the country writes them.
    pub formats: Formats,
    /// Demo, drill or the real thing.
    pub realm: RealmBanner,
    /// Path without its language, beginning with a slash: `/a/k7m2`.
    pub path: String,
    /// Scheme and host of this service without a trailing slash, for card and alternate links.
    pub origin: String,
    /// Name of the authority that publishes, in the page's language.
    pub authority: String,
}

impl PublicShell {
    /// The page's language.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.t.locale
    }

    /// A path of this site in the page's language.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        format!("/{}{path}", self.locale())
    }

    /// The whole address of a path, without a language.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Links to this page in every language.
    #[must_use]
    pub fn languages(&self) -> Vec<LanguageLink> {
        Locale::ALL
            .into_iter()
            .map(|locale| LanguageLink {
                locale,
                href: format!("/{locale}{}", self.path),
                current: locale == self.locale(),
            })
            .collect()
    }

    /// Address of a static file.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }
}

/// What a signed-in person may do, as far as the navigation must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsoleRole {
    /// Takes reports at a district post.
    Officer,
    /// Decides on alerts.
    Approver,
    /// Watches every case in the command room.
    Room,
    /// Answers the call line.
    CallLine,
    /// Duty prosecutor or judge.
    Prosecutor,
    /// Searches outside.
    FieldUnit,
    /// Looks after the system: people, channels, health; sees no case.
    Operator,
    /// Reads the audit trail.
    Auditor,
}

impl ConsoleRole {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Officer,
        Self::Approver,
        Self::Room,
        Self::CallLine,
        Self::Prosecutor,
        Self::FieldUnit,
        Self::Operator,
        Self::Auditor,
    ];

    /// The key of the role's name.
    #[must_use]
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Officer => "role-officer",
            Self::Approver => "role-approver",
            Self::Room => "role-room",
            Self::CallLine => "role-line",
            Self::Prosecutor => "role-prosecutor",
            Self::FieldUnit => "role-field",
            Self::Operator => "role-operator",
            Self::Auditor => "role-auditor",
        }
    }

    /// The pages the role starts from: address and key of the label.
    #[must_use]
    pub const fn pages(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Officer => &[CASES, BOARD, FOUND, VENUES, BULLETINS, DELIVERY, FIGURES],
            Self::Approver => &[
                CASES, ROOM, BOARD, CALLS, FOUND, BULLETINS, DELIVERY, PARTNERS, FIGURES,
            ],
            Self::Room => &[
                CALL, CALLS, ALARM, ROOM, TIPS, CASES, BOARD, FOUND, VENUES, BULLETINS, DELIVERY,
                PARTNERS, FIGURES,
            ],
            Self::CallLine => &[CALL, CALLS, ALARM, ROOM, CASES, BOARD, TIPS],
            Self::Prosecutor => &[CASES, BOARD, FOUND, BULLETINS, RETENTION, FIGURES, AUDIT],
            Self::FieldUnit => &[UNIT, BULLETINS, CHECKS, VENUES, FOUND, DELIVERY],
            Self::Operator => &[
                PEOPLE,
                SERVICES,
                ENDPOINTS,
                VENUE_LIST,
                DATA_PROTECTION,
                FIGURES,
                AUDIT,
            ],
            Self::Auditor => &[AUDIT],
        }
    }
}

const CALL: (&str, &str) = ("/console/call", "nav-call");
const CALLS: (&str, &str) = ("/console/calls", "nav-calls");
const UNIT: (&str, &str) = ("/console/unit", "nav-unit");
const ALARM: (&str, &str) = ("/console/alarm", "nav-alarm");
const CHECKS: (&str, &str) = ("/console/checks", "nav-checks");
const CASES: (&str, &str) = ("/console/cases", "nav-cases");
const BOARD: (&str, &str) = ("/console/board", "nav-board");
const ROOM: (&str, &str) = ("/console/room", "nav-room");
const BULLETINS: (&str, &str) = ("/console/bulletins", "nav-bulletins");
const SERVICES: (&str, &str) = ("/console/services", "nav-services");
const ENDPOINTS: (&str, &str) = ("/console/endpoints", "nav-endpoints");
const TIPS: (&str, &str) = ("/console/tips", "nav-tips");
const DELIVERY: (&str, &str) = ("/console/delivery", "nav-delivery");
const PARTNERS: (&str, &str) = ("/console/partners", "nav-partners");
const PEOPLE: (&str, &str) = ("/console/people", "nav-people");
const FOUND: (&str, &str) = ("/console/found", "nav-found");
const VENUES: (&str, &str) = ("/console/venues", "nav-venues");
const VENUE_LIST: (&str, &str) = ("/console/venue-list", "nav-venue-list");
const RETENTION: (&str, &str) = ("/console/retention", "nav-retention");
const DATA_PROTECTION: (&str, &str) = ("/console/data-protection", "nav-data-protection");
const FIGURES: (&str, &str) = ("/console/figures", "nav-figures");
const AUDIT: (&str, &str) = ("/console/audit", "nav-audit");

/// The key that opens the call form: where 9 is on the keyboard, whatever the language typed.
const CALL_KEY: &str = "9";

/// The person at the console, as the frame shows them.
#[derive(Debug, Clone)]
pub struct Person {
    /// Name to greet.
    pub name: String,
    /// Post or service.
    pub unit: String,
    /// Chooses the navigation.
    pub role: ConsoleRole,
}

/// One entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavLink {
    /// Where it leads.
    pub href: &'static str,
    /// Translated label.
    pub label: String,
    /// Whether the page is under it.
    pub current: bool,
    /// How many things wait there, if that is counted.
    pub waiting: Option<u32>,
    /// The one key that opens it, where one does and nobody switched it off.
    pub key: Option<&'static str>,
}

/// Frame of a console page. The content policy needs no nonce: there is no inline script or style.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Words in the person's language.
    pub t: T,
    /// Dates and numbers as the country writes them.
    pub formats: Formats,
    /// Demo, drill or the real thing.
    pub realm: RealmBanner,
    /// Who is signed in; nobody on the sign-in page.
    pub person: Option<Person>,
    /// Token every form sends back in the field `csrf`.
    pub csrf: String,
    /// Path of the page.
    pub path: String,
    /// How many things wait behind a navigation entry, by its address.
    pub waiting: Vec<(&'static str, u32)>,
    /// The way to end an alert from this page; nothing while none is out that this person may end.
    pub ending: Option<Ending>,
}

/// The way to end an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The page that ends it: of the alert that the page is about, else the list.
    pub href: String,
    /// How many are out.
    pub count: usize,
    /// Whether it leads to the alert that the page is about.
    pub own: bool,
}

impl Ending {
    /// The way from the page at `path`, by the alerts that are out with their cases.
    #[must_use]
    pub fn from(path: &str, out: &[(String, String)]) -> Option<Self> {
        let is_of = |kind: &str, id: &str| {
            let rest = path
                .strip_prefix("/console/")
                .and_then(|rest| rest.strip_prefix(kind))
                .and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|rest| rest.split('/').next() == Some(id))
        };
        let about = out
            .iter()
            .find(|(alert, case)| is_of("alerts", alert) || is_of("cases", case));
        (!out.is_empty()).then(|| Self {
            href: match about {
                Some((alert, _)) => format!("/console/alerts/{alert}/end"),
                None => "/console/end".to_owned(),
            },
            count: out.len(),
            own: about.is_some(),
        })
    }
}

impl Shell {
    /// The page's language.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.t.locale
    }

    /// Links to this page in every language; the query sets the person's preference.
    #[must_use]
    pub fn languages(&self) -> Vec<LanguageLink> {
        Locale::ALL
            .into_iter()
            .map(|locale| LanguageLink {
                locale,
                href: format!("{}?lang={locale}", self.path),
                current: locale == self.locale(),
            })
            .collect()
    }

    /// Navigation of the person's role; empty when nobody is signed in.
    #[must_use]
    pub fn nav(&self) -> Vec<NavLink> {
        let Some(person) = &self.person else {
            return Vec::new();
        };
        let link = |&(href, key): &(&'static str, &'static str)| NavLink {
            href,
            label: self.t.get(key),
            current: self.path == href
                || self
                    .path
                    .strip_prefix(href)
                    .is_some_and(|rest| rest.starts_with('/')),
            waiting: self
                .waiting
                .iter()
                .find(|(held, _)| *held == href)
                .map(|(_, count)| *count),
            key: (href == CALL.0).then_some(CALL_KEY),
        };
        person.role.pages().iter().map(link).collect()
    }

    /// Address of a static file.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_an_end_is_straight_from_the_pages_of_its_case_and_a_list_elsewhere() {
        let out = [
            ("alert_1".to_owned(), "case_1".to_owned()),
            ("alert_2".to_owned(), "case_2".to_owned()),
        ];
        for (path, href) in [
            ("/console/cases/case_2", "/console/alerts/alert_2/end"),
            ("/console/cases/case_2/map", "/console/alerts/alert_2/end"),
            (
                "/console/alerts/alert_1/delivery",
                "/console/alerts/alert_1/end",
            ),
            ("/console/cases/case_22", "/console/end"),
            ("/console/board", "/console/end"),
        ] {
            let way = Ending::from(path, &out).unwrap();
            assert_eq!(way.href, href, "{path}");
            assert_eq!(way.own, href != "/console/end");
        }
        assert_eq!(Ending::from("/console/cases/case_1", &[]), None);
    }
}
