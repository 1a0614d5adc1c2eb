//! The intake of CAP.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tifli_sandbox::cap::{Audience, CapIntake, CapSettings, RunningCap};
use tifli_sandbox::faults::Fault;

use crate::support::{Heard, NOON_MS, StandingClock, ask, client, hear, http_faults, until_closed};

const TOKEN: &str = "let-me-in";
const SENDER: &str = "alerts@tifli.example";
const HOUR_MS: u64 = 3_600_000;

async fn start(audience: Audience) -> (RunningCap, StandingClock) {
    let clock = StandingClock::at_noon();
    let settings = CapSettings {
        token: TOKEN.to_owned(),
        audience,
        clock: clock.clock(),
    };
    let address = "127.0.0.1:0".parse().unwrap();
    (CapIntake::start(address, settings).await.unwrap(), clock)
}

/// A message of this kind and number, an hour long, that names these earlier ones.
fn message(kind: &str, n: u32, earlier: &[u32]) -> String {
    let named: Vec<String> = earlier
        .iter()
        .map(|n| format!("{SENDER},{},{}", id(*n), sent(*n)))
        .collect();
    let references = match named.is_empty() {
        true => String::new(),
        false => format!("<references>{}</references>", named.join(" ")),
    };
    let (id, sent) = (id(n), sent(n));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
        <alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>{id}</identifier>\
        <sender>{SENDER}</sender><sent>{sent}</sent><status>Actual</status>\
        <msgType>{kind}</msgType><scope>Public</scope>{references}\
        <info><language>ar-MA</language><category>Rescue</category><event>طفل مفقود</event>\
        <responseType>Monitor</responseType><urgency>Immediate</urgency><severity>Severe</severity>\
        <certainty>Likely</certainty><expires>2026-11-22T13:00:00-00:00</expires>\
        <headline>بحث عن طفل</headline><area><areaDesc>الرباط</areaDesc>\
        <circle>33.97,-6.85 160</circle></area></info></alert>"
    )
}

fn id(n: u32) -> String {
    format!("urn:oid:2.49.0.0.504.{n}")
}

fn sent(n: u32) -> String {
    format!("2026-11-22T11:{n:02}:00-00:00")
}

fn post(intake: &RunningCap, xml: impl Into<reqwest::Body>) -> RequestBuilder {
    client()
        .post(intake.base_url())
        .bearer_auth(TOKEN)
        .header("content-type", "application/cap+xml; charset=utf-8")
        .body(xml)
}

async fn status(request: RequestBuilder) -> u16 {
    request.send().await.unwrap().status().as_u16()
}

async fn refusal(intake: &RunningCap, xml: String) -> (u16, Value) {
    let answer = post(intake, xml).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// The numbers of the alerts it would show.
fn showing(intake: &RunningCap) -> Vec<String> {
    let shown = intake.current().into_iter();
    shown.map(|message| message.identifier).collect()
}

#[tokio::test]
async fn a_message_is_kept_and_read_back_octet_for_octet() {
    let (intake, _) = start(Audience::Public).await;
    let xml = format!("\u{feff}{}\n", message("Alert", 1, &[]));
    let answer = post(&intake, xml.clone()).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let said: Value = answer.json().await.unwrap();
    assert_eq!(said, json!({ "identifier": id(1), "state": "kept" }));
    let url = format!("{}/{}", intake.base_url(), id(1));
    let read = client().get(&url).bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(read.headers()["content-type"], "application/cap+xml");
    assert_eq!(read.bytes().await.unwrap(), xml.as_bytes());
    assert_eq!(intake.find(&id(1)).unwrap().raw, xml.as_bytes());
    let other = client().get(format!("{}/nothing", intake.base_url()));
    assert_eq!(status(other.bearer_auth(TOKEN)).await, 404);
}

#[tokio::test]
async fn the_same_octets_are_known_and_others_under_the_same_name_conflict() {
    let (intake, _) = start(Audience::Public).await;
    let xml = message("Alert", 1, &[]);
    assert_eq!(status(post(&intake, xml.clone())).await, 201);
    assert_eq!(status(post(&intake, xml.clone())).await, 200);
    let resent = xml.replace("11:01:00", "11:59:00");
    assert_eq!(status(post(&intake, resent)).await, 409);
    assert_eq!(status(post(&intake, format!("{xml}\n"))).await, 409);
    let kept = intake.messages();
    assert_eq!((kept.len(), kept[0].times), (1, 2));
    assert_eq!(kept[0].at_ms, NOON_MS);
}

#[tokio::test]
async fn only_cap_with_the_right_token_comes_in() {
    let (intake, _) = start(Audience::Public).await;
    let xml = message("Alert", 1, &[]);
    let bare = || client().post(intake.base_url()).body(xml.clone());
    let typed = || bare().header("content-type", "application/cap+xml");
    let answer = typed().send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.headers()["www-authenticate"], "Bearer");
    assert_eq!(status(typed().bearer_auth("let-me-in-too")).await, 401);
    assert_eq!(status(typed().header("authorization", TOKEN)).await, 401);
    assert_eq!(status(bare().bearer_auth(TOKEN)).await, 415);
    for other in ["application/xml", "text/xml", "application/json"] {
        let request = bare().bearer_auth(TOKEN).header("content-type", other);
        assert_eq!(status(request).await, 415, "{other}");
    }
    let read = client().get(format!("{}/{}", intake.base_url(), id(1)));
    assert_eq!(status(read).await, 401);
    assert_eq!(status(typed().bearer_auth(TOKEN)).await, 201);
    let long = post(&intake, "x".repeat(1_048_577));
    assert_eq!(status(long).await, 413);
}

