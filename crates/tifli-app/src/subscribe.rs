//! Subscribing a device to alerts: a push endpoint and a coarse cell, and nothing else.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tifli_channel::web_push::{Subscription, SubscriptionError};
use tifli_domain::Realm;
use tifli_geo::{Cell, coarsen};
use tifli_store::counter;
use tifli_store::subscriber::{self, NewSubscriber};
use tifli_units::Position;

use crate::codes::{hash_token, new_token};
use crate::{App, AppError, AppResult};

/// At least so many subscribers share a stored cell, or it is made coarser.
pub const SHARED_BY: u64 = 100;

/// What a browser hands over (`PushSubscription.toJSON()`), and where to warn it about.
#[derive(Clone)]
pub struct NewSubscription {
    /// The push endpoint.
    pub endpoint: String,
    /// The public key, base64url.
    pub p256dh: String,
    /// The secret, base64url.
    pub auth: String,
    /// The place chosen; only its cell is kept.
    pub position: Position,
    /// Language of the alerts.
    pub language: String,
}

/// What the device keeps to leave again.
#[derive(Clone)]
pub struct Subscribed {
    /// The token; only its hash is stored.
    pub manage_token: String,
}

/// An invented subscriber of a demo or a drill.
pub struct Invented {
    /// The stored H3 cell, already coarsened.
    pub cell: u64,
    /// The sandbox's endpoint.
    pub endpoint: String,
    /// The public key.
    pub p256dh: [u8; 65],
    /// The secret.
    pub auth: [u8; 16],
    /// Language.
    pub language: String,
}

impl App {
    /// Subscribes a device, or moves it if its endpoint is known.
    pub async fn subscribe(&self, new: NewSubscription) -> AppResult<Subscribed> {
        self.push()
            .check_endpoint(&new.endpoint)
            .map_err(|error| AppError::field("endpoint", error.code()))?;
        let keys = Subscription::from_base64(&new.endpoint, &new.p256dh, &new.auth)
            .map_err(|error: SubscriptionError| AppError::field("keys", error.code()))?;
        let language: tifli_pack::LanguageTag = new
            .language
            .parse()
            .map_err(|_| AppError::field("language", "unknown_language"))?;
        if !self.pack().outline().contains(new.position) {
            return Err(AppError::field("place", "outside_country"));
        }
        let cell = self.coarse_cell(new.position).await?;
        let token = new_token(self.entropy());
        let row = NewSubscriber {
            cell: cell.as_i64(),
            endpoint_hash: hash_token(&new.endpoint),
            endpoint: new.endpoint,
            p256dh: keys.p256dh.to_vec(),
            auth: keys.auth.to_vec(),
            language: language.as_str().to_owned(),
            manage_hash: hash_token(&token),
        };
        self.db()
            .write("subscribe", row, |tx, row| {
                Box::pin(async move {
                    subscriber::put(tx, row).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.bus().call_workers();
        Ok(Subscribed {
            manage_token: token,
        })
    }

    /// Forgets a device by its endpoint or its token; saying it twice is no error.
    pub async fn unsubscribe(&self, endpoint_or_token: &str) -> AppResult<()> {
        let hash = hash_token(endpoint_or_token);
        self.db()
            .write("unsubscribe", hash, |tx, hash| {
                Box::pin(async move {
                    if !subscriber::remove_by_token(tx, hash).await? {
                        subscriber::remove_by_endpoint(tx, hash).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Adds invented subscribers; refused in the live realm.
    pub async fn invent_subscribers(&self, batch: Vec<Invented>) -> AppResult<()> {
        if self.realm() == Realm::Live {
            return Err(AppError::forbidden("live_realm"));
        }
        let rows: Vec<NewSubscriber> = batch.into_iter().map(invented).collect();
        self.db()
            .write("invent_subscribers", rows, |tx, rows| {
                Box::pin(async move { Ok::<_, AppError>(subscriber::insert_many(tx, rows).await?) })
            })
            .await
    }

    /// The public key browsers need, base64url.
    pub fn push_key_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.push_key())
    }

    pub(crate) async fn coarse_cell(&self, position: Position) -> AppResult<Cell> {
        let cells = self
            .db()
            .read("cells", (), |reads, ()| {
                Box::pin(async move {
                    let seq = counter::last(reads, "subscription").await?;
                    Ok::<_, AppError>(subscriber::list_cells(reads, 0, seq).await?)
                })
            })
            .await?;
        let mut shared: HashMap<Cell, u64> = HashMap::new();
        for (raw, held) in cells {
            let mut at = Cell::from_i64(raw).ok();
            while let Some(cell) = at {
                *shared.entry(cell).or_default() += held;
                at = cell.parent();
            }
        }
        let with_me = |cell: Cell| shared.get(&cell).copied().unwrap_or(0) + 1;
        Ok(coarsen(Cell::at(position), with_me, SHARED_BY))
    }
}

fn invented(one: Invented) -> NewSubscriber {
    let endpoint_hash = hash_token(&one.endpoint);
    NewSubscriber {
        cell: one.cell as i64,
        manage_hash: hash_token(&format!("invented {}", one.endpoint)),
        endpoint_hash,
        endpoint: one.endpoint,
        p256dh: one.p256dh.to_vec(),
        auth: one.auth.to_vec(),
        language: one.language,
    }
}
