//! Addresses a message may be sent to: checked when someone subscribes and before every call.
//!
//! This is the syntactic half (scheme, port, literal addresses, local names). What a name
//! resolves to is checked by the resolver at connect time, on the addresses really used.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};

use reqwest::Url;

use super::address::address_is_public;

/// The longest endpoint address we keep, in octets.
const LONGEST: usize = 1024;

/// Endings of names that live inside a network or are reserved for tests (RFC 6761, RFC 6762,
/// RFC 7686, RFC 8375, and the `internal` reservation).
const LOCAL_ENDINGS: [&str; 12] = [
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "arpa",
    "test",
    "invalid",
    "example",
    "onion",
];

/// Sandbox partners that may be called on loopback, without TLS: exact address and port.
///
/// Filled only in demo, drill and tests, with the partners just started. Empty by default.
#[derive(Clone, Debug, Default)]
pub struct AllowList {
    partners: HashSet<SocketAddr>,
}

/// An allow-list entry was not on loopback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the allow-list takes only loopback addresses")]
pub struct NotLoopback;

/// An address that passed the check. Its Debug form shows the origin only, never the path.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
    origin: String,
    partner: bool,
}

/// Why an address may not be called. The texts may be shown to whoever sent the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Longer than 1,024 octets.
    #[error("the address is longer than 1,024 characters")]
    TooLong,
    /// Not an absolute address with a host.
    #[error("the address is not a valid web address")]
    NotAnAddress,
    /// Another scheme than https.
    #[error("the address must begin with https://")]
    NotHttps,
    /// Carries a user name or a password.
    #[error("the address must not carry a user name or password")]
    UserInfo,
    /// A port other than 443.
    #[error("the address must use the standard port 443")]
    Port,
    /// A literal address, or a name resolving to one, outside the public internet.
    #[error("the address is inside a private or reserved network, messages are not sent there")]
    PrivateAddress,
    /// A name that has a meaning only inside some network.
    #[error("the address is a local name, messages are not sent there")]
    LocalName,
    /// Not one of the push services this installation sends to.
    #[error("the address is not one of the push services used here")]
    UnknownPushService,
}

impl AllowList {
    /// No partner at all: what a live installation uses.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Exactly these partners.
    ///
    /// # Errors
    /// [`NotLoopback`] when one of them is not on this machine.
    pub fn partners(addresses: impl IntoIterator<Item = SocketAddr>) -> Result<Self, NotLoopback> {
        let partners: HashSet<_> = addresses.into_iter().collect();
        if partners.iter().all(|a| a.ip().is_loopback()) {
            Ok(Self { partners })
        } else {
            Err(NotLoopback)
        }
    }

    fn holds(&self, host: &str, port: Option<u16>) -> bool {
        match (literal(host), port) {
            (Some(ip), Some(port)) => self.partners.contains(&SocketAddr::new(ip, port)),
            _ => false,
        }
    }
}

impl Endpoint {
    /// Scheme, host and port as they stand in a VAPID `aud` claim.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The normalized address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Whether it is a sandbox partner on the allow-list.
    #[must_use]
    pub fn is_partner(&self) -> bool {
        self.partner
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether the host is one of these names or below one of them.
    #[must_use]
    pub fn is_below(&self, suffixes: &[String]) -> bool {
        let host = self
            .url
            .host_str()
            .unwrap_or_default()
            .trim_end_matches('.');
        suffixes.iter().any(|suffix| {
            let suffix = suffix.trim_matches('.').to_ascii_lowercase();
            host == suffix
                || host
                    .strip_suffix(suffix.as_str())
                    .is_some_and(|rest| rest.ends_with('.'))
        })
    }
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl EndpointError {
    /// A short word that stays the same between versions.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "endpoint_too_long",
            Self::NotAnAddress => "endpoint_not_an_address",
            Self::NotHttps => "endpoint_not_https",
            Self::UserInfo => "endpoint_user_info",
            Self::Port => "endpoint_port",
            Self::PrivateAddress => "endpoint_private",
            Self::LocalName => "endpoint_local_name",
            Self::UnknownPushService => "endpoint_unknown_service",
        }
    }
}

/// Checks an address by the rules of a live installation (no partner allowed).
///
/// # Errors
/// The first rule the address breaks.
pub fn check_endpoint(text: &str) -> Result<Endpoint, EndpointError> {
    check_with(text, &AllowList::none(), 443)
}

/// The origin (scheme, host, port where not the usual one) of an address, `None` when it has none.
#[must_use]
pub fn origin_of(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let origin = url.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

pub(super) fn check_with(
    text: &str,
    allowed: &AllowList,
    https_port: u16,
) -> Result<Endpoint, EndpointError> {
    let url = parse(text)?;
    let host = url.host_str().ok_or(EndpointError::NotAnAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EndpointError::UserInfo);
    }
    let partner = allowed.holds(host, url.port_or_known_default());
    if !partner {
        if url.scheme() != "https" {
            return Err(EndpointError::NotHttps);
        }
        check_host(host)?;
        if url.port_or_known_default() != Some(https_port) {
            return Err(EndpointError::Port);
        }
    }
    let origin = url.origin().ascii_serialization();
    Ok(Endpoint {
        url,
        origin,
        partner,
    })
}