/// What is written, what instead, the word of the refusal and the element it is about.
const CHANGES: &[(&str, &str, &str, &str)] = &[
    (
        "<alert ",
        "<!DOCTYPE alert [<!ENTITY a 'a'>]><alert ",
        "doctype",
        "",
    ),
    ("</alert>", "", "xml", ""),
    ("cap:1.2", "cap:1.1", "namespace", "alert"),
    ("<sender>", "<sender>a b", "name", "alert/sender"),
    (
        "<identifier>",
        "<identifier>a,b",
        "name",
        "alert/identifier",
    ),
    (":00-00:00</sent>", ":00Z</sent>", "time", "alert/sent"),
    ("<status>Actual", "<status>Real", "word", "alert/status"),
    ("<scope>Public</scope>", "", "missing", "alert/scope"),
    ("<scope>", "<code>x</code><scope>", "missing", "alert/scope"),
    (
        "<event>",
        "<event>x</event><event>",
        "repeated",
        "info/event",
    ),
    (
        "<urgency>Immediate</urgency>",
        "",
        "missing",
        "info/urgency",
    ),
    (
        "<language>ar-MA",
        "<language>ar_MA",
        "language",
        "info/language",
    ),
    (
        "33.97,-6.85 160",
        "-6.85 33.97 160",
        "geometry",
        "area/circle",
    ),
    ("الرباط", " ", "missing", "area/areaDesc"),
    ("<area>", "<area>stray", "text", "info/area"),
    (
        "</info>",
        "</info><odd xmlns=\"urn:x\"/>",
        "place",
        "alert/odd",
    ),
    ("<headline>", "<headline><b/>", "place", "info/headline"),
    (">Public<", ">Restricted<", "missing", "alert/restriction"),
    (">Public<", ">Private<", "missing", "alert/addresses"),
    (
        "<status>Actual",
        "<status>Draft",
        "not_here",
        "alert/status",
    ),
    (
        ">Alert</msgType>",
        ">Ack</msgType>",
        "not_here",
        "alert/msgType",
    ),
];

#[tokio::test]
async fn what_is_no_good_cap_is_refused_by_name() {
    let (intake, _) = start(Audience::Public).await;
    let good = message("Alert", 1, &[]);
    for (from, to, why, element) in CHANGES {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let (status, said) = refusal(&intake, bad).await;
        assert_eq!(status, 400, "{to}");
        assert_eq!(said, json!({ "error": why, "element": element }), "{to}");
    }
    let latin: Vec<u8> = vec![b'<', 0xe9, b'/', b'>'];
    assert_eq!(status(post(&intake, latin)).await, 400);
    let deep = "<a>".repeat(300_000);
    assert_eq!(status(post(&intake, deep)).await, 400);
    assert_eq!(intake.messages(), []);
}

#[tokio::test]
async fn a_signature_may_come_last_and_is_noted() {
    let (intake, _) = start(Audience::Public).await;
    let signature = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>";
    let signed = message("Alert", 1, &[]).replace("</alert>", &format!("{signature}</alert>"));
    assert_eq!(status(post(&intake, signed)).await, 201);
    let early = message("Alert", 2, &[]).replace("<info>", &format!("{signature}<info>"));
    assert_eq!(status(post(&intake, early)).await, 400);
    assert_eq!(status(post(&intake, message("Alert", 3, &[]))).await, 201);
    let signed: Vec<_> = intake.messages().iter().map(|one| one.signed).collect();
    assert_eq!(signed, [true, false]);
}

