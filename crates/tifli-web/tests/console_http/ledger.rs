//! Partners' systems in a browser: the administrator adds one and sees its secret once; the room reads why a delivery was
//! given up and lets the recall go on without it.

use tifli_app::paper::NewConsent;
use tifli_app::partner::{Evidence, HandoverNote, HandoverStep};
use tifli_app::testing::DeadDelivery;
use tifli_domain::Role;
use tifli_domain::alert::EndReason;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{AlertId, CaseId};
use tifli_domain::partner::{HandoverAct, Way};
use tifli_domain::permission::Act;

use crate::browser::{Form, Page, Web};
use crate::walk::connected;

const URL: &str = "https://alerts.television.example.org/incoming";

/// The secret that a page shows.
fn secret(page: &Page) -> Option<String> {
    let (_, rest) = page.html.split_once("whsec_")?;
    let rest = rest.split('<').next().unwrap();
    Some(format!("whsec_{rest}"))
}

fn webhook(form: Form) -> Form {
    form.with("partner", "television")
        .with("channel", "webhook")
        .with("url", URL)
}

#[tokio::test]
async fn an_administrator_adds_a_webhook_and_sees_its_secret_once() {
    let web = Web::new().await;
    let mut browser = web.signed_in(Role::Administrator).await;
    let page = browser.open("/console/endpoints").await.is(200);
    assert!(
        page.says("Aucun partenaire ni service n’a donné"),
        "{}",
        page.html
    );
    let form = page.form("/console/endpoints");
    let made = browser.send(&webhook(form)).await.is(200);
    assert_eq!(made.headers["cache-control"], "no-store");
    let first = secret(&made).unwrap();
    assert!(made.says("Radio et télévision publiques") && made.says("jamais par courriel"));
    let list = browser.open("/console/endpoints").await.is(200);
    assert!(list.says(URL) && secret(&list).is_none(), "{}", list.html);

    let renewed = browser.send(&list.form("/rotate")).await.is(200);
    assert_eq!(renewed.headers["cache-control"], "no-store");
    let second = secret(&renewed).unwrap();
    assert_ne!(first, second);
    assert!(renewed.says("Le secret précédent signe"));

    let off = browser.submit(&list.form("/state")).await.is(200);
    assert!(off.says("Désactivé par l’administrateur") && secret(&off).is_none());
    let on = browser.submit(&off.form("/state")).await.is(200);
    assert!(!on.says("Désactivé par l’administrateur"));
    let audit = browser.open("/console/audit").await.is(200);
    assert!(audit.says("A établi un nouveau secret"), "{}", audit.html);
    assert!(!audit.says("television.example.org"));
}

#[tokio::test]
async fn what_is_wrong_with_a_system_stands_beside_its_field() {
    let web = Web::new().await;
    let mut browser = web.signed_in(Role::Administrator).await;
    let page = browser.open("/console/endpoints").await.is(200);
    let form = webhook(page.form("/console/endpoints"));
    let typed = form
        .clone()
        .with("url", "http://alerts.example.org/")
        .with("bearer", "t0ken");
    for (name, value, words) in [
        ("url", "http://alerts.example.org/", "https://"),
        ("url", "https://10.0.0.7/", "réseau privé"),
        ("url", "nowhere", "adresse web complète"),
        ("partner", "nobody", "liste du pays"),
        ("channel", "cap_feed", "une des réponses"),
        ("bearer", "t0ken", "ne porte pas de jeton"),
    ] {
        let wrong = browser.send(&form.clone().with(name, value)).await.is(422);
        let (_, after) = wrong
            .html
            .split_once(&format!("id=\"{name}-error\""))
            .unwrap();
        let beside = after.split("</p>").next().unwrap();
        assert!(beside.contains(words), "{name}: {beside}");
        assert!(secret(&wrong).is_none());
    }
    let spaced = form.clone().with("channel", "cap_partner");
    let spaced = browser.send(&spaced.with("bearer", "two words")).await;
    assert!(spaced.is(422).says("sans espace"));
    let again = browser.send(&typed).await.is(422);
    assert!(again.says("value=\"http://alerts.example.org/\"") && again.says("value=\"t0ken\""));
    let list = browser.open("/console/endpoints").await.is(200);
    assert!(list.says("Aucun partenaire ni service n’a donné"));
    let cap = form.with("channel", "cap_partner").with("bearer", "t0ken");
    let taken = browser.submit(&cap).await.is(200);
    assert!(taken.says(URL) && !taken.says("t0ken") && secret(&taken).is_none());
    assert!(!taken.says("/rotate\""), "there is no secret of ours");
}

