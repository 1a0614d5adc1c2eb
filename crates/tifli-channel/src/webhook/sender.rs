//! Tells one event to one partner.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use super::answer::read_answer;
use super::event::{LONGEST_BODY, WebhookEndpoint, WebhookEvent};
use crate::Outcome;
use crate::http::{Call, Endpoint, EndpointError, GuardedClient};

/// How long after the first attempt, and then after each further one, an event is tried again, in
/// seconds: the standard's own head (5 s, 5 min, 30 min …) drawn together, for a child's alert is
/// old after minutes. What comes after the head is the worker's.
pub const HEAD_SECONDS: [u32; 4] = [1, 5, 15, 60];
/// How long one attempt may take; the standard says 15 to 30 s.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The webhook adapter. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Webhook {
    client: GuardedClient,
}

impl Webhook {
    /// One that waits [`PATIENCE`] for an answer.
    #[must_use]
    pub fn new(client: &GuardedClient) -> Self {
        Self::with_patience(client, PATIENCE)
    }

    /// One that waits this long for an answer.
    #[must_use]
    pub fn with_patience(client: &GuardedClient, patience: Duration) -> Self {
        Self {
            client: client.with_patience(patience),
        }
    }

    /// Checks a partner's address when it is written down.
    ///
    /// # Errors
    /// The rule it breaks, with a text for whoever wrote it.
    pub fn check_endpoint(&self, address: &str) -> Result<Endpoint, EndpointError> {
        self.client.check_endpoint(address)
    }

    /// Tells the event once; never tries twice. `now_s` is in Unix seconds: the attempt's own time,
    /// which partners compare with theirs (most allow five minutes).
    ///
    /// `wanted` is asked immediately before the call is handed to its connection: answering false
    /// ends it with [`Outcome::Withdrawn`] and nothing sent.
    pub async fn send(
        &self,
        to: &WebhookEndpoint,
        event: &WebhookEvent<'_>,
        now_s: i64,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Outcome {
        let (endpoint, call) = match self.prepare(to, event, now_s) {
            Ok(prepared) => prepared,
            Err(outcome) => return outcome,
        };
        let answer = self.client.call_while_wanted(&endpoint, call, wanted).await;
        match answer {
            Ok(answer) => read_answer(&answer, now_s),
            Err(error) => Outcome::of_error(error),
        }
    }

    fn prepare(
        &self,
        to: &WebhookEndpoint,
        event: &WebhookEvent<'_>,
        now_s: i64,
    ) -> Result<(Endpoint, Call), Outcome> {
        if event.body.len() > LONGEST_BODY {
            return Err(Outcome::TooLarge);
        }
        if let Some(why) = event.find_fault().or_else(|| to.find_fault()) {
            return Err(Outcome::Refused { why });
        }
        let endpoint = self
            .client
            .check_endpoint(&to.url)
            .map_err(|rule| Outcome::Refused { why: rule.code() })?;
        let call = Call {
            method: Method::POST,
            headers: headers(to, event, now_s)?,
            body: event.body.to_vec(),
        };
        Ok((endpoint, call))
    }
}

fn headers(
    to: &WebhookEndpoint,
    event: &WebhookEvent<'_>,
    now_s: i64,
) -> Result<HeaderMap, Outcome> {
    let signatures: Vec<String> = to
        .secrets
        .iter()
        .map(|secret| secret.sign(event.id, now_s, event.body))
        .collect();
    let id = HeaderValue::from_str(event.id).map_err(|_| Outcome::Refused { why: "webhook_id" })?;
    let signatures =
        HeaderValue::from_str(&signatures.join(" ")).map_err(|_| Outcome::Refused {
            why: "webhook_secret",
        })?;
    let mut headers = HeaderMap::with_capacity(5);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("webhook-id", id);
    headers.insert("webhook-timestamp", HeaderValue::from(now_s));
    headers.insert("webhook-signature", signatures);
    Ok(headers)
}