#[tokio::test]
async fn an_update_takes_the_place_of_what_it_names_and_a_cancel_ends_it() {
    let (intake, _) = start(Audience::Public).await;
    assert_eq!(showing(&intake), [""; 0]);
    for (kind, n, earlier, shown) in [
        ("Alert", 1, &[][..], vec![id(1)]),
        ("Alert", 2, &[], vec![id(1), id(2)]),
        ("Update", 3, &[1], vec![id(2), id(3)]),
        ("Update", 4, &[1, 3], vec![id(2), id(4)]),
        ("Cancel", 5, &[1, 3, 4], vec![id(2)]),
        ("Cancel", 6, &[2], vec![]),
    ] {
        let xml = message(kind, n, earlier);
        assert_eq!(status(post(&intake, xml)).await, 201, "{kind} {n}");
        assert_eq!(showing(&intake), shown, "{kind} {n}");
    }
    let ended: Vec<_> = intake
        .messages()
        .into_iter()
        .map(|message| message.ended_by)
        .collect();
    let by = |n| Some(id(n));
    assert_eq!(ended, [by(3), by(6), by(4), by(5), None, None]);
}

#[tokio::test]
async fn a_cancel_that_forgets_the_last_update_leaves_it_showing() {
    let (intake, _) = start(Audience::Public).await;
    for (kind, n, earlier) in [
        ("Alert", 1, &[][..]),
        ("Update", 2, &[1]),
        ("Cancel", 3, &[1]),
    ] {
        assert_eq!(status(post(&intake, message(kind, n, earlier))).await, 201);
    }
    assert_eq!(showing(&intake), [id(2)]);
}

#[tokio::test]
async fn a_change_must_name_what_is_there() {
    let (intake, _) = start(Audience::Public).await;
    post(&intake, message("Alert", 1, &[]))
        .send()
        .await
        .unwrap();
    for (kind, n) in [("Update", 2), ("Cancel", 3)] {
        let none = message(kind, n, &[]);
        assert_eq!(status(post(&intake, none)).await, 400, "{kind}");
        let empty = message(kind, n, &[1]).replace(&format!("{SENDER},{},{}", id(1), sent(1)), " ");
        assert_eq!(status(post(&intake, empty)).await, 400, "{kind}");
        let unknown = message(kind, n, &[9]);
        assert_eq!(status(post(&intake, unknown)).await, 404, "{kind}");
        let broken = message(kind, n, &[1]).replace(&format!("{SENDER},urn"), "urn");
        let (status, said) = refusal(&intake, broken).await;
        assert_eq!((status, &said["error"]), (400, &json!("references")));
    }
    let theirs = message("Cancel", 4, &[1]).replace("<sender>alerts", "<sender>others");
    assert_eq!(
        status(post(&intake, theirs)).await,
        404,
        "of another sender"
    );
    assert_eq!(status(post(&intake, message("Cancel", 5, &[1]))).await, 201);
    for (kind, n) in [("Cancel", 6), ("Update", 7)] {
        let late = message(kind, n, &[1]);
        assert_eq!(
            status(post(&intake, late)).await,
            404,
            "{kind} after the end"
        );
    }
    assert_eq!(status(post(&intake, message("Cancel", 8, &[5]))).await, 404);
}

#[tokio::test]
async fn a_message_that_comes_after_its_update_is_not_shown() {
    let (intake, _) = start(Audience::Public).await;
    for (kind, n, earlier) in [
        ("Alert", 1, &[][..]),
        ("Update", 3, &[1, 2]),
        ("Update", 2, &[1]),
    ] {
        assert_eq!(status(post(&intake, message(kind, n, earlier))).await, 201);
    }
    assert_eq!(showing(&intake), [id(3)]);
}

#[tokio::test]
async fn an_alert_is_dark_after_its_end() {
    let (intake, clock) = start(Audience::Public).await;
    post(&intake, message("Alert", 1, &[]))
        .send()
        .await
        .unwrap();
    let endless = message("Alert", 2, &[]);
    let endless = endless.replace("<expires>2026-11-22T13:00:00-00:00</expires>", "");
    post(&intake, endless).send().await.unwrap();
    let machines = message("Alert", 3, &[]).replace(">Actual<", ">System<");
    post(&intake, machines).send().await.unwrap();
    clock.pass(HOUR_MS - 1);
    assert_eq!(showing(&intake), [id(1), id(2)]);
    clock.pass(1);
    assert_eq!(
        showing(&intake),
        [id(2)],
        "without an end until it is canceled"
    );
}

#[tokio::test]
async fn an_intake_for_bulletins_takes_restricted_messages_only() {
    let (intake, _) = start(Audience::Restricted).await;
    let public = message("Alert", 1, &[]);
    let restricted = public.replace(
        "<scope>Public</scope>",
        "<scope>Restricted</scope><restriction>for border services</restriction>",
    );
    let (status_public, said) = refusal(&intake, public).await;
    assert_eq!(
        (status_public, &said["element"]),
        (400, &json!("alert/scope"))
    );
    assert_eq!(status(post(&intake, restricted.clone())).await, 201);
    let (other, _) = start(Audience::Public).await;
    assert_eq!(status(post(&other, restricted)).await, 400);
}

