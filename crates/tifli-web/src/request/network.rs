//! The network a request comes from, as a keyed hash that lives as long as the process. The address itself is dropped
//! here and never stored, logged or handed on.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::server::{Peer, WebState};

/// The keyed hash of the caller's network: an IPv4 address, or an IPv6 prefix of 64 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Network([u8; 32]);

impl Network {
    /// The hash.
    #[must_use]
    pub const fn hash(&self) -> [u8; 32] {
        self.0
    }
}

impl FromRequestParts<WebState> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let connected = || {
            let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            info.map(|info| info.0.ip())
        };
        let address = match state.settings().peer {
            Peer::Connection => connected(),
            Peer::LastForwarded => forwarded(&parts.headers).or_else(connected),
        };
        let network = address.map_or_else(|| "unknown".to_owned(), network_of);
        Ok(Self(state.network_hash(&network)))
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_is_its_first_half_and_a_mapped_address_is_the_inner_one() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
    }

    #[test]
    fn of_forwarded_addresses_only_the_one_our_proxy_wrote_counts() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            "198.51.100.1, 192.0.2.7".parse().unwrap(),
        );
        assert_eq!(forwarded(&headers), Some("192.0.2.7".parse().unwrap()));
    }
}
