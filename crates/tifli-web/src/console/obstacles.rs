//! What stands in the way of publishing a case, each with the page and the place on it where that is mended. It decides
//! nothing: the list is the guard's.

use tifli_domain::permission::Act;
use tifli_domain::publication::Blocker;

use crate::layout::Shell;

/// One thing in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The sentence, in the page's language.
    pub words: String,
    /// Where it is mended; empty when that page is not for this person.
    pub href: String,
    /// The name of that page, in the page's language.
    pub page: String,
}

/// Where something is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mended {
    /// On the page of the publication, at this anchor.
    Qualification(&'static str),
    /// In the report, at this anchor.
    Report(&'static str),
    /// Among papers and consent, at this anchor.
    Papers(&'static str),
    /// In the draft, at this anchor.
    Draft(&'static str),
    /// In the settings of the house: not on a page of the case.
    House,
}

impl Obstacle {
    /// The obstacles of a case, in the guard's order, for a person of whom `may` says what they may do there. What only
    /// a draft can mend leads to its fields on the same page.
    #[must_use]
    pub fn list(
        shell: &Shell,
        case: &str,
        blockers: &[Blocker],
        may: impl Fn(Act) -> bool,
    ) -> Vec<Self> {
        let one = |blocker: &Blocker| {
            let (href, page) = match mended(*blocker) {
                Mended::Qualification(at) => (
                    format!("/console/cases/{case}/qualification#{at}"),
                    "section-qualification",
                ),
                Mended::Report(_) if !may(Act::TakeReport) => (String::new(), "report-title"),
                Mended::Report(at) => {
                    (format!("/console/cases/{case}/report#{at}"), "report-title")
                }
                Mended::Papers(at) => (
                    format!("/console/cases/{case}/papers#{at}"),
                    "section-papers",
                ),
                Mended::Draft(at) => (format!("#{at}"), "draft-title"),
                Mended::House if may(Act::ReadDataProtection) => {
                    ("/console/data-protection".to_owned(), "nav-data-protection")
                }
                Mended::House => (String::new(), "nav-data-protection"),
            };
            Self {
                words: sentence(shell, *blocker),
                href,
                page: shell.say(page),
            }
        };
        blockers.iter().map(one).collect()
    }

    /// The same for a page that is not the draft's: what only the draft can mend leads nowhere from there.
    #[must_use]
    pub fn outside_draft(mut list: Vec<Self>) -> Vec<Self> {
        for one in list.iter_mut().filter(|one| one.href.starts_with('#')) {
            one.href.clear();
        }
        list
    }
}

/// The field of a draft's form beside which a refusal with this code is told; `None` when it is no blocker's.
#[must_use]
pub fn field_of(code: &str) -> Option<&'static str> {
    let blocker = Blocker::ALL.into_iter().find(|one| one.code() == code)?;
    Some(match mended(blocker) {
        Mended::Draft(field) => field,
        _ => "obstacles",
    })
}

const fn mended(blocker: Blocker) -> Mended {
    match blocker {
        Blocker::GateClosed => Mended::Qualification("gate-title"),
        Blocker::GateNotAsked => Mended::Report("section-gate"),
        Blocker::BulletinOnly => Mended::Qualification("rung-title"),
        Blocker::NoConsent => Mended::Report("section-consent"),
        Blocker::ConsentRefused | Blocker::ChannelNotConsented => Mended::Papers("title-consent"),
        Blocker::ChannelNotLawful => Mended::House,
        Blocker::NoBestInterests => Mended::Qualification("interests-title"),
        Blocker::AdultNotCleared | Blocker::PlateNotCleared => Mended::Qualification("clear-title"),
        Blocker::BeyondRung => Mended::Draft("radius_km"),
        Blocker::AbductionWords => Mended::Draft("texts"),
        Blocker::PlateAsked => Mended::Draft("names_plate"),
    }
}

fn sentence(shell: &Shell, blocker: Blocker) -> String {
    match blocker {
        Blocker::NoConsent => shell.say("problem-no_consent"),
        other => super::problems::of_code(shell, other.code()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_draft_can_mend_is_told_beside_its_field_and_the_rest_on_top() {
        assert_eq!(field_of("plate_asked"), Some("names_plate"));
        assert_eq!(field_of("beyond_rung"), Some("radius_km"));
        assert_eq!(field_of("gate_closed"), Some("obstacles"));
        assert_eq!(field_of("alert_changed"), None);
    }
}
