//! The stages of the procedure around an alert: the first alarm and its answers, the bulletin and who acknowledges it,
//! the hand-over to a partner, the way from found to closed, papers.
//!
//! In each, people work through case after case by the API until the process dies. What was acknowledged to them is
//! there after the restart, the same key gives the same case, no service is missing from a bulletin or stands on it
//! twice, and the work can be brought to its end: every cessation reaches every service.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Fell, Stage, Torture};
use crate::client::{Client, Who};

/// The longest a stage is left alone after its first write, in milliseconds.
const PATIENCE: u64 = 900;

/// What was acknowledged.
#[derive(Debug, Clone)]
enum Done {
    /// An alarm raised under a key.
    Alarm(String, String),
    /// An answer: case, field, value.
    Answer(String, &'static str, String),
    /// A report received: its bulletin is out.
    Received(String),
    /// A bulletin acknowledged for a service.
    Acknowledged(String, String),
    /// A hand-over brought to this state.
    Step(String, &'static str),
    /// An item of the closing said.
    Item(String, &'static str),
    /// A file closed.
    Closed(String),
    /// A consent written down.
    Consent(String),
    /// A statement printed.
    Printed(String),
}

/// What is written down between found and closed.
const ITEMS: [(&str, &str); 8] = [
    ("located", "police"),
    ("seen", "alive"),
    ("safe", "safe"),
    ("decision", "return"),
    ("hand_over", ""),
    ("family_told", ""),
    ("interview", "accepted"),
    ("outcome", "contributed"),
];

impl Torture {
    /// Works until it is killed; then everything acknowledged is looked up, and the work goes on.
    pub(super) async fn procedure(&mut self, stage: Stage) -> Fell {
        self.log.mark();
        let (client, round) = (self.client.clone(), self.round);
        let working = tokio::spawn(async move { work(stage, &client, round).await });
        let writes = writes_of(stage);
        self.log.until_begun(writes[0]).await;
        tokio::time::sleep(Duration::from_millis(self.chance.below(PATIENCE))).await;
        let told = self.kill_and_restart().await;
        let done = working.await.expect("the client does not fail");
        for write in writes {
            let acknowledged = done.iter().filter(|one| one.write() == *write).count();
            assert!(
                acknowledged <= told.committed(write),
                "{write}: acknowledged before it was durable: {told:?}"
            );
        }
        for one in &done {
            look_up(&self.client, one).await;
        }
        go_on(stage, &self.client, round).await;
        let open = writes.iter().find(|write| told.open(write) > 0);
        match open {
            Some(write) => Fell::Within(write),
            None => Fell::Within("between two writes"),
        }
    }
}

/// The writes of a stage by the log, the one that is waited for first.
fn writes_of(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Intake => &["alarm.raise", "report.save"],
        Stage::Bulletin => &["bulletin.acknowledge", "report.receive"],
        Stage::Partner => &["partner.step"],
        Stage::Closing => &["closing.step", "bulletin.acknowledge", "case.close"],
        Stage::Paper => &["paper.print", "paper.entry"],
        Stage::Report | Stage::Approval | Stage::FanOut | Stage::Recall | Stage::Systems => &[""],
    }
}

impl Done {
    /// The write by the log.
    fn write(&self) -> &'static str {
        match self {
            Self::Alarm(..) => "alarm.raise",
            Self::Answer(..) => "report.save",
            Self::Received(_) => "report.receive",
            Self::Acknowledged(..) => "bulletin.acknowledge",
            Self::Step(..) => "partner.step",
            Self::Item(..) => "closing.step",
            Self::Closed(_) => "case.close",
            Self::Consent(_) => "paper.entry",
            Self::Printed(_) => "paper.print",
        }
    }
}

async fn work(stage: Stage, client: &Client, round: u32) -> Vec<Done> {
    let mut done = Vec::new();
    for number in 0.. {
        let key = format!("{stage:?}-{round}-{number}");
        if one(stage, client, (&key, &mut done)).await.is_none() {
            return done;
        }
    }
    done
}

/// One case from its beginning to its end; `None` once the connection broke.
async fn one(stage: Stage, client: &Client, (key, done): (&str, &mut Vec<Done>)) -> Option<()> {
    match stage {
        Stage::Intake => alarm(client, key, done).await,
        Stage::Bulletin => bulletin(client, key, done).await.map(drop),
        Stage::Partner => partner(client, key, done).await,
        Stage::Closing => closing(client, key, done).await,
        Stage::Paper => paper(client, key, done).await,
        Stage::Report | Stage::Approval | Stage::FanOut | Stage::Recall | Stage::Systems => None,
    }
}

/// The line raises an alarm; the district takes it over and types on.
async fn alarm(client: &Client, key: &str, done: &mut Vec<Done>) -> Option<()> {
    let case = raise(client, key).await?;
    done.push(Done::Alarm(key.to_owned(), case.clone()));
    let path = format!("cases/{case}/take-over");
    client
        .call(Who::Officer, (Method::POST, &path), json!({}), "")
        .await?;
    for field in ["clothes", "marks"] {
        let value = format!("invented {key}");
        let body = json!({ field: { "value": value, "base": 0 } });
        let path = format!("cases/{case}/answers");
        let sent = client
            .call(Who::Officer, (Method::PUT, &path), body, "")
            .await?;
        if sent["problems"].as_array().is_none_or(Vec::is_empty) {
            done.push(Done::Answer(case.clone(), field, value));
        }
    }
    Some(())
}

async fn raise(client: &Client, key: &str) -> Option<String> {
    let body = json!({ "caller": "Invented Caller 0600000077", "child": "Yasmine, 7", "seen": "???",
        "district": client.district() });
    let raised = client
        .call(Who::Room, (Method::POST, "alarms"), body, key)
        .await?;
    Some(raised["case"].as_str().expect("a case").to_owned())
}

/// A report is received; services acknowledge its bulletin by telephone, as many as there is time for.
async fn bulletin(client: &Client, key: &str, done: &mut Vec<Done>) -> Option<String> {
    let case = client.received(key).await?;
    done.push(Done::Received(case.clone()));
    acknowledge_all(client, &case, done).await?;
    Some(case)
}

async fn acknowledge_all(client: &Client, case: &str, done: &mut Vec<Done>) -> Option<()> {
    let (id, opened) = bulletin_of(client, case).await?;
    for (service, reading) in services(&opened) {
        if reading == "acknowledged" {
            continue;
        }
        let path = format!("bulletins/{id}/acknowledge-by-phone");
        let body = json!({ "service": service });
        client
            .call(Who::Room, (Method::POST, &path), body, "")
            .await?;
        done.push(Done::Acknowledged(id.clone(), service));
    }
    Some(())
}

async fn bulletin_of(client: &Client, case: &str) -> Option<(String, Value)> {
    let path = format!("cases/{case}/bulletin");
    let found = client
        .call(Who::Room, (Method::GET, &path), Value::Null, "")
        .await?;
    let id = found["bulletin"].as_str().expect("a bulletin").to_owned();
    let path = format!("bulletins/{id}");
    let opened = client
        .call(Who::Room, (Method::GET, &path), Value::Null, "")
        .await?;
    Some((id, opened))
}

/// The services of a bulletin, each with how far it has come with the newest telegram.
fn services(opened: &Value) -> Vec<(String, String)> {
    let rows = opened["services"].as_array().expect("services").iter();
    let word = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    rows.map(|row| (word(row, "service"), word(row, "reading")))
        .collect()
}

/// An alert for partners only is given to the carrier and seen live there.
async fn partner(client: &Client, key: &str, done: &mut Vec<Done>) -> Option<()> {
    let case = client.received(key).await?;
    let path = format!("cases/{case}/qualification");
    let rung =
        json!({ "rung": "partners", "reason": "Nobody is to be disturbed by an invented case." });
    client
        .call(Who::Approver, (Method::POST, &path), rung, "")
        .await?;
    consent(client, &case).await?;
    let waiting = client.handed_over(&case).await?;
    let path = format!("approvals/{}/approve", waiting.message);
    let body = json!({ "binding": waiting.binding });
    client
        .call(Who::Approver, (Method::POST, &path), body, "")
        .await?;
    let path = format!("alerts/{}/partners", waiting.alert);
    let shown = client
        .call(Who::Room, (Method::GET, &path), Value::Null, "")
        .await?;
    let mut rows = shown["handovers"].as_array().expect("hand-overs").iter();
    let row = rows
        .find(|row| row["partner"] == "meta")
        .expect("the carrier");
    let handover = row["handover"].as_str().expect("a hand-over").to_owned();
    let path = format!("handovers/{handover}/steps");
    for (step, state) in [
        (
            json!({ "act": "submit", "way": "portal", "reference": "T-1" }),
            "submitted",
        ),
        (
            json!({ "act": "see_live", "words": "Seen in the invented feed." }),
            "seen_live",
        ),
    ] {
        client
            .call(Who::Room, (Method::POST, &path), step, "")
            .await?;
        done.push(Done::Step(handover.clone(), state));
    }
    let path = format!("alerts/{}/cancel", waiting.alert);
    let found = json!({ "reason": "found" });
    client
        .call(Who::Approver, (Method::POST, &path), found, "")
        .await?;
    for (step, state) in [
        (
            json!({ "act": "ask_withdrawal", "way": "phone", "reference": "T-2" }),
            "withdrawal_asked",
        ),
        (
            json!({ "act": "see_withdrawn", "words": "Gone." }),
            "seen_withdrawn",
        ),
    ] {
        let path = format!("handovers/{handover}/steps");
        client
            .call(Who::Room, (Method::POST, &path), step, "")
            .await?;
        done.push(Done::Step(handover.clone(), state));
    }
    Some(())
}

/// Everything between found and closed, the cessation at every service, and the close.
async fn closing(client: &Client, key: &str, done: &mut Vec<Done>) -> Option<()> {
    let case = client.received(key).await?;
    wind_up(client, &case, done).await
}

async fn wind_up(client: &Client, case: &str, done: &mut Vec<Done>) -> Option<()> {
    let path = format!("cases/{case}/closing");
    for (item, word) in ITEMS {
        let said = json!({ "item": item, "how": "done", "word": word, "name": "Person Invented" });
        client
            .call(Who::Officer, (Method::POST, &path), said, "")
            .await?;
        done.push(Done::Item(case.to_owned(), item));
    }
    acknowledge_all(client, case, done).await?;
    let path = format!("cases/{case}/close");
    client
        .call(Who::Officer, (Method::POST, &path), Value::Null, "")
        .await?;
    done.push(Done::Closed(case.to_owned()));
    Some(())
}

/// Consent is written down and the statement printed, again and again.
async fn paper(client: &Client, key: &str, done: &mut Vec<Done>) -> Option<()> {
    let case = client.received(key).await?;
    for _ in 0..6 {
        consent(client, &case).await?;
        done.push(Done::Consent(case.clone()));
        printed(client, &case).await?;
        done.push(Done::Printed(case.clone()));
    }
    Some(())
}

async fn consent(client: &Client, case: &str) -> Option<Value> {
    let path = format!("cases/{case}/consent");
    let body = json!({ "channel": "meta", "answer": "given", "given_by": "Person Invented",
        "before": "Officer Invented" });
    client
        .call(Who::Officer, (Method::POST, &path), body, "")
        .await
}

async fn printed(client: &Client, case: &str) -> Option<Value> {
    let path = format!("cases/{case}/papers/statement/ar");
    client
        .call(Who::Officer, (Method::GET, &path), Value::Null, "")
        .await
}

/// What was acknowledged is there.
async fn look_up(client: &Client, done: &Done) {
    let get = async |who, path: String| {
        let read = client
            .call(who, (Method::GET, &path), Value::Null, "")
            .await;
        read.expect("it is read")
    };
    match done {
        Done::Alarm(key, case) => {
            let again = raise(client, key).await.expect("raised again");
            assert_eq!(again, *case, "one key, one case");
            let file = get(Who::Officer, format!("cases/{case}")).await;
            assert_eq!(
                file["answers"]["child_age"]["value"], "7",
                "an alarm was lost"
            );
        }
        Done::Answer(case, field, value) => {
            let file = get(Who::Officer, format!("cases/{case}")).await;
            assert_eq!(
                file["answers"][field]["value"], *value,
                "an answer was lost"
            );
        }
        Done::Received(case) => {
            let (_, opened) = bulletin_of(client, case)
                .await
                .expect("the bulletin is out");
            everyone_once(client, &opened).await;
        }
        Done::Acknowledged(id, service) => {
            let opened = get(Who::Room, format!("bulletins/{id}")).await;
            let stands = services(&opened)
                .into_iter()
                .find(|(known, _)| known == service);
            let reading = stands.expect("the service stands there").1;
            assert_eq!(reading, "acknowledged", "an acknowledgement was lost");
        }
        other => look_up_file(client, other).await,
    }
}

/// The same for what was done with a file: partners, closing, papers.
async fn look_up_file(client: &Client, done: &Done) {
    let get = async |who, path: String| {
        let read = client
            .call(who, (Method::GET, &path), Value::Null, "")
            .await;
        read.expect("it is read")
    };
    match done {
        Done::Step(handover, state) => {
            let file = get(Who::Room, format!("handovers/{handover}")).await;
            let receipts = file["receipts"].as_array().expect("receipts");
            let act = act_of(state);
            let kept = receipts.iter().filter(|one| one["act"] == act).count();
            assert_eq!(kept, 1, "{state}: lost, or written twice");
        }
        Done::Item(case, item) => {
            let closing = get(Who::Officer, format!("cases/{case}/closing")).await;
            let open = closing["open"].as_array().expect("open items");
            assert!(!open.iter().any(|one| one == item), "{item} was lost");
        }
        Done::Closed(case) => {
            let closing = get(Who::Officer, format!("cases/{case}/closing")).await;
            assert_eq!(closing["state"], "closed", "a close was lost");
            let (_, opened) = bulletin_of(client, case).await.expect("its bulletin");
            assert_eq!(opened["state"], "ceased", "closed, and still sought");
            everyone_once(client, &opened).await;
        }
        Done::Consent(case) => {
            let papers = get(Who::Officer, format!("cases/{case}/papers")).await;
            let mut channels = papers["channels"].as_array().expect("channels").iter();
            let meta = channels.find(|one| one["channel"] == "meta");
            assert_eq!(
                meta.expect("the carrier")["answer"],
                "given",
                "a consent was lost"
            );
        }
        Done::Printed(case) => {
            printed(client, case).await.expect("it is printed again");
        }
        Done::Alarm(..) | Done::Answer(..) | Done::Received(_) | Done::Acknowledged(..) => {}
    }
}

fn act_of(state: &str) -> &'static str {
    match state {
        "submitted" => "submit",
        "seen_live" => "see_live",
        "withdrawal_asked" => "ask_withdrawal",
        _ => "see_withdrawn",
    }
}

