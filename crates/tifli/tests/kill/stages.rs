//! The stages of an alert, and what they share with those of the procedure around it: what is done, when it is killed, and what must hold afterwards. Where a kill fell
//! is what the program's own log says that was open.

#[path = "procedure.rs"]
mod procedure;

use std::collections::BTreeMap;
use std::time::Duration;

use super::client::{Client, Waiting};
use super::ledger::{Ledger, ONE_WINDOW};
use super::log::{Log, Told};
use super::node::Node;
use super::systems::{self, Outside};

/// Recipients, all inside.
const CROWD: usize = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Report,
    Approval,
    FanOut,
    Recall,
    Intake,
    Bulletin,
    Partner,
    Closing,
    Paper,
    Systems,
}

pub struct Torture {
    node: Node,
    client: Client,
    ledger: Ledger,
    outside: Outside,
    log: Log,
    chance: Chance,
    /// The longest an approval is left alone after its begin, in milliseconds.
    patience: u64,
    round: u32,
    _folder: tempfile::TempDir,
}

/// Where a kill fell, by the log.
enum Fell {
    Within(&'static str),
    Beside(&'static str),
}

/// A small generator, so that a seed replays a run.
struct Chance(u64);

#[expect(
    clippy::print_stdout,
    reason = "the seed replays the run, and the places prove it"
)]
pub async fn run(stage: Stage) {
    let kills = number("TIFLI_KILLS", 3);
    let seed = u64::from(number("TIFLI_KILL_SEED", 20_261_122));
    let mut torture = Torture::begin(seed ^ stage as u64).await;
    let live = match stage {
        Stage::Report => Some(torture.live().await),
        _ => None,
    };
    if stage == Stage::Systems {
        torture.outside.connect(&torture.client).await;
    }
    let mut hits = 0;
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    for round in 1..=kills {
        torture.round = round;
        let fell = match stage {
            Stage::Report => torture.report(live.as_ref().expect("a live alert")).await,
            Stage::Approval => torture.approval().await,
            Stage::FanOut => torture.fan_out().await,
            Stage::Recall => torture.recall().await,
            Stage::Systems => torture.systems().await,
            Stage::Intake | Stage::Bulletin | Stage::Partner | Stage::Closing | Stage::Paper => {
                torture.procedure(stage).await
            }
        };
        let (Fell::Within(place) | Fell::Beside(place)) = fell;
        *places.entry(place).or_default() += 1;
        hits += u32::from(matches!(fell, Fell::Within(_)));
    }
    println!(
        "{stage:?}: {kills} kills, {hits} in the middle of it by the log {places:?}, seed {seed}"
    );
    assert!(
        hits * 2 >= kills,
        "{hits} of {kills} kills fell into the stage"
    );
}

impl Torture {
    async fn begin(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let phones = [9; 32];
        let ledger = Ledger::open(phones).await;
        let data = folder.path().join("house");
        let outside = Outside::open().await;
        let called = (&ledger.addresses()[..], &outside.addresses()[..]);
        let node = Node::start(&data, called, &phones).await;
        let client = Client::sign_in(&node.ready).await;
        Self {
            log: node.log(),
            node,
            client,
            ledger,
            outside,
            chance: Chance(seed | 1),
            patience: 8,
            round: 0,
            _folder: folder,
        }
    }

    /// Types reports and tells tips until it is killed; everything acknowledged must be there.
    async fn report(&mut self, live: &Waiting) -> Fell {
        let client = self.client.clone();
        self.log.mark();
        let (round, alert) = (self.round, live.clone());
        let typing = tokio::spawn(async move { type_until_broken(&client, &alert, round).await });
        let wait = self.chance.below(150);
        tokio::time::sleep(Duration::from_millis(20 + wait)).await;
        let told = self.kill_and_restart().await;
        let acknowledged = typing.await.expect("the client does not fail");
        let (answers, tips) = (acknowledged.answers.len(), acknowledged.receipts.len());
        assert!(
            answers <= told.committed("report.save") && tips <= told.committed("tip.tell"),
            "round {round}: acknowledged before it was durable: {told:?}"
        );
        for (case, field, value) in &acknowledged.answers {
            let file = self.client.answers(case).await;
            assert_eq!(
                file[field]["value"], *value,
                "round {round}: an answer was lost"
            );
        }
        for receipt in &acknowledged.receipts {
            assert!(
                self.client.knows(receipt).await,
                "round {round}: a tip was lost"
            );
        }
        if told.open("report.start") > 0 {
            Fell::Within("a case begun")
        } else if told.open("report.save") > 0 {
            Fell::Within("an answer being saved")
        } else if told.open("tip.tell") > 0 {
            Fell::Within("a tip being told")
        } else if told.committed("report.start") > 0 {
            Fell::Within("between two answers of a report")
        } else {
            Fell::Beside("before the first report")
        }
    }