/// Stricter than the URL standard, which forgives blanks, control characters and backslashes.
fn parse(text: &str) -> Result<Url, EndpointError> {
    if text.len() > LONGEST {
        return Err(EndpointError::TooLong);
    }
    if text.bytes().any(|b| b <= b' ' || b >= 0x7f || b == b'\\') {
        return Err(EndpointError::NotAnAddress);
    }
    let url = Url::parse(text).map_err(|_| EndpointError::NotAnAddress)?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(EndpointError::NotHttps),
    }
}

fn check_host(host: &str) -> Result<(), EndpointError> {
    if let Some(ip) = literal(host) {
        return if address_is_public(ip) {
            Ok(())
        } else {
            Err(EndpointError::PrivateAddress)
        };
    }
    let name = host.trim_end_matches('.');
    let ending = name.rsplit('.').next().unwrap_or_default();
    if !name.contains('.') || LOCAL_ENDINGS.contains(&ending) {
        return Err(EndpointError::LocalName);
    }
    Ok(())
}

/// The address a URL host stands for, when it is a literal (the parser has normalized it).
fn literal(host: &str) -> Option<IpAddr> {
    host.strip_prefix('[')
        .and_then(|h| h.strip_suffix(']'))
        .unwrap_or(host)
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_service_on_the_internet_is_taken_with_its_origin() {
        let endpoint =
            check_endpoint("https://updates.push.services.mozilla.com/wpush/v2/abc").unwrap();
        assert_eq!(
            endpoint.origin(),
            "https://updates.push.services.mozilla.com"
        );
        assert!(
            !format!("{endpoint:?}").contains("abc"),
            "the path is a secret"
        );
        assert!(check_endpoint("https://8.8.8.8/x").is_ok());
    }

    #[test]
    fn each_rule_is_refused_in_its_own_words() {
        let long = format!("https://push.tifli.net/{}", "a".repeat(LONGEST));
        for (text, error) in [
            (long.as_str(), EndpointError::TooLong),
            ("nonsense", EndpointError::NotAnAddress),
            ("https://", EndpointError::NotAnAddress),
            ("https://push.tifli.net/ x", EndpointError::NotAnAddress),
            ("https:\\\\push.tifli.net/", EndpointError::NotAnAddress),
            ("http://push.tifli.net/x", EndpointError::NotHttps),
            ("ftp://push.tifli.net/x", EndpointError::NotHttps),
            ("https://user@push.tifli.net/x", EndpointError::UserInfo),
            ("https://push.tifli.net:8443/x", EndpointError::Port),
            ("https://10.0.0.1/x", EndpointError::PrivateAddress),
            ("https://localhost/x", EndpointError::LocalName),
            ("https://printer/x", EndpointError::LocalName),
            (
                "https://metadata.google.internal./x",
                EndpointError::LocalName,
            ),
        ] {
            assert_eq!(check_endpoint(text).unwrap_err(), error, "{text}");
            assert!(!error.to_string().is_empty() && error.code().starts_with("endpoint_"));
        }
    }

    #[test]
    fn a_partner_is_allowed_on_its_exact_port_only() {
        let partner: SocketAddr = "127.0.0.1:9001".parse().unwrap();
        let allowed = AllowList::partners([partner]).unwrap();
        let check = |text: &str| check_with(text, &allowed, 443);
        assert_eq!(
            check("http://127.0.0.1:9001/p/1").unwrap().origin(),
            "http://127.0.0.1:9001"
        );
        assert_eq!(
            check("http://127.0.0.1:9002/p/1").unwrap_err(),
            EndpointError::NotHttps
        );
        assert_eq!(
            check("https://127.0.0.1:9002/").unwrap_err(),
            EndpointError::PrivateAddress
        );
        assert_eq!(
            check("http://a@127.0.0.1:9001/").unwrap_err(),
            EndpointError::UserInfo
        );
        assert_eq!(
            AllowList::partners(["10.0.0.1:80".parse().unwrap()]).unwrap_err(),
            NotLoopback
        );
    }

    #[test]
    fn a_suffix_matches_whole_labels_only() {
        let endpoint = check_endpoint("https://fcm.googleapis.com/fcm/send/x").unwrap();
        let below = |suffix: &str| endpoint.is_below(&[suffix.to_owned()]);
        assert!(below("googleapis.com") && below(".GoogleAPIs.com") && below("fcm.googleapis.com"));
        assert!(!below("leapis.com") && !below("com.evil") && !below("mozilla.com"));
        assert!(!endpoint.is_below(&[]));
    }

    #[test]
    fn an_origin_drops_the_usual_port_and_the_path() {
        assert_eq!(
            origin_of("https://push.tifli.net:443/a/b?c").as_deref(),
            Some("https://push.tifli.net")
        );
        assert_eq!(
            origin_of("http://127.0.0.1:9001/p").as_deref(),
            Some("http://127.0.0.1:9001")
        );
        assert_eq!(origin_of("data:text/plain,x"), None);
    }
}
