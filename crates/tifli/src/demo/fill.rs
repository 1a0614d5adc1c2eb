//! Giving every invented subscriber a phone's keys and putting them into the store. The keys cost
//! most of the time, so they are derived on all cores while the store writes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tifli_app::App;
use tifli_app::subscribe::Invented;
use tifli_sandbox::push::{BrowserSubscription, SubscriberKeys};
use tokio::sync::mpsc;

use super::Seed;
use super::crowd::Crowd;
use crate::failure::{Done, Failure};
use crate::house::refused;
use crate::terminal::Progress;

/// How many subscribers are put in at once.
const BATCH: usize = 2_000;

/// The phones of the crowd: their keys follow from a seed, each is behind one of the push services.
#[derive(Clone)]
pub struct Phones {
    seed: Seed,
    /// The push services' origins, `http://127.0.0.1:PORT`.
    origins: Vec<String>,
}

impl Phones {
    /// Phones behind these push services.
    pub fn new(seed: Seed, partners: &[SocketAddr]) -> Self {
        let origins = partners
            .iter()
            .map(|partner| format!("http://{partner}"))
            .collect();
        Self { seed, origins }
    }

    /// The subscription of a phone as its browser hands it over.
    pub fn subscription(&self, number: u32) -> BrowserSubscription {
        SubscriberKeys::derive(&self.seed, number).subscription(self.origin(number), number)
    }

    fn origin(&self, number: u32) -> &str {
        let place = usize::try_from(number).unwrap_or(0) % self.origins.len().max(1);
        self.origins.get(place).map_or("", String::as_str)
    }
}

/// Puts the whole crowd into the store.
pub async fn fill(app: &App, crowd: &Arc<Crowd>, phones: &Phones) -> Done {
    let mut made = derive_all(crowd, phones);
    let mut progress = Progress::new("invented subscribers", crowd.len() as u64);
    let mut done = 0;
    while let Some(batch) = made.recv().await {
        done += batch.len();
        let kept = app.invent_subscribers(batch).await;
        kept.map_err(|error| refused("inventing subscribers", &error))?;
        progress.at(done as u64);
    }
    if done == crowd.len() {
        Ok(())
    } else {
        Err(Failure::new("not all invented subscribers could be made"))
    }
}

fn derive_all(crowd: &Arc<Crowd>, phones: &Phones) -> mpsc::Receiver<Vec<Invented>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (send, receive) = mpsc::channel(2 * threads);
    let next = Arc::new(AtomicUsize::new(0));
    for _ in 0..threads {
        let (send, next) = (send.clone(), Arc::clone(&next));
        let (crowd, phones) = (Arc::clone(crowd), phones.clone());
        tokio::task::spawn_blocking(move || {
            loop {
                let first = next.fetch_add(BATCH, Ordering::Relaxed);
                let batch = derive(&crowd, &phones, first);
                // Nobody receives any more once putting them in has failed.
                if batch.is_empty() || send.blocking_send(batch).is_err() {
                    return;
                }
            }
        });
    }
    receive
}

fn derive(crowd: &Crowd, phones: &Phones, first: usize) -> Vec<Invented> {
    let some = crowd.people().iter().enumerate().skip(first).take(BATCH);
    some.map(|(number, someone)| {
        let number = u32::try_from(number).expect("a crowd is numbered with 32 bits");
        let keys = SubscriberKeys::derive(&phones.seed, number);
        Invented {
            cell: someone.cell.raw(),
            endpoint: keys.subscription(phones.origin(number), number).endpoint,
            p256dh: keys.public,
            auth: keys.auth,
            language: someone.language.as_str().to_owned(),
        }
    })
    .collect()
}