    /// Killed while an approval is answered: then it is live or not, and all get it in the end.
    async fn approval(&mut self) -> Fell {
        let waiting = self.submitted().await;
        self.log.mark();
        let (client, what) = (self.client.clone(), waiting.clone());
        let approving = tokio::spawn(async move { client.approve(&what).await });
        self.log.until_begun("alert.approve").await;
        tokio::time::sleep(Duration::from_millis(self.chance.below(self.patience))).await;
        let told = self.kill_and_restart().await;
        let acknowledged = approving.await.expect("the client does not fail");
        let (state, _) = self.client.state(&waiting).await;
        let durable = told.committed("alert.approve") > 0;
        assert!(
            durable || !acknowledged,
            "acknowledged before it was durable"
        );
        assert!(state == "live" || !durable, "a durable approval was lost");
        if state != "live" {
            assert!(
                self.client.approve(&waiting).await,
                "it can be approved again"
            );
        }
        self.all_reached(&waiting).await;
        self.end(&waiting).await;
        // It is soon written: who came too late comes sooner next time.
        if durable {
            self.patience = (self.patience / 2).max(1);
            Fell::Beside("approved")
        } else {
            self.patience += 1;
            Fell::Within("an approval being written")
        }
    }

    /// Killed after so many arrivals: nobody missed, one window repeated at most.
    async fn fan_out(&mut self) -> Fell {
        let waiting = self.submitted().await;
        self.log.mark();
        assert!(self.client.approve(&waiting).await, "approved");
        let goal = 1 + self.chance.below(CROWD as u64 - 200) as usize;
        self.until("some arrivals", &waiting, goal).await;
        let told = self.kill_and_restart().await;
        self.all_reached(&waiting).await;
        let repeats = self.ledger.repeats(&waiting.code, "alert");
        let open = told.open("window.alert");
        assert!(
            repeats <= open && open <= ONE_WINDOW,
            "{repeats} repeats, {open} in windows that were open"
        );
        assert_eq!(self.ledger.topics(&waiting.code).len(), 1, "one topic");
        self.end(&waiting).await;
        match told.committed("message.relay") > told.committed("delivery.done") {
            true if open > 0 => Fell::Within("windows being sent"),
            true => Fell::Within("between two windows"),
            false => Fell::Beside("all sent"),
        }
    }

    /// Killed around the answer to an end: everyone who had it is told, and nothing old goes out.
    async fn recall(&mut self) -> Fell {
        let waiting = self.submitted().await;
        assert!(self.client.approve(&waiting).await, "approved");
        let goal = self.chance.below(CROWD as u64) as usize;
        self.until("some arrivals", &waiting, goal).await;
        self.log.mark();
        let (client, what) = (self.client.clone(), waiting.clone());
        let ending = tokio::spawn(async move { client.cancel(&what).await });
        tokio::time::sleep(Duration::from_millis(self.chance.below(400))).await;
        self.node.kill();
        let told = self.log.read();
        let acknowledged = ending.await.expect("the client does not fail");
        tokio::time::sleep(Duration::from_millis(200)).await;
        self.ledger.look().await;
        let old = self.old_arrivals(&waiting);
        self.restart().await;
        let (state, _) = self.client.state(&waiting).await;
        let durable = told.committed("alert.end") > 0;
        assert!(
            durable || !acknowledged,
            "acknowledged before it was durable"
        );
        if durable || state != "live" {
            assert_ne!(state, "live", "a durable end was lost");
            self.dark(&waiting).await;
            assert_eq!(
                self.old_arrivals(&waiting),
                old,
                "an earlier version was sent after the end"
            );
        } else {
            self.end(&waiting).await;
        }
        self.everyone_told(&waiting);
        match (told.begun("alert.end") > 0, durable) {
            (false, _) => Fell::Beside("not ended yet"),
            (_, false) => Fell::Within("an end being written"),
            _ if told.committed("alert.dark") > 0 => Fell::Beside("everyone told"),
            _ if told.begun("window.end") == 0 => Fell::Within("ended, nobody told"),
            _ => Fell::Within("being told of the end"),
        }
    }

