//! The line and the unit's board in a browser without scripts: from the key to the receipt in five fields, calls that
//! wait, a search that found nothing, a sighting.

use tifli_domain::Role;

use crate::browser::{Form, Page, Web};
use crate::bulletins::{sought, unit};

/// A form that counts the fields a person filled in.
struct Counted {
    form: Form,
    fields: Vec<String>,
}

impl Counted {
    fn fill(mut self, name: &str, value: &str) -> Self {
        self.form = self.form.with(name, value);
        if !self.fields.iter().any(|filled| filled == name) {
            self.fields.push(name.to_owned());
        }
        self
    }

    /// Goes on with the same form as the next page shows it.
    fn on(mut self, page: &Page) -> Self {
        self.form = page.form("/console/call");
        self
    }
}

/// The digits that stand in groups of four on the page.
fn receipt(page: &Page) -> String {
    let start = page.html.find("class=\"receipt\"").expect("a receipt");
    let end = start + page.html[start..].find("</p>").unwrap();
    let shown = &page.html[start..end];
    let groups: Vec<&str> = shown.split("<bdi>").skip(1).collect();
    assert_eq!(groups.len(), 4, "{shown}");
    groups.iter().map(|group| &group[..4]).collect()
}

#[tokio::test]
async fn from_the_key_to_the_receipt_are_five_fields_at_most_without_scripts() {
    let web = Web::new().await;
    let (case, _) = sought(&web).await;
    let mut room = web.signed_in(Role::Room).await;
    let home = room.open("/console/cases").await.is(200);
    assert!(home.says("href=\"/console/call\" data-key=\"9\" aria-keyshortcuts=\"9\""));
    let page = room.open("/console/call").await.is(200);
    assert!(page.says("data-key-switch"), "the key can be switched off");
    let counted = Counted {
        form: page.form("/console/call"),
        fields: Vec::new(),
    };
    let counted = counted
        .fill("words", "la petite selma")
        .fill("place", "Rabat");
    let asked = room.submit(&counted.form).await.is(200);
    assert!(
        asked.says("Salma") && asked.says(&case.to_string()),
        "{}",
        asked.html
    );
    assert!(asked.says("la petite selma"), "what was typed stays");
    assert!(asked.says("call-ask") || asked.says("Dans quelle direction"));
    let counted = counted.on(&asked).fill("about", &case.to_string());
    let taken = room.submit(&counted.form).await.is(200);
    assert!(counted.fields.len() <= 5, "{:?}", counted.fields);
    assert_eq!(counted.fields, ["words", "place", "about"]);
    let digits = receipt(&taken);
    assert_eq!(digits.len(), 16);
    let again = room.submit(&counted.form).await.is(200);
    assert_eq!(receipt(&again), digits, "the same form is one call");
    let calls = room.open("/console/calls").await.is(200);
    assert!(
        calls.says("Aucun appel en attente"),
        "a tip waits in its queue"
    );
}

#[tokio::test]
async fn nothing_chosen_or_typed_wrongly_is_named_and_nothing_typed_is_lost() {
    let web = Web::new().await;
    sought(&web).await;
    let mut room = web.signed_in(Role::Room).await;
    let page = room.open("/console/call").await.is(200);
    let form = page.form("/console/call");
    let form = form.with("words", "un garçon").with("phone", "0600000000");
    let asked = room.submit(&form).await.is(200);
    let none = room.submit(&asked.form("/console/call")).await.is(422);
    assert!(none.says("error-summary") && none.says("about-error"));
    assert!(none.says("un garçon") && none.says("0600000000"));
    let wrong = none.form("/console/call").with("about", "complaint");
    let wrong = wrong
        .with("when", "31/12/2999 10:00")
        .with("plate", &"9".repeat(201));
    let refused = room.submit(&wrong).await.is(422);
    for kept in [
        "when-error",
        "plate-error",
        "un garçon",
        "31/12/2999",
        "<details open>",
    ] {
        assert!(refused.says(kept), "{kept}");
    }
    let calls = room.open("/console/calls").await.is(200);
    assert!(calls.says("Aucun appel en attente"));
}

