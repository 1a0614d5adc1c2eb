//! Which addresses are on the public internet, and may therefore be called.
//!
//! Source: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its
//! updates), plus the platform address of one large cloud that lies in public space. Not for
//! names: those are resolved first and their addresses judged here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a call may go to this address: true only for ordinary, globally routed unicast.
///
/// Addresses that carry an IPv4 address inside (mapped, NAT64, ISATAP) are judged by that one;
/// 6to4 and Teredo are refused whole, because no partner lives there any more.
#[must_use]
pub fn address_is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4_is_public(v4),
        IpAddr::V6(v6) => v6_is_public(v6),
    }
}

/// (network, prefix length) of every IPv4 block that is not ordinary public unicast.
const CLOSED_V4: [(Ipv4Addr, u32); 20] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),        // "this network", unspecified
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // carrier-grade NAT
    (Ipv4Addr::new(127, 0, 0, 0), 8),      // loopback
    (Ipv4Addr::new(168, 63, 129, 16), 32), // a cloud's platform address, reachable only inside it
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local, instance metadata
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // IETF protocol assignments
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation
    (Ipv4Addr::new(192, 31, 196, 0), 24),  // AS112
    (Ipv4Addr::new(192, 52, 193, 0), 24),  // multicast tunnels
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(192, 175, 48, 0), 24),  // AS112
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // benchmarking
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),      // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),      // reserved
    (Ipv4Addr::new(255, 255, 255, 255), 32),
];

/// (network, prefix length) of the closed blocks inside 2000::/3, the only open part of IPv6.
const CLOSED_V6: [(Ipv6Addr, u32); 5] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // Teredo, benchmarking, ORCHID
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

fn v4_is_public(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !CLOSED_V4
        .iter()
        .any(|(network, length)| (bits ^ u32::from(*network)) >> (32 - length) == 0)
}

fn v6_is_public(address: Ipv6Addr) -> bool {
    if let Some(inner) = carried_v4(address) {
        return v4_is_public(inner);
    }
    let bits = u128::from(address);
    let global_unicast = bits >> 125 == 0b001;
    global_unicast
        && !CLOSED_V6
            .iter()
            .any(|(network, length)| (bits ^ u128::from(*network)) >> (128 - length) == 0)
}

/// The IPv4 address that a packet to this IPv6 address really reaches, where the form says so.
fn carried_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let last = Ipv4Addr::from(((u32::from(s[6])) << 16) | u32::from(s[7]));
    let mapped = s[..5] == [0; 5] && s[5] == 0xffff;
    let nat64 = s[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    let isatap = s[0] & 0xe000 == 0x2000 && s[4] & 0xfdff == 0 && s[5] == 0x5efe;
    let closed_carrier = s[0] == 0x2002 || (s[0] == 0x2001 && s[1] < 0x200);
    ((mapped || nat64 || isatap) && !closed_carrier).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_closed_block_is_refused_at_both_ends_and_open_just_outside() {
        for (network, length) in CLOSED_V4 {
            let first = u32::from(network);
            let last = first | u32::MAX.checked_shr(length).unwrap_or(0);
            assert!(!v4_is_public(Ipv4Addr::from(first)), "{network}/{length}");
            assert!(!v4_is_public(Ipv4Addr::from(last)), "{network}/{length}");
        }
        for open in [
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.1.1.1",
            "128.0.0.1",
            "168.63.129.15",
            "169.253.1.1",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
        ] {
            assert!(address_is_public(open.parse().unwrap()), "{open}");
        }
    }

    #[test]
    fn ordinary_internet_addresses_may_be_called() {
        for open in [
            "8.8.8.8",
            "1.1.1.1",
            "142.250.74.10",
            "2606:4700:4700::1111",
            "2a00:1450:4007:80c::200a",
            "2001:4860:4860::8888",
            "2001:200::1",
            "64:ff9b::8.8.8.8",
            "::ffff:8.8.8.8",
        ] {
            assert!(address_is_public(open.parse().unwrap()), "{open}");
        }
    }
}
