//! The one guarded HTTP client for every outgoing call.
//!
//! What it refuses: redirects, proxies from the environment, plain HTTP, ports other than 443,
//! user names in addresses, and every address that is not on the public internet. What it does
//! not do: retry. The worker that holds the lease decides that.

mod address;
mod client;
mod endpoint;
mod resolver;
mod retry_after;

pub use address::address_is_public;
pub use client::{Answer, Call, CallError, ClientError, ClientSettings, GuardedClient};
pub use endpoint::{AllowList, Endpoint, EndpointError, NotLoopback, check_endpoint, origin_of};
pub use retry_after::parse_retry_after;

#[cfg(test)]
pub(crate) use resolver::Lookup;

#[cfg(test)]
mod private_address_tests;