/// The call that a page leads to.
fn linked(page: &Page) -> String {
    let (_, rest) = page.html.split_once("href=\"/console/calls/").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_complaint_waits_for_another_person_and_a_missing_child_becomes_a_report() {
    let web = Web::new().await;
    let mut room = web.signed_in(Role::Room).await;
    let page = room.open("/console/call").await.is(200);
    let form = page
        .form("/console/call")
        .with("words", "personne ne répond");
    let taken = room.submit(&form.with("about", "complaint")).await.is(200);
    let id = linked(&taken);
    let path = format!("/console/calls/{id}");
    let own = room.open(&path).await.is(200);
    assert!(
        !own.says("/settle\""),
        "nobody judges a complaint made to them"
    );
    let mut other = web.signed_in(Role::Approver).await;
    let page = other.open(&path).await.is(200);
    let empty = other.submit(&page.form("/settle")).await.is(422);
    assert!(empty.says("note-error"));
    let form = page.form("/settle").with("note", "rappelé");
    let list = other.submit(&form).await.is(200);
    assert!(list.says("Aucun appel en attente"));

    let page = room.open("/console/call").await.is(200);
    let form = page.form("/console/call").with("words", "Yassine, 7 ans");
    let form = form.with("place", "Rabat").with("phone", "0600000000");
    let taken = room
        .submit(&form.with("about", "other_child"))
        .await
        .is(200);
    let call = linked(&taken);
    let alarm = room
        .open(&format!("/console/alarm?call={call}"))
        .await
        .is(200);
    assert!(alarm.says("Yassine, 7 ans") && alarm.says("0600000000"));
    let case = room.submit(&alarm.form("/console/alarm")).await.is(200);
    assert!(case.path.starts_with("/console/cases/"), "{}", case.path);
    let board = room.open("/console/board").await.is(200);
    assert!(
        board.says(&case.id("/console/cases/")),
        "the district has a duty"
    );
    let calls = room.open("/console/calls").await.is(200);
    assert!(calls.says("Aucun appel en attente"), "the report keeps it");
}

#[tokio::test]
async fn a_unit_acknowledges_in_one_act_and_says_searched_and_seen() {
    let web = Web::new().await;
    let (case, bulletin) = sought(&web).await;
    let mut unit = unit(&web).await;
    let board = unit.open("/console/unit").await.is(200);
    assert!(!board.says("Salma"), "a list tells nothing");
    let read = unit.submit(&board.form("/acknowledge")).await.is(200);
    assert_eq!(read.path, format!("/console/bulletins/{bulletin}"));
    assert!(read.says("Salma") && read.says("Réception accusée"));
    let path = format!("/console/unit/{bulletin}");
    let page = unit.open(&format!("{path}/searched")).await.is(200);
    let empty = unit.submit(&page.form("/searched")).await.is(422);
    assert!(empty.says("cover") && empty.says("error-summary"));
    let form = page.form("/searched").with("place", "gare de Rabat");
    let kept = unit.submit(&form.with("cover", "thorough")).await.is(200);
    assert!(kept.path.starts_with("/console/unit"), "{}", kept.path);
    let page = unit.open(&format!("{path}/seen")).await.is(200);
    let form = page
        .form("/seen")
        .with("how", "ourselves")
        .with("place", "Rabat");
    unit.submit(&form).await.is(200);
    let mut officer = web.signed_in(Role::Officer).await;
    let searches = officer
        .open(&format!("/console/cases/{case}/searches"))
        .await
        .is(200);
    assert!(searches.says("gare de Rabat"));
    let mut room = web.signed_in(Role::Room).await;
    let tips = room.open("/console/tips").await.is(200);
    assert!(tips.says("/console/tips/tip_"), "the queue has it");
}
