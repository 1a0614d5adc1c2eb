//! The recipients of one window, by channel: devices or readers, and how they are walked through.

use tifli_domain::channel::OwnChannel;
use tifli_store::reader::{self, Reader};
use tifli_store::subscriber::{self, Mark, Subscriber};
use tifli_store::{Db, Reads};

use super::{LEASE_MS, WINDOW};
use crate::{AppError, AppResult};

/// Letters in one window of one sender: each is a conversation of its own with the mail server, and what
/// was under way when a sender died may not be written to again.
const MAIL_WINDOW: usize = 8;
/// How long a lease of letters lasts, in milliseconds: a mail server may take its time at every step.
const MAIL_LEASE_MS: i64 = 180_000;

/// Recipients of one channel.
pub(crate) enum Roll {
    /// Of web push.
    Devices(Vec<Subscriber>),
    /// Of letters.
    Readers(Vec<Reader>),
}

/// A channel that is sent to subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Web push.
    Push,
    /// Letters.
    Mail,
}

impl Kind {
    /// The one of this channel; none where it does not serve subscribers.
    pub(crate) fn of(channel: OwnChannel) -> Option<Self> {
        match channel {
            OwnChannel::WebPush => Some(Self::Push),
            OwnChannel::MailAlert => Some(Self::Mail),
            _ => None,
        }
    }

    /// The one of a delivery.
    pub(crate) fn of_word(word: &str) -> AppResult<Self> {
        let channel = word.parse().ok().and_then(Self::of);
        channel.ok_or_else(|| AppError::internal("channel"))
    }

    /// Its channel.
    pub(crate) fn channel(self) -> OwnChannel {
        match self {
            Self::Push => OwnChannel::WebPush,
            Self::Mail => OwnChannel::MailAlert,
        }
    }

    /// Recipients in one window.
    pub(crate) fn window(self) -> usize {
        match self {
            Self::Push => WINDOW,
            Self::Mail => MAIL_WINDOW,
        }
    }

    /// How long a lease lasts, in milliseconds.
    pub(crate) fn lease_ms(self) -> i64 {
        match self {
            Self::Push => LEASE_MS,
            Self::Mail => MAIL_LEASE_MS,
        }
    }

    /// How many recipients each cell holds, in cell order, of those between two sequences.
    pub(crate) async fn list_cells(
        self,
        reads: &mut impl Reads,
        (after, upto): (i64, i64),
    ) -> AppResult<Vec<(i64, u64)>> {
        Ok(match self {
            Self::Push => subscriber::list_cells(reads, after, upto).await?,
            Self::Mail => reader::list_cells(reads, after, upto).await?,
        })
    }

    /// The window after `from`, not beyond `to`.
    pub(crate) async fn page(self, db: &Db, (from, to): (Mark, Mark)) -> AppResult<Roll> {
        db.read(
            "window_area",
            (self, from, to),
            |reads, (kind, from, to)| {
                Box::pin(async move {
                    let limit = kind.window();
                    Ok::<_, AppError>(match kind {
                        Self::Push => {
                            Roll::Devices(subscriber::page(reads, *from, *to, limit).await?)
                        }
                        Self::Mail => Roll::Readers(reader::page(reads, *from, *to, limit).await?),
                    })
                })
            },
        )
        .await
    }

    /// The window of those who joined between two sequences, after a number.
    pub(crate) async fn page_joined(
        self,
        db: &Db,
        (seqs, after): ((i64, i64), i64),
    ) -> AppResult<Roll> {
        let args = (self, seqs, after);
        db.read("window_joined", args, |reads, (kind, seqs, after)| {
            Box::pin(async move {
                let limit = kind.window();
                Ok::<_, AppError>(match kind {
                    Self::Push => {
                        Roll::Devices(subscriber::page_joined(reads, *seqs, *after, limit).await?)
                    }
                    Self::Mail => {
                        Roll::Readers(reader::page_joined(reads, *seqs, *after, limit).await?)
                    }
                })
            })
        })
        .await
    }

    /// Recipients by number, those that are still there.
    pub(crate) async fn list_by_number(self, db: &Db, numbers: Vec<u32>) -> AppResult<Roll> {
        db.read(
            "window_numbers",
            (self, numbers),
            |reads, (kind, numbers)| {
                Box::pin(async move {
                    Ok::<_, AppError>(match kind {
                        Self::Push => {
                            Roll::Devices(subscriber::list_by_number(reads, numbers).await?)
                        }
                        Self::Mail => Roll::Readers(reader::list_by_number(reads, numbers).await?),
                    })
                })
            },
        )
        .await
    }
}

impl Roll {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Devices(all) => all.len(),
            Self::Readers(all) => all.len(),
        }
    }

    /// Their numbers, in order.
    pub(crate) fn numbers(&self) -> Vec<u32> {
        match self {
            Self::Devices(all) => all.iter().map(|one| one.number).collect(),
            Self::Readers(all) => all.iter().map(|one| one.number).collect(),
        }
    }

    /// Cell and number of the last.
    pub(crate) fn last(&self) -> Option<(i64, u32)> {
        match self {
            Self::Devices(all) => all.last().map(|one| (one.cell, one.number)),
            Self::Readers(all) => all.last().map(|one| (one.cell, one.number)),
        }
    }

    /// Keeps those whose cell and number are wanted.
    pub(crate) fn retain(&mut self, mut wanted: impl FnMut(i64, u32) -> bool) {
        match self {
            Self::Devices(all) => all.retain(|one| wanted(one.cell, one.number)),
            Self::Readers(all) => all.retain(|one| wanted(one.cell, one.number)),
        }
    }
}
