//! The area of a draft as regions of the country, by the form alone.

use tifli_domain::Role;

use crate::browser::{Form, Web};
use crate::line::{handed_over, report, waiting};

/// Ticks these regions, as a browser without a script sends them.
fn ticked(mut form: Form, ids: &[&str]) -> Form {
    form = form.with("area", "regions");
    form.fields.retain(|(name, _)| name != "regions");
    let ids = ids
        .iter()
        .map(|id| ("regions".to_owned(), (*id).to_owned()));
    form.fields.extend(ids);
    form
}

#[tokio::test]
async fn regions_are_ticked_by_name_and_named_again_to_whoever_approves_and_to_the_public() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    let draft = officer.submit(&case.form("/alerts")).await.is(200);
    for name in ["Rabat-Salé-Kénitra", "Fès-Meknès", "Meknès"] {
        assert!(draft.says(&format!("<bdi>{name}</bdi>")), "{name}");
    }
    let chosen = ticked(draft.form("/draft"), &["r04", "p03061"]);
    let saved = officer.submit(&chosen.with("intent", "save")).await.is(200);
    let kept = saved.form("/draft");
    assert_eq!(kept.value("area"), Some("regions"));
    let ids = kept.fields.iter().filter(|(name, _)| name == "regions");
    let ids: Vec<_> = ids.map(|(_, id)| id.as_str()).collect();
    assert_eq!(ids, ["p03061", "r04"], "in the order of the form");
    assert!(saved.says("<svg"), "the map is shown");
    officer.submit(&handed_over(&saved)).await.is(200);
    let screen = waiting(&mut approver).await;
    assert!(screen.says("Meknès, Rabat-Salé-Kénitra"));
}

#[tokio::test]
async fn no_region_and_one_that_the_country_does_not_know_are_told_beside_the_regions() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let case = report(&mut officer).await;
    let draft = officer.submit(&case.form("/alerts")).await.is(200);
    for ids in [&[][..], &["mDA"], &["r04", "r04"]] {
        let wrong = ticked(draft.form("/draft"), ids).with("intent", "save");
        let again = officer.submit(&wrong).await.is(422);
        assert!(again.says("id=\"regions-error\""), "{}", again.html);
        assert_eq!(again.form("/draft").value("area"), Some("regions"));
    }
}
