//! Giving every invented subscriber a phone's keys and putting them into the store. The keys cost
//! most of the time, so they are derived on all cores while the store writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tifli_app::App;
use tifli_app::subscribe::Invented;
use tifli_sandbox::push::SubscriberKeys;
use tokio::sync::mpsc;

use super::crowd::Crowd;
use crate::failure::{Done, Failure};
use crate::house::refused;
use crate::terminal::Progress;

/// How many subscribers are put in at once.
const BATCH: usize = 2_000;

/// Where the phones are: a seed for their keys and the origin of their push service.
#[derive(Clone)]
pub struct Phones {
    /// All keys follow from it.
    pub seed: [u8; 32],
    /// The sandbox push service, `http://127.0.0.1:PORT`.
    pub origin: String,
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
            endpoint: format!("{}/p/{number}/{}", phones.origin, keys.tag),
            p256dh: keys.public,
            auth: keys.auth,
            language: someone.language.as_str().to_owned(),
        }
    })
    .collect()
}
