//! Hands one CAP message to one partner, and asks whether it has it.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};

use super::answer::read_answer;
use super::held::find_name;
use crate::Outcome;
use crate::http::{Answer, Call, Endpoint, EndpointError, GuardedClient};

/// How long one call may take.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// The media type of CAP (its registration in the OASIS specification).
const CAP_XML: HeaderValue = HeaderValue::from_static("application/cap+xml");

/// Where a partner takes CAP messages. Its Debug form shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct CapEndpoint {
    /// The address messages are posted to.
    pub url: String,
    /// What we sign in with (RFC 6750), where the partner gave us something.
    pub bearer: Option<String>,
}

/// The adapter for CAP over HTTPS. Cheap to clone.
#[derive(Clone, Debug)]
pub struct CapPartner {
    client: GuardedClient,
}

impl CapPartner {
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

    /// Hands the message over once, in exactly these bytes; never tries twice. `now_s` in Unix
    /// seconds.
    ///
    /// `wanted` is asked immediately before the call is handed to its connection: answering false
    /// ends it with [`Outcome::Withdrawn`] and nothing sent.
    ///
    /// A partner that answers 409 is asked at once what it holds under the identifier: the same
    /// message counts as accepted, and so does a partner that does not show what it holds; another
    /// sender's or time's is [`Outcome::Refused`] with `identifier_taken`.
    pub async fn send(
        &self,
        to: &CapEndpoint,
        xml: &[u8],
        now_s: i64,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Outcome {
        if xml.is_empty() {
            return Outcome::Refused {
                why: "payload_empty",
            };
        }
        let prepared = self.prepare(to, &to.url, Method::POST, xml.to_vec());
        let (endpoint, call) = match prepared {
            Ok(prepared) => prepared,
            Err(outcome) => return outcome,
        };
        let answer = self.client.call_while_wanted(&endpoint, call, wanted).await;
        match answer {
            Ok(answer) if answer.status == StatusCode::CONFLICT => {
                self.settle_conflict(to, xml, now_s).await
            }
            Ok(answer) => read_answer(&answer, now_s),
            Err(error) => Outcome::of_error(error),
        }
    }

    /// Asks whether the partner has the message: its bytes as the partner shows them, or `None`
    /// when it says that it has not (404, 410). Settles an [`Outcome::Unknown`].
    ///
    /// # Errors
    /// The outcome of a question that was not answered: [`Outcome::Refused`] with `other_message`
    /// when the partner shows something that is not this message, [`Outcome::Unknown`] when no
    /// whole answer came, the others as for [`CapPartner::send`].
    pub async fn find(
        &self,
        to: &CapEndpoint,
        identifier: &str,
        now_s: i64,
    ) -> Result<Option<Vec<u8>>, Outcome> {
        let url = held_url(&to.url, identifier).ok_or(Outcome::Refused {
            why: "cap_identifier",
        })?;
        let (endpoint, call) = self.prepare(to, &url, Method::GET, Vec::new())?;
        let answer = self.client.call(&endpoint, call).await;
        let answer = answer.map_err(Outcome::of_error)?;
        read_held(answer, identifier, now_s)
    }

    /// The partner says that it has this identifier: is it this message?
    async fn settle_conflict(&self, to: &CapEndpoint, xml: &[u8], now_s: i64) -> Outcome {
        let accepted = Outcome::Accepted { reference: None };
        let Some(ours) = find_name(xml) else {
            return accepted;
        };
        match self.find(to, &ours.identifier, now_s).await {
            Ok(Some(held)) if find_name(&held).as_ref() == Some(&ours) => accepted,
            Ok(Some(_)) => Outcome::Refused {
                why: "identifier_taken",
            },
            Err(outcome) if outcome.may_retry() => Outcome::Unknown,
            Ok(None) | Err(_) => accepted,
        }
    }

    fn prepare(
        &self,
        to: &CapEndpoint,
        url: &str,
        method: Method,
        body: Vec<u8>,
    ) -> Result<(Endpoint, Call), Outcome> {
        let endpoint = self
            .client
            .check_endpoint(url)
            .map_err(|rule| Outcome::Refused { why: rule.code() })?;
        let mut headers = HeaderMap::with_capacity(4);
        if body.is_empty() {
            headers.insert(ACCEPT, CAP_XML);
        } else {
            headers.insert(CONTENT_TYPE, CAP_XML);
        }
        if let Some(bearer) = &to.bearer {
            let mut value = HeaderValue::from_str(&format!("Bearer {bearer}"))
                .map_err(|_| Outcome::Misconfigured { status: 0 })?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let call = Call {
            method,
            headers,
            body,
        };
        Ok((endpoint, call))
    }
}

/// The address and a slash and the identifier; `None` where the identifier cannot stand in a path.
fn held_url(url: &str, identifier: &str) -> Option<String> {
    if identifier.is_empty() || identifier == "." || identifier == ".." {
        return None;
    }
    let mut url = reqwest::Url::parse(url).ok()?;
    url.set_fragment(None);
    url.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .push(identifier);
    Some(url.into())
}

fn read_held(answer: Answer, identifier: &str, now: i64) -> Result<Option<Vec<u8>>, Outcome> {
    let status = answer.status.as_u16();
    match status {
        404 | 410 => Ok(None),
        200..=299 if answer.cut => Err(Outcome::Unknown),
        200..=299 => match answer.body {
            Some(body) if is_named(&body, identifier) => Ok(Some(body)),
            _ => Err(Outcome::Refused {
                why: "other_message",
            }),
        },
        _ => match read_answer(&answer, now) {
            Outcome::Accepted { .. } => Err(Outcome::Rejected { status }),
            outcome => Err(outcome),
        },
    }
}

fn is_named(body: &[u8], identifier: &str) -> bool {
    find_name(body).is_some_and(|name| name.identifier == identifier)
}

impl std::fmt::Debug for CapEndpoint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CapEndpoint")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_asked_for_below_the_address_whatever_its_identifier_holds() {
        for (url, identifier, expected) in [
            (
                "https://p.tifli.net/cap",
                "a-1",
                Some("https://p.tifli.net/cap/a-1"),
            ),
            (
                "https://p.tifli.net/cap/",
                "a-1",
                Some("https://p.tifli.net/cap/a-1"),
            ),
            (
                "https://p.tifli.net/cap?key=7",
                "a",
                Some("https://p.tifli.net/cap/a?key=7"),
            ),
            (
                "https://p.tifli.net",
                "urn:oid:2.4",
                Some("https://p.tifli.net/urn:oid:2.4"),
            ),
            (
                "https://p.tifli.net/cap",
                "../x?y#z",
                Some("https://p.tifli.net/cap/..%2Fx%3Fy%23z"),
            ),
            ("https://p.tifli.net/cap", "..", None),
            ("https://p.tifli.net/cap", "", None),
        ] {
            assert_eq!(
                held_url(url, identifier).as_deref(),
                expected,
                "{url} {identifier}"
            );
        }
    }
}
