//! What every call to a system shares: seats, so that a slow system delays no other; reading back an answer that never
//! came; and what becomes of a delivery after an answer.

use std::sync::Arc;
use std::time::Duration;

use tifli_channel::Outcome as Answer;
use tifli_channel::cap::CapEndpoint;
use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::delivery::{DeliveryState, Follows, Outcome, Said, follows};
use tifli_domain::message::MsgType;
use tifli_store::ledger::Ended;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::{App, AppResult};

/// How long a system may take to say whether it has a message. With the call itself it fits a lease.
const READ_BACK: Duration = Duration::from_secs(5);
/// Seconds before a system that does not accept us is asked again about an end.
const MISCONFIGURED_S: u32 = 60;

/// Calls that may be under way at once.
#[derive(Clone)]
pub(super) struct Seats {
    free: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Seats {
    /// So many.
    pub(super) fn new(tasks: &TaskTracker, amount: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(amount)),
            tasks: tasks.clone(),
        }
    }

    /// Takes one piece of work and has it done on a seat of its own; false when there is none, or no seat.
    pub(super) async fn fill<T, Work, Done>(
        &self,
        app: &App,
        take: impl Future<Output = AppResult<Option<T>>>,
        work: Work,
    ) -> AppResult<bool>
    where
        T: Send + 'static,
        Work: FnOnce(App, T) -> Done + Send + 'static,
        Done: Future<Output = ()> + Send,
    {
        let Ok(seat) = Arc::clone(&self.free).try_acquire_owned() else {
            return Ok(false);
        };
        let Some(taken) = take.await? else {
            return Ok(false);
        };
        let app = app.clone();
        self.tasks.spawn(async move {
            work(app.clone(), taken).await;
            drop(seat);
            app.bus().call_workers();
        });
        Ok(true)
    }
}

/// Asks a CAP system whether it has a message to which no answer came.
pub(super) async fn read_back(app: &App, to: &CapEndpoint, identifier: &str) -> Answer {
    let now_s = app.now_ms() / 1_000;
    let asked = app.systems().cap.find(to, identifier, now_s);
    let Ok(found) = tokio::time::timeout(READ_BACK, asked).await else {
        return Answer::Unknown;
    };
    match found {
        Ok(Some(_)) => Answer::Accepted { reference: None },
        Ok(None) => Answer::Retry {
            after: None,
            why: "read_back_absent",
        },
        Err(_) => Answer::Unknown,
    }
}

/// What an answer says of the address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    /// Nothing.
    Stays,
    /// The system is no longer there.
    Gone,
}

impl Address {
    /// What this answer says of it.
    pub(super) fn of(answer: &Answer) -> Self {
        match answer {
            Answer::Gone => Self::Gone,
            _ => Self::Stays,
        }
    }
}

/// A call that was made, as far as what follows depends on it.
pub(super) struct Called {
    /// By which channel.
    pub(super) channel: OwnChannel,
    /// What the message does.
    pub(super) msg_type: MsgType,
    /// How many calls there were, this one among them.
    pub(super) attempts: u32,
    /// Until when it is tried, in UTC milliseconds.
    pub(super) until_ms: i64,
}

impl Called {
    /// What becomes of the delivery after this answer.
    pub(super) fn ended(&self, answer: &Answer, now_ms: i64) -> Ended {
        let said = said(answer, self.msg_type);
        let can = capabilities(self.channel);
        let told = (self.msg_type, self.attempts);
        let (outcome, state, next_ms) = match follows(said, &can, told, (now_ms, self.until_ms)) {
            Follows::Done(outcome) => (outcome, DeliveryState::Done, 0),
            Follows::Dead(outcome) => (outcome, DeliveryState::Dead, 0),
            Follows::Again(at_ms) => {
                let outcome = match said {
                    Said::Nothing => Outcome::Unknown,
                    _ => Outcome::Refused,
                };
                (outcome, DeliveryState::Retrying, at_ms)
            }
        };
        let state = match answer {
            Answer::Withdrawn => DeliveryState::Withdrawn,
            _ => state,
        };
        Ended {
            outcome,
            code: answer.code().to_owned(),
            state,
            next_ms,
        }
    }
}

fn said(answer: &Answer, msg_type: MsgType) -> Said {
    match answer {
        Answer::Accepted { .. } => Said::Taken,
        Answer::Retry { after, .. } => {
            Said::Later(after.map(|wait| u32::try_from(wait.as_secs()).unwrap_or(u32::MAX)))
        }
        Answer::Unknown => Said::Nothing,
        // An end is asked for again: somebody may mend the key meanwhile.
        Answer::Misconfigured { .. } if msg_type == MsgType::Cancel => {
            Said::Later(Some(MISCONFIGURED_S))
        }
        Answer::Withdrawn
        | Answer::Gone
        | Answer::TooLarge
        | Answer::Rejected { .. }
        | Answer::Misconfigured { .. }
        | Answer::Refused { .. } => Said::Never,
    }
}