#[tokio::test]
async fn the_form_of_a_new_system_sent_twice_adds_one_and_shows_its_secret_once() {
    let web = Web::new().await;
    let mut browser = web.signed_in(Role::Administrator).await;
    let page = browser.open("/console/endpoints").await.is(200);
    let form = webhook(page.form("/console/endpoints"));
    let made = browser.send(&form).await.is(200);
    assert!(secret(&made).is_some());
    let reloaded = browser.submit(&form).await.is(200);
    assert!(secret(&reloaded).is_none(), "{}", reloaded.html);
    assert_eq!(reloaded.html.matches("/rotate\"").count(), 1, "one system");
    let other = form.with("url", "https://other.television.example.org/incoming");
    assert_eq!(browser.send(&other).await.status, 409, "another form's key");
    let fresh = webhook(reloaded.form("/console/endpoints"));
    browser.send(&fresh).await.is(200);
    let list = browser.open("/console/endpoints").await.is(200);
    assert_eq!(list.html.matches("/rotate\"").count(), 2, "asked for again");
}

/// An alert that is over, and the end that one partner's system refused.
async fn given_up(web: &Web) -> (CaseId, AlertId, DeadDelivery) {
    let house = &web.house;
    let (officer, approver) = (house.officer().await, house.approver().await);
    let case = house.received_case(&officer).await;
    let message = house.app.begin_alert(&officer, case).await.unwrap();
    let confirmed = tifli_app::report::Confirmation::Given;
    let submitted = house.app.submit(&officer, message, confirmed).await;
    let binding = submitted.unwrap().binding;
    let alert = binding.alert;
    let approved = house.app.approve(&approver, message, binding).await;
    approved.unwrap();
    let ended = house.app.cancel(&approver, alert, EndReason::Found).await;
    ended.unwrap();
    (case, alert, house.dead_delivery(alert).await)
}

#[tokio::test]
async fn the_room_lets_a_recall_go_on_without_a_dead_delivery_and_says_why() {
    let web = Web::new().await;
    let (case, alert, dead) = given_up(&web).await;
    let path = format!("/console/deliveries/{}", dead.delivery);
    let mut room = web.signed_in(Role::Room).await;
    let board = room.open("/console/board").await.is(200);
    assert!(board.says(&path), "the duty leads to the delivery");

    let delivery = format!("/console/alerts/{alert}/delivery");
    let page = room.open(&delivery).await.is(200);
    assert!(
        page.says(&path) && page.says("Fin non confirmée"),
        "{}",
        page.html
    );
    assert!(
        page.says("Notification signée"),
        "the name in the country pack"
    );
    let part = room.open(&format!("{delivery}?part=figures")).await.is(200);
    assert!(part.html.starts_with("<div id=\"figures\"") && part.says(&path));

    let story = room.open(&path).await.is(200);
    assert!(story.says("Le système ne nous reconnaît pas"));
    assert!(story.says("Abandonnée\u{a0}: plus aucun essai") && story.says("+212500000002"));
    let form = story.form("/release");
    let silent = room.submit(&form).await.is(422);
    assert!(silent.says("id=\"reason-error\""));
    let reason = "Jointe par téléphone, la régie a retiré l’avis.";
    let done = room.submit(&form.with("reason", reason)).await.is(200);
    assert!(
        done.says(reason) && !done.says("/release\""),
        "{}",
        done.html
    );
    let twice = room
        .submit(&story.form("/release").with("reason", reason))
        .await;
    assert_eq!(twice.status, 409, "{}", twice.html);

    let page = room.open(&delivery).await.is(200);
    assert!(!page.says("Fin non confirmée") && page.says("Réglé par une personne"));
    let actor = web.house.room().await;
    let duties = web.house.app.duties(&actor, case).await.unwrap();
    let duty = duties
        .iter()
        .find(|duty| duty.line.kind == DutyKind::DeadDelivery);
    assert!(duty.unwrap().line.settled_ms.is_some());
    assert!(!room.open("/console/board").await.says(&path));
}