#[tokio::test]
async fn whoever_asks_is_told_what_is_kept_and_what_is_shown() {
    let (intake, _) = start(Audience::Public).await;
    let first = message("Alert", 1, &[]);
    for xml in [first.clone(), first.clone(), message("Update", 2, &[1])] {
        post(&intake, xml).send().await.unwrap();
    }
    let ask = async |path: &str| ask(&format!("{}{path}", intake.origin())).await;
    assert_eq!(
        ask("/received").await,
        json!({
            "received": 3, "unique": 2, "repeats": 1, "alerts": 1, "updates": 1, "cancels": 0,
            "showing": 1,
        })
    );
    let current = ask("/current").await;
    assert_eq!(current.as_array().unwrap().len(), 1);
    assert_eq!(current[0]["identifier"], id(2));
    assert_eq!(current[0]["msg_type"], "Update");
    assert_eq!(current[0]["references"][0]["identifier"], id(1));
    assert_eq!(current[0]["infos"][0]["headline"], "بحث عن طفل");
    assert_eq!(current[0]["infos"][0]["areas"], json!(["الرباط"]));
    assert_eq!(ask("/messages?after=1").await, current);
    assert_eq!(ask("/about").await["scope"], "Public");
    let raw = client().get(format!("{}/raw/{}", intake.origin(), id(1)));
    let raw = raw.send().await.unwrap().text().await.unwrap();
    assert_eq!(raw, first);
}

#[tokio::test]
async fn each_fault_is_heard_as_it_is_scripted() {
    let (intake, _) = start(Audience::Public).await;
    for (n, (fault, heard, taken)) in (1..).zip(http_faults(201)) {
        let xml = message("Alert", n, &[]);
        intake.play(vec![fault.clone().next(1)]);
        assert_eq!(hear(post(&intake, xml.clone())).await, heard, "{fault:?}");
        assert_eq!(intake.find(&id(n)).is_some(), taken, "{fault:?}");
        let again = Heard::Status(if taken { 200 } else { 201 });
        assert_eq!(hear(post(&intake, xml)).await, again, "{fault:?}");
    }
}

#[tokio::test]
async fn reading_back_has_faults_of_its_own() {
    let (intake, _) = start(Audience::Public).await;
    intake.play(vec![Fault::unknown_after_accept().to(&id(1))]);
    let lost = post(&intake, message("Alert", 1, &[]));
    assert_eq!(hear(lost).await, Heard::Nothing);
    let read = || {
        let url = format!("{}/{}", intake.base_url(), id(1));
        hear(client().get(url).bearer_auth(TOKEN))
    };
    assert_eq!(read().await, Heard::Status(200), "what is unknown is there");
    for (fault, heard, _) in http_faults(200) {
        intake.play_on_reads(vec![fault.clone().next(1)]);
        assert_eq!(read().await, heard, "{fault:?}");
        assert_eq!(read().await, Heard::Status(200));
    }
    let other = post(&intake, message("Alert", 2, &[]));
    assert_eq!(hear(other).await, Heard::Status(201));
}

#[tokio::test]
async fn both_scripts_are_set_over_http() {
    let (intake, _) = start(Audience::Public).await;
    let set = async |path: &str, fault: Fault| {
        let url = format!("{}{path}", intake.origin());
        hear(client().post(url).json(&[fault])).await
    };
    assert_eq!(set("/faults", Fault::transient()).await, Heard::Status(204));
    assert_eq!(
        set("/faults/reads", Fault::gone()).await,
        Heard::Status(204)
    );
    let xml = message("Alert", 1, &[]);
    assert_eq!(hear(post(&intake, xml)).await, Heard::Status(503));
    let url = format!("{}/{}", intake.base_url(), id(1));
    let read = client().get(url).bearer_auth(TOKEN);
    assert_eq!(hear(read).await, Heard::Status(410));
}

#[tokio::test]
async fn slow_and_silent_calls_end_with_the_intake() {
    for fault in [Fault::slow(600_000), Fault::never_answers()] {
        let (intake, _) = start(Audience::Public).await;
        intake.play(vec![fault.takes().to(&id(1))]);
        let slow = tokio::spawn(hear(post(&intake, message("Alert", 1, &[]))));
        assert_eq!(status(post(&intake, message("Alert", 2, &[]))).await, 201);
        assert!(!slow.is_finished());
        intake.stop().await;
        assert_eq!(slow.await.unwrap(), Heard::Nothing);
    }
}

#[tokio::test]
async fn an_intake_that_is_dropped_ends() {
    let (intake, _) = start(Audience::Public).await;
    let address = intake.addr();
    drop(intake);
    until_closed(address).await;
}
