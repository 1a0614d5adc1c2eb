//! The doorbell: says that something changed, never what. Losing a ring costs latency, never an alert.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Notify, broadcast};

/// What may have changed. Ids and counts only; pages fetch through the audited route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A case's state or clocks.
    Case(String),
    /// An alert, by its id.
    Alert(String),
    /// Deliveries of an alert moved on.
    Delivery(String),
    /// The alerts of venues changed.
    Venue,
    /// A tip arrived or was decided on, by its id.
    Tip(String),
    /// Duties: something is late, or was done.
    Board,
    /// A telegram was sent, read or acknowledged, by its case.
    Bulletin(String),
}

/// How many events are held for pages that were cut off.
const HELD: usize = 4_096;

/// An event with its number in the order of this run of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its number, from 1.
    pub number: u64,
    /// What may have changed.
    pub event: Event,
}

/// Where a page stopped hearing: `{run}-{number}`. A number of another run says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The run of the house.
    pub run: u64,
    /// The last number heard.
    pub number: u64,
}

/// What a page hears that came back.
#[derive(Debug)]
pub struct Resumed {
    /// The run of the house and the last number before `from_now`.
    pub mark: Mark,
    /// What it missed, in order; `None` when that is not held any more and it must look at everything.
    pub missed: Option<Vec<Rung>>,
    /// What rings from now on, without a gap.
    pub from_now: broadcast::Receiver<Rung>,
}

/// The in-process bus.
pub struct Bus {
    run: u64,
    events: broadcast::Sender<Event>,
    numbered: broadcast::Sender<Rung>,
    past: Mutex<Past>,
    work: Notify,
}

#[derive(Default)]
struct Past {
    last: u64,
    held: VecDeque<Rung>,
}

impl std::fmt::Display for Mark {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:x}-{}", self.run, self.number)
    }
}

impl std::str::FromStr for Mark {
    type Err = tifli_domain::id::IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = tifli_domain::id::IdError;
        let (run, number) = text.split_once('-').ok_or(wrong)?;
        Ok(Self {
            run: u64::from_str_radix(run, 16).map_err(|_| wrong)?,
            number: number.parse().map_err(|_| wrong)?,
        })
    }
}

impl Default for Bus {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Bus {
    /// A bus of one run of the house; the number tells runs apart.
    pub fn new(run: u64) -> Self {
        Self {
            run,
            events: broadcast::channel(1024).0,
            numbered: broadcast::channel(1024).0,
            past: Mutex::default(),
            work: Notify::new(),
        }
    }

    /// Tells live pages.
    pub fn ring(&self, event: Event) {
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.last += 1;
        let rung = Rung {
            number: past.last,
            event: event.clone(),
        };
        if past.held.len() >= HELD {
            past.held.pop_front();
        }
        past.held.push_back(rung.clone());
        // Nobody listening is not a failure.
        drop(self.numbered.send(rung));
        drop(past);
        drop(self.events.send(event));
    }

    /// Tells workers that there is work.
    pub fn call_workers(&self) {
        self.work.notify_waiters();
    }

    /// Listens for events from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Listens on from where a page stopped: what rang since, and what rings from now on, nothing between them lost.
    pub fn resume(&self, last: Option<Mark>) -> Resumed {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = past.held.front().map_or(past.last + 1, |rung| rung.number);
        let known = last.filter(|mark| {
            mark.run == self.run && mark.number <= past.last && mark.number + 1 >= oldest
        });
        let missed = known.map(|mark| {
            let later = past.held.iter().filter(|rung| rung.number > mark.number);
            later.cloned().collect()
        });
        Resumed {
            mark: Mark {
                run: self.run,
                number: past.last,
            },
            missed,
            from_now: self.numbered.subscribe(),
        }
    }

    /// Waits for the next call to workers. Make the future before looking for work.
    pub fn called(&self) -> tokio::sync::futures::Notified<'_> {
        self.work.notified()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tip(n: u64) -> Event {
        Event::Tip(n.to_string())
    }

    #[test]
    fn a_mark_is_read_as_it_is_written_and_nothing_else_is_one() {
        let mark = Mark {
            run: 0xbeef,
            number: 7,
        };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for text in ["", "7", "beef-", "-7", "x-7", "beef-7-8"] {
            assert!(text.parse::<Mark>().is_err(), "{text}");
        }
    }

    #[tokio::test]
    async fn who_was_cut_off_hears_what_it_missed_in_order_and_then_goes_on() {
        let bus = Bus::new(3);
        let first = bus.resume(None);
        assert!(
            first.missed.is_none(),
            "who never heard looks at everything"
        );
        for n in 1..=5 {
            bus.ring(tip(n));
        }
        let heard = Mark { run: 3, number: 2 };
        let mut back = bus.resume(Some(heard));
        let missed: Vec<u64> = back
            .missed
            .unwrap()
            .iter()
            .map(|rung| rung.number)
            .collect();
        assert_eq!(missed, [3, 4, 5]);
        bus.ring(tip(6));
        assert_eq!(back.from_now.recv().await.unwrap().number, 6);
    }

    #[test]
    fn another_run_or_too_long_ago_or_a_number_from_the_future_looks_at_everything() {
        let bus = Bus::new(3);
        for n in 0..5_000 {
            bus.ring(tip(n));
        }
        let missed = |run, number| bus.resume(Some(Mark { run, number })).missed;
        assert_eq!(missed(3, 5_000), Some(Vec::new()));
        assert_eq!(missed(3, 904).map(|all| all.len()), Some(4_096));
        assert_eq!(missed(3, 903), None);
        assert_eq!(missed(3, 5_001), None);
        assert_eq!(missed(2, 4_999), None);
    }
}
