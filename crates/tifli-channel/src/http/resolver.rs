//! Resolves names for the guarded client and lets only public addresses through.
//!
//! The addresses judged here are the ones the connection is made to: nothing is resolved twice,
//! so a name that changes its answer in between gains nothing.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::time::{Instant, sleep};

use super::address::address_is_public;

/// How long the last good answer is used when the name service is down.
const REMEMBERED: Duration = Duration::from_secs(600);
/// How many names are remembered.
const MOST_NAMES: usize = 1024;

/// Asks a name service: name in, addresses out.
pub(crate) type Lookup =
    Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// A name resolved to an address that may not be called.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the name resolves to a private or reserved address")]
pub(super) struct AddressRefused;

/// The resolver given to the HTTP client.
#[derive(Clone)]
pub(super) struct PublicOnly {
    lookup: Lookup,
    remembered: Arc<Mutex<HashMap<String, LastAnswer>>>,
}

/// The last good answer for a name, and until when it may stand in for a new one.
type LastAnswer = (Instant, Vec<IpAddr>);

impl PublicOnly {
    pub(super) fn new(lookup: Lookup) -> Self {
        Self {
            lookup,
            remembered: Arc::default(),
        }
    }

    async fn addresses(
        &self,
        name: String,
    ) -> Result<Vec<IpAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let found = match (self.lookup)(name.clone()).await {
            Ok(found) if !found.is_empty() => found,
            Ok(_) => return Err("the name has no address".into()),
            Err(error) => return self.recall(&name).ok_or_else(|| error.into()),
        };
        if !found.iter().copied().all(address_is_public) {
            return Err(AddressRefused.into());
        }
        self.remember(name, &found);
        Ok(found)
    }

    fn remember(&self, name: String, found: &[IpAddr]) {
        let mut names = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MOST_NAMES && !names.contains_key(&name) {
            names.clear();
        }
        names.insert(name, (sleep(REMEMBERED).deadline(), found.to_vec()));
    }

    fn recall(&self, name: &str) -> Option<Vec<IpAddr>> {
        let names = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (until, found) = names.get(name)?;
        (sleep(Duration::ZERO).deadline() < *until).then(|| found.clone())
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        let name = name.as_str().to_owned();
        Box::pin(async move {
            let found = resolver.addresses(name).await?;
            let addresses: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

/// The operating system's resolver.
pub(super) fn system_lookup() -> Lookup {
    Arc::new(|name| {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn answers(list: Vec<io::Result<Vec<&'static str>>>) -> PublicOnly {
        let next = AtomicUsize::new(0);
        let list: Vec<_> = list
            .into_iter()
            .map(|a| {
                a.map(|v| {
                    v.iter()
                        .map(|t| t.parse().unwrap())
                        .collect::<Vec<IpAddr>>()
                })
            })
            .collect();
        PublicOnly::new(Arc::new(move |_| {
            let turn = next.fetch_add(1, Ordering::SeqCst);
            let answer = match &list[turn.min(list.len() - 1)] {
                Ok(found) => Ok(found.clone()),
                Err(error) => Err(io::Error::from(error.kind())),
            };
            Box::pin(async move { answer })
        }))
    }

    #[tokio::test]
    async fn one_private_address_among_public_ones_refuses_the_name() {
        let resolver = answers(vec![Ok(vec!["8.8.8.8", "10.0.0.7"])]);
        let error = resolver.addresses("a.tifli.net".into()).await.unwrap_err();
        assert!(error.downcast_ref::<AddressRefused>().is_some());
    }

    #[tokio::test]
    async fn every_resolution_is_judged_anew() {
        let resolver = answers(vec![Ok(vec!["8.8.8.8"]), Ok(vec!["127.0.0.1"])]);
        assert!(resolver.addresses("a.tifli.net".into()).await.is_ok());
        assert!(
            resolver.addresses("a.tifli.net".into()).await.is_err(),
            "no old answer helps"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_dead_name_service_is_bridged_for_ten_minutes() {
        let down = || Err(io::Error::from(io::ErrorKind::TimedOut));
        let resolver = answers(vec![Ok(vec!["8.8.8.8"]), down(), down()]);
        let expected: Vec<IpAddr> = vec!["8.8.8.8".parse().unwrap()];
        assert_eq!(
            resolver.addresses("a.tifli.net".into()).await.unwrap(),
            expected
        );
        tokio::time::advance(Duration::from_secs(590)).await;
        assert_eq!(
            resolver.addresses("a.tifli.net".into()).await.unwrap(),
            expected
        );
        assert!(resolver.addresses("b.tifli.net".into()).await.is_err());
        tokio::time::advance(Duration::from_secs(20)).await;
        assert!(resolver.addresses("a.tifli.net".into()).await.is_err());
    }
}
