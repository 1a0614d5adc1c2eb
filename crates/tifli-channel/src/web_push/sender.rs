//! Sends one encrypted message to one push endpoint.

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};

use super::answer::read_answer;
use super::encryption::{EncryptError, encrypt};
use super::request::PushRequest;
use super::subscription::Subscription;
use super::vapid::{Vapid, VapidError};
use crate::Outcome;
use crate::http::{Call, Endpoint, EndpointError, GuardedClient};

/// The Web Push adapter. Share one per process behind an `Arc`.
#[derive(Debug)]
pub struct WebPush {
    client: GuardedClient,
    vapid: Vapid,
    push_hosts: Option<Vec<String>>,
}

impl WebPush {
    /// `push_hosts`: endings of the names of push services that may be used (for instance
    /// `googleapis.com`), `None` for any public address. Sandbox partners on the client's
    /// allow-list are not measured by it.
    #[must_use]
    pub fn new(client: GuardedClient, vapid: Vapid, push_hosts: Option<Vec<String>>) -> Self {
        Self {
            client,
            vapid,
            push_hosts,
        }
    }

    /// The public key browsers subscribe with.
    #[must_use]
    pub fn public_key(&self) -> [u8; 65] {
        self.vapid.public_key()
    }

    /// Checks an endpoint when someone subscribes.
    ///
    /// # Errors
    /// The rule it breaks, with a text for whoever subscribes.
    pub fn check_endpoint(&self, address: &str) -> Result<Endpoint, EndpointError> {
        let endpoint = self.client.check_endpoint(address)?;
        match &self.push_hosts {
            Some(hosts) if !endpoint.is_partner() && !endpoint.is_below(hosts) => {
                Err(EndpointError::UnknownPushService)
            }
            _ => Ok(endpoint),
        }
    }

    /// Sends one message; never tries twice. `now` is in Unix seconds.
    ///
    /// `still_wanted` is asked after the encryption, immediately before the request is handed to
    /// its connection (and every 10 ms while it waits for one): answering false ends it with
    /// [`Outcome::Withdrawn`] and nothing sent.
    pub async fn send(
        &self,
        subscription: &Subscription,
        request: &PushRequest<'_>,
        now: i64,
        still_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Outcome {
        let (endpoint, call) = match self.prepare(subscription, request, now) {
            Ok(prepared) => prepared,
            Err(outcome) => return outcome,
        };
        match self
            .client
            .call_while_wanted(&endpoint, call, still_wanted)
            .await
        {
            Ok(answer) => read_answer(&answer, now),
            Err(error) => Outcome::of_error(error),
        }
    }

    fn prepare(
        &self,
        subscription: &Subscription,
        request: &PushRequest<'_>,
        now: i64,
    ) -> Result<(Endpoint, Call), Outcome> {
        request
            .check()
            .map_err(|rule| Outcome::Refused { why: rule.code() })?;
        let endpoint = self
            .check_endpoint(&subscription.endpoint)
            .map_err(|rule| Outcome::Refused { why: rule.code() })?;
        let identity = self
            .vapid
            .authorization(endpoint.origin(), now)
            .map_err(|_: VapidError| Outcome::Misconfigured { status: 0 })?;
        let headers = headers(request, identity)?;
        let body = encrypt(subscription, request.payload).map_err(|error| match error {
            EncryptError::TooLong => Outcome::TooLarge,
            EncryptError::BadKey => Outcome::Refused {
                why: "subscription_key",
            },
            EncryptError::Failed => Outcome::Retry {
                after: None,
                why: "encryption",
            },
        })?;
        Ok((
            endpoint,
            Call {
                method: Method::POST,
                headers,
                body,
            },
        ))
    }
}

fn headers(request: &PushRequest<'_>, identity: HeaderValue) -> Result<HeaderMap, Outcome> {
    let topic =
        HeaderValue::from_str(request.topic).map_err(|_| Outcome::Refused { why: "topic" })?;
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(AUTHORIZATION, identity);
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("aes128gcm"));
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert("ttl", HeaderValue::from(request.ttl_seconds));
    headers.insert(
        "urgency",
        HeaderValue::from_static(request.urgency.as_str()),
    );
    headers.insert("topic", topic);
    Ok(headers)
}