#[tokio::test]
async fn who_may_not_release_reads_the_story_without_the_form() {
    let web = Web::new().await;
    let (_, _, dead) = given_up(&web).await;
    let path = format!("/console/deliveries/{}", dead.delivery);
    for role in [Role::Officer, Role::Unit] {
        let mut browser = web.signed_in(role).await;
        let story = browser.open(&path).await.is(200);
        assert!(story.says("Le système ne nous reconnaît pas"), "{role:?}");
        assert!(
            !story.says("/release\""),
            "{role:?} has no part in {:?}",
            Act::ReleaseDelivery
        );
    }
    let mut foreign = web.signed_in_at(Role::Officer, "fes").await;
    foreign.open(&path).await.is(403);
}

/// An alert that is out, with consent that Meta may have it.
async fn out(web: &Web) -> AlertId {
    let house = &web.house;
    let (officer, approver) = (house.officer().await, house.approver().await);
    let case = house.received_case(&officer).await;
    let consent = NewConsent {
        channel: "meta".to_owned(),
        answer: ChannelAnswer::Given,
        given_by: "Nadia Exemple".to_owned(),
        before: "Person 1".to_owned(),
        scan: None,
    };
    let app = &house.app;
    app.record_consent(&officer, case, consent).await.unwrap();
    let message = app.begin_alert(&officer, case).await.unwrap();
    let confirmed = tifli_app::report::Confirmation::Given;
    let submitted = app.submit(&officer, message, confirmed).await.unwrap();
    let alert = submitted.binding.alert;
    let approved = app.approve(&approver, message, submitted.binding).await;
    approved.unwrap();
    alert
}

#[tokio::test]
async fn what_people_handed_over_stands_in_the_same_ledger_with_its_story_and_in_the_recall() {
    let web = Web::new().await;
    let alert = out(&web).await;
    let (house, app) = (&web.house, &web.house.app);
    let mut room = web.signed_in(Role::Room).await;
    let delivery = format!("/console/alerts/{alert}/delivery");
    let page = room.open(&delivery).await.is(200);
    assert!(page.says("Meta") && page.says("Remise faite par une personne"));
    assert!(
        page.says("Préparée"),
        "nobody gave it to them: {}",
        page.html
    );
    let actor = house.room().await;
    let hands = app.ledger(&actor, alert).await.unwrap().hands;
    let id = hands[0].line.handover;
    let path = format!("/console/deliveries/{id}");
    let step = async |act: HandoverAct, reference: &str| {
        let step = HandoverStep {
            act,
            way: act.needs_way().then_some(Way::Portal),
            note: HandoverNote {
                reference: reference.to_owned(),
                words: "Vu dans le fil inventé.".to_owned(),
            },
        };
        app.record_handover(&actor, id, step, Evidence::default())
            .await
            .unwrap();
    };
    step(HandoverAct::Submit, "TICKET-42").await;
    let unanswered = room.open(&path).await.is(200);
    assert!(unanswered.says("Incertain"), "{}", unanswered.html);
    assert!(unanswered.says("TICKET-42") && unanswered.says("/console/handovers/"));
    step(HandoverAct::SeeLive, "").await;
    assert!(room.open(&path).await.is(200).says("Reçu"));
    app.cancel(&house.approver().await, alert, EndReason::Found)
        .await
        .unwrap();
    let over = room.open(&delivery).await.is(200);
    assert!(
        over.says("Retrait non constaté") && over.says(&path),
        "{}",
        over.html
    );
    step(HandoverAct::AskWithdrawal, "TICKET-43").await;
    step(HandoverAct::SeeWithdrawn, "").await;
    let gone = room.open(&delivery).await.is(200);
    assert!(!gone.says("Retrait non constaté") && gone.says("Meta"));
    let mut unit = web.signed_in(Role::Unit).await;
    let told = unit.open(&path).await.is(200);
    assert!(
        told.says("Reçu") && !told.says("TICKET-42"),
        "sealed with the case"
    );
    assert!(
        !told.says("/console/handovers/"),
        "a unit does not act here"
    );
}

#[tokio::test]
async fn the_restricted_bulletin_at_a_services_own_system_stands_on_the_same_page() {
    let web = Web::new().await;
    connected(&web.house).await;
    let alert = out(&web).await;
    let mut room = web.signed_in(Role::Room).await;
    for part in ["", "?part=figures"] {
        let path = format!("/console/alerts/{alert}/delivery{part}");
        let page = room.open(&path).await.is(200);
        assert!(page.html.contains("href=\"/console/dispatches/dispatch_"));
    }
}
