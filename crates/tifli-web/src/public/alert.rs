//! The alert itself, the page it turns into when it ends, and the list of current alerts on the home page.

use askama::Template;
use jiff::Timestamp;

use super::map::MapSvg;
use super::words::{Age, CallNumber, MissingTime, Said, Sex};
use crate::layout::PublicShell;

/// The public rendition of the photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoView {
    /// Address on this site.
    pub src: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// All that the public may know of an active alert.
#[derive(Debug, Clone)]
pub struct AlertView {
    /// Random public code of the page.
    pub code: String,
    /// Short code to type on the verify page.
    pub verify_code: String,
    /// Public rendition, if there is a photo.
    pub photo: Option<PhotoView>,
    /// First name only.
    pub first_name: String,
    /// Age, if it may be published.
    pub age: Option<Age>,
    /// How the wording speaks of the child.
    pub sex: Sex,
    /// When the child went missing.
    pub missing: MissingTime,
    /// Where, as coarse as the approver decided.
    pub place: Said,
    /// What the child wore.
    pub clothes: Option<Said>,
    /// How to recognize the child.
    pub marks: Option<Said>,
    /// Languages the child speaks.
    pub languages: Option<Said>,
    /// The alert's description.
    pub description: Option<Said>,
    /// What people should do.
    pub instruction: Option<Said>,
    /// Whom to call.
    pub call: CallNumber,
    /// The names of the regions that the area is made of; none of an area that was drawn.
    pub regions: Vec<Said>,
    /// The area, drawn by the server.
    pub map: Option<MapSvg>,
    /// First publication.
    pub issued_at: Timestamp,
    /// Latest change, if there was one.
    pub updated_at: Option<Timestamp>,
    /// Counts up with each change; the card's address carries it.
    pub version: u32,
    /// When the alert ends by itself.
    pub expires_at: Timestamp,
}

/// `/a/{code}` while the alert is active.
#[derive(Debug, Clone, Template)]
#[template(path = "public/alert.html")]
pub struct AlertPage {
    /// Frame.
    pub shell: PublicShell,
    /// What it shows.
    pub alert: AlertView,
}

impl AlertPage {
    /// The heading of tab and card: the label, the first name, the age; an exercise or demo says so first.
    #[must_use]
    pub fn headline(&self) -> String {
        let label = self.shell.missing_label(self.alert.sex);
        let comma = self.shell.t.get("list-comma");
        let age = self
            .alert
            .age
            .map(|age| format!("{comma} {}", self.shell.age(age)))
            .unwrap_or_default();
        let realm = self
            .shell
            .realm
            .find_short_key()
            .map(|key| format!("{} – ", self.shell.t.get(key)))
            .unwrap_or_default();
        format!("{realm}{label} – {}{age}", self.alert.first_name)
    }

    /// Address of the picture that link previews show.
    #[must_use]
    pub fn card(&self) -> String {
        self.shell.absolute(&format!(
            "/a/{}/card.jpg?v={}",
            self.alert.code, self.alert.version
        ))
    }
}

/// `/a/{code}` after the end, with status 200 and then 410. It takes nothing of the alert, so that it cannot tell anything.
#[derive(Debug, Clone, Template)]
#[template(path = "public/ended.html")]
pub struct EndedPage {
    /// Frame.
    pub shell: PublicShell,
}

/// One alert in the list.
#[derive(Debug, Clone)]
pub struct AlertCard {
    /// Random public code of the page.
    pub code: String,
    /// Small rendition.
    pub thumb: Option<PhotoView>,
    /// First name only.
    pub first_name: String,
    /// Age, if it may be published.
    pub age: Option<Age>,
    /// How the wording speaks of the child.
    pub sex: Sex,
    /// Where the child went missing.
    pub place: Said,
    /// When.
    pub missing: MissingTime,
}

/// `/`: the alerts that are active now. There is no list of ended ones.
#[derive(Debug, Clone, Template)]
#[template(path = "public/current.html")]
pub struct CurrentAlertsPage {
    /// Frame.
    pub shell: PublicShell,
    /// Newest first.
    pub alerts: Vec<AlertCard>,
}