/// No active service is missing, and none stands there twice.
async fn everyone_once(client: &Client, opened: &Value) {
    let named: Vec<String> = services(opened)
        .into_iter()
        .map(|(service, _)| service)
        .collect();
    let once: BTreeSet<&String> = named.iter().collect();
    assert_eq!(once.len(), named.len(), "a service was told twice");
    assert_eq!(named.len(), client.services().await, "a service was missed");
}

/// After the restart the house works as before: one more case is brought to its end, whatever the kill cut short.
async fn go_on(stage: Stage, client: &Client, round: u32) {
    let mut done = Vec::new();
    let key = format!("{stage:?}-{round}-after");
    one(stage, client, (&key, &mut done))
        .await
        .expect("it goes on");
    for kept in &done {
        look_up(client, kept).await;
    }
    if stage == Stage::Bulletin {
        let case = bulletin(client, &format!("{key}-ceased"), &mut done)
            .await
            .expect("a case");
        wind_up(client, &case, &mut done)
            .await
            .expect("it is wound up");
        let (_, opened) = bulletin_of(client, &case).await.expect("its bulletin");
        let silent = services(&opened)
            .into_iter()
            .filter(|(_, reading)| reading != "acknowledged");
        assert_eq!(silent.count(), 0, "the cessation reached all");
    }
}
