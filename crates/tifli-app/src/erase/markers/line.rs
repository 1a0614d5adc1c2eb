//! What the line and the street add to the marked case: a call about it, one that joins it, a place searched in vain, a
//! sighting; a marker in every field.

use tifli_domain::Role;

use super::life::{ARABIC, Marks};
use crate::call::{About, CallForm, CallKind, JoinAs, Spoken};
use crate::testing::{DISTRICT, TestHouse};
use crate::tip::stories::Out;
use crate::tip::{TipFilter, TipState};
use crate::unit_report::{SearchForm, SeenForm};

/// A service that every bulletin of the test's pack goes to.
const SERVICE: &str = "police-rabat-agdal";

/// Two calls, a search and a sighting.
pub(super) async fn reported(house: &TestHouse, out: &Out, marks: &Marks) {
    let (app, room) = (&house.app, house.room().await);
    let about_it = called(marks, About::Case(out.case));
    let taken = app.take_call(&room, "marked", &about_it).await.unwrap();
    app.read_call(&room, taken.call).await.unwrap();
    let about_none = called(marks, About::Other(CallKind::Unmatched));
    let taken = app.take_call(&room, "joined", &about_none).await.unwrap();
    let join = (out.case, JoinAs::Tip);
    app.join_call(&room, taken.call, join).await.unwrap();
    let unit = house.actor(Role::Unit, DISTRICT).await;
    let service = SERVICE.parse().unwrap();
    app.assign_first(unit.person, &service).await.unwrap();
    let bulletin = app.bulletin_of(&out.officer, out.case).await.unwrap();
    let bulletin = bulletin.unwrap();
    let search = SearchForm {
        place: marks.word(ARABIC),
        cover: "partial".to_owned(),
        note: marks.latin(),
        ..SearchForm::default()
    };
    app.record_search(&unit, (bulletin, "marked"), &search)
        .await
        .unwrap();
    let seen = SeenForm {
        how: "told".to_owned(),
        words: marks.latin(),
        place: marks.word(ARABIC),
        when: String::new(),
    };
    app.report_seen(&unit, (bulletin, "marked"), &seen)
        .await
        .unwrap();
    app.searches(&out.officer, out.case).await.unwrap();
    let waiting = TipFilter {
        case: Some(out.case),
        state: Some(TipState::Received),
        ..TipFilter::default()
    };
    for tip in app.list_tips(&room, waiting).await.unwrap() {
        app.link_tip(&room, tip.tip).await.unwrap();
    }
}

fn called(marks: &Marks, about: About) -> CallForm {
    let spoken = Spoken {
        words: marks.latin(),
        place_words: marks.word(ARABIC),
        when: marks.latin(),
        phone: marks.latin(),
        caller: marks.word(ARABIC),
        still_there: "yes".to_owned(),
        direction: marks.latin(),
        clothes: marks.latin(),
        with: marks.latin(),
        vehicle: marks.latin(),
        plate: marks.latin(),
    };
    CallForm {
        spoken,
        called_at: String::new(),
        about,
    }
}