    /// Killed while the systems of partners are called: each has every message once in the end.
    async fn systems(&mut self) -> Fell {
        let key = format!("systems-{}-{}", self.round, self.chance.below(u64::MAX));
        let waiting = systems::ready(&self.client, &key).await;
        let known = self.outside.known();
        let delay = 60 + self.chance.below(80);
        self.outside.slow(delay);
        self.log.mark();
        // Every third round dies while it tells the end, the others while they tell the alert.
        let end = self.round.is_multiple_of(3);
        if end {
            assert!(self.client.approve(&waiting).await, "approved");
            self.outside.has(&self.client, &waiting, 1).await;
            self.log.mark();
            assert!(self.client.cancel(&waiting).await, "ended");
        } else {
            assert!(self.client.approve(&waiting).await, "approved");
        }
        self.log.until_begun("system.call").await;
        tokio::time::sleep(Duration::from_millis(self.chance.below(delay + 30))).await;
        self.node.kill();
        let told = self.log.read();
        let taken = self.outside.known() - known;
        self.outside.slow(0);
        self.restart().await;
        if !end {
            self.outside.has(&self.client, &waiting, 1).await;
            assert!(self.client.cancel(&waiting).await, "ended");
        }
        self.dark(&waiting).await;
        self.outside.has(&self.client, &waiting, 2).await;
        self.outside.tell_apart(known);
        match (told.open("system.call"), taken) {
            (0, _) => Fell::Beside("every call written down"),
            (_, 0) => Fell::Within("in a call nobody had taken"),
            _ => Fell::Within("taken by a partner, not written down"),
        }
    }

    /// An alert that everyone has.
    async fn live(&mut self) -> Waiting {
        let waiting = self.submitted().await;
        assert!(self.client.approve(&waiting).await, "approved");
        self.all_reached(&waiting).await;
        waiting
    }

    async fn submitted(&mut self) -> Waiting {
        let key = format!("case-{}-{}", self.round, self.chance.below(u64::MAX));
        self.client.submitted(&key).await
    }

    async fn end(&mut self, waiting: &Waiting) {
        assert!(self.client.cancel(waiting).await, "ended");
        self.dark(waiting).await;
        self.everyone_told(waiting);
    }

    async fn dark(&mut self, waiting: &Waiting) {
        for _ in 0..1_200 {
            if self.client.state(waiting).await.1 {
                self.ledger.look().await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("not dark within a minute");
    }

    fn everyone_told(&self, waiting: &Waiting) {
        let had = self.ledger.reached(&waiting.code, "alert");
        let told = self.ledger.reached(&waiting.code, "ended");
        let missed = had.difference(&told).count();
        assert_eq!(
            missed, 0,
            "{missed} who had the alert were not told of its end"
        );
    }

    fn old_arrivals(&self, waiting: &Waiting) -> usize {
        let mine = self
            .ledger
            .arrivals
            .iter()
            .filter(|a| a.alert == waiting.code);
        mine.filter(|a| a.kind != "ended").count()
    }

    async fn all_reached(&mut self, waiting: &Waiting) {
        self.until("everyone is reached", waiting, CROWD).await;
    }

    async fn until(&mut self, what: &str, waiting: &Waiting, goal: usize) {
        for _ in 0..6_000 {
            self.ledger.look().await;
            if self.ledger.reached(&waiting.code, "alert").len() >= goal {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{what}: not within a minute");
    }

    /// Kills it and starts it again; what the life that ended had said since the mark.
    async fn kill_and_restart(&mut self) -> Told {
        self.node.kill();
        let told = self.log.read();
        self.restart().await;
        told
    }

    async fn restart(&mut self) {
        self.node.restart().await;
        self.client.at(self.node.base_url());
    }
}

/// What the client was told is safe.
#[derive(Default)]
struct Acknowledged {
    answers: Vec<(String, String, String)>,
    receipts: Vec<String>,
}

async fn type_until_broken(client: &Client, alert: &Waiting, round: u32) -> Acknowledged {
    let mut kept = Acknowledged::default();
    for number in 0.. {
        let key = format!("typed-{round}-{number}");
        let Some(case) = client.start_case(&key).await else {
            return kept;
        };
        for (field, value) in [("child_first_name", "Yanis"), ("circumstances", "invented")] {
            let value = format!("{value} {round} {number}");
            if !client.answer(&case, field, &value).await {
                return kept;
            }
            kept.answers.push((case.clone(), field.to_owned(), value));
        }
        let words = format!("invented words {round} {number}");
        let Some(receipt) = client.tip(alert, &words, &key).await else {
            return kept;
        };
        kept.receipts.push(receipt);
    }
    kept
}

impl Chance {
    /// A number below `limit` (xorshift64*).
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % limit.max(1)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a longer run is asked for by the environment"
)]
fn number(name: &str, otherwise: u32) -> u32 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}
