//! What a configuration means, once it is known to make sense. Each refusal names its key.

use std::net::SocketAddr;
use std::path::PathBuf;

use tifli_domain::Realm;
use tifli_pack::Pack;
use tifli_store::Place;
use tifli_web::server::{Peer, WebSettings};

use super::email::{MailSettings, email};
use super::{Cap, Config, Store, WebPush};
use crate::cap_key::CapFiles;
use crate::failure::{Done, Failure, Trying as _};
use crate::secrets::HOW_TO_MAKE;

/// A configuration that can be started. It may hold a password, so it is never printed.
pub struct Settings {
    /// The realm of the database.
    pub realm: Realm,
    /// The pack's code.
    pub pack: String,
    /// This process's name in the audit chain.
    pub node: String,
    /// Where public pages, the console and the API listen.
    pub listen: SocketAddr,
    /// The public address, without a slash at the end.
    pub public_url: String,
    /// Where backups, audit checks and metrics are asked for.
    pub admin_listen: SocketAddr,
    /// Cookies only over https.
    pub secure_cookies: bool,
    /// Callers are named by a proxy in front.
    pub behind_proxy: bool,
    /// The folder of the database, the photos and the keys.
    pub data: PathBuf,
    /// Where the rows live.
    pub place: Place,
    /// The file of the master key.
    pub master_key_file: PathBuf,
    /// Web push.
    pub web_push: Channel,
    /// The mail server.
    pub mail: Option<MailSettings>,
    /// The operator's key and certificate for CAP messages.
    pub cap: Option<CapFiles>,
}

impl Settings {
    /// How the web side behaves.
    pub fn web(&self) -> WebSettings {
        WebSettings {
            secure_cookies: self.secure_cookies,
            peer: if self.behind_proxy {
                Peer::LastForwarded
            } else {
                Peer::Connection
            },
            ..WebSettings::default()
        }
    }
}

/// Where a channel sends: nowhere unless somebody said where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// It does not send.
    Absent,
    /// To partners on this machine that only pretend.
    Sandbox(Vec<SocketAddr>),
    /// To real push services.
    Real {
        /// Who answers for the messages: a `mailto:` address.
        contact: String,
        /// The push services' names, or endings of them.
        push_hosts: Vec<String>,
    },
}

impl Channel {
    /// What is said of the channel when the program starts.
    pub fn sentence(&self) -> String {
        match self {
            Self::Absent => "web push: absent, nobody can subscribe and nothing is sent".into(),
            Self::Sandbox(partners) => {
                format!(
                    "web push: sandbox, {} partner(s) on this machine only",
                    partners.len()
                )
            }
            Self::Real { push_hosts, .. } => {
                format!("web push: real, to {}", push_hosts.join(", "))
            }
        }
    }
}

impl Config {
    pub(super) fn check(self) -> Done<Settings> {
        let needed = |key: &str, what: &str| Failure::new(format!("{key} is needed: {what}"));
        let public_url = self.server.public_url;
        let public_url =
            public_url.ok_or_else(|| needed("server.public_url", "the public address"))?;
        let data = self.store.data.as_ref().map(|path| path.relative());
        let data =
            data.ok_or_else(|| needed("store.data", "the folder of the database and keys"))?;
        let master_key_file = self
            .store
            .master_key_file
            .as_ref()
            .map(|path| path.relative());
        let master_key_file =
            master_key_file.ok_or_else(|| needed("store.master_key_file", HOW_TO_MAKE))?;
        check_realm(self.house.realm)?;
        let reached = read_url(&public_url)?;
        if reached == Reached::PlainOnThisMachine && self.server.secure_cookies {
            return Err(Failure::new(
                "server.public_url is http, so server.secure_cookies must be false",
            ));
        }
        check_admin(self.server.admin_listen)?;
        check_pack(&self.house.pack)?;
        Ok(Settings {
            web_push: channel(self.channels.web_push, self.house.realm)?,
            mail: email(self.channels.email, self.house.realm)?,
            cap: self.cap.map(cap),
            realm: self.house.realm,
            pack: self.house.pack,
            node: self.house.node,
            listen: self.server.listen,
            public_url,
            admin_listen: self.server.admin_listen,
            secure_cookies: self.server.secure_cookies,
            behind_proxy: self.server.behind_proxy,
            place: place(&self.store, &data)?,
            data,
            master_key_file,
        })
    }
}

fn cap(written: Cap) -> CapFiles {
    CapFiles {
        key: written.key_file.relative(),
        certificate: written.certificate_file.relative(),
    }
}

fn check_realm(realm: Realm) -> Done {
    match realm {
        Realm::Live | Realm::Drill => Ok(()),
        Realm::Demo => Err(Failure::new(
            "house.realm is live or drill; a demonstration is started with `tifli demo`",
        )),
    }
}

/// How a public address is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    Tls,
    PlainOnThisMachine,
}

fn read_url(url: &str) -> Done<Reached> {
    let refuse = |why: &str| Failure::new(format!("server.public_url {why}"));
    let parsed = reqwest::Url::parse(url)
        .map_err(|_| refuse("is not an address such as https://alerts.example.org"))?;
    let local = matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let reached = match parsed.scheme() {
        "https" => Reached::Tls,
        "http" if local => Reached::PlainOnThisMachine,
        _ => {
            return Err(refuse(
                "must begin with https:// (http:// only for localhost)",
            ));
        }
    };
    if url.ends_with('/') || parsed.path() != "/" || parsed.query().is_some() {
        return Err(refuse("ends with the host or its port, without a slash"));
    }
    Ok(reached)
}

fn check_admin(admin: SocketAddr) -> Done {
    if admin.ip().is_loopback() {
        return Ok(());
    }
    Err(Failure::new(
        "server.admin_listen must be a loopback address such as 127.0.0.1:8441: whoever reaches it \
         can take backups",
    ))
}

fn check_pack(code: &str) -> Done {
    let known = Pack::codes();
    if known.iter().any(|known| known == code) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "house.pack is one of {}",
        known.join(", ")
    )))
}

fn place(store: &Store, data: &std::path::Path) -> Done<Place> {
    match (&store.url, &store.url_file) {
        (None, None) => Ok(Place::Sqlite(data.join("tifli.db"))),
        (Some(url), None) => Ok(Place::Postgres(url.clone())),
        (None, Some(file)) => {
            let file = file.relative();
            let read = std::fs::read_to_string(&file)
                .trying(format!("store.url_file: reading {}", file.display()))?;
            Ok(Place::Postgres(read.trim().to_owned()))
        }
        (Some(_), Some(_)) => Err(Failure::new(
            "store.url and store.url_file exclude each other",
        )),
    }
}

fn channel(written: Option<WebPush>, realm: Realm) -> Done<Channel> {
    let refuse = |why: &str| Err(Failure::new(format!("channels.web_push: {why}")));
    let Some(written) = written else {
        return Ok(Channel::Absent);
    };
    match (written.sandbox, written.contact, written.push_hosts) {
        (Some(partners), None, None) => sandbox(partners, realm),
        (None, Some(contact), Some(push_hosts)) => {
            if realm != Realm::Live {
                return refuse("a drill sends to sandbox partners only");
            }
            if push_hosts
                .iter()
                .all(|host| host.trim_matches('.').is_empty())
            {
                return refuse("push_hosts names no push service");
            }
            Ok(Channel::Real {
                contact,
                push_hosts,
            })
        }
        _ => refuse(
            "either sandbox, or contact and push_hosts; to send nothing, leave the section out",
        ),
    }
}

fn sandbox(partners: Vec<SocketAddr>, realm: Realm) -> Done<Channel> {
    let refuse = |why: &str| Err(Failure::new(format!("channels.web_push.sandbox: {why}")));
    if realm == Realm::Live {
        return refuse("a live house sends to no sandbox");
    }
    if partners.is_empty() || !partners.iter().all(|partner| partner.ip().is_loopback()) {
        return refuse("partners are loopback addresses with a port, such as 127.0.0.1:9000");
    }
    Ok(Channel::Sandbox(partners))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Option<WebPush> {
        Some(toml::from_str(text).unwrap())
    }

    #[test]
    fn a_sandbox_belongs_to_a_drill_and_a_real_service_to_a_live_house() {
        let sandbox = "sandbox = ['127.0.0.1:9000']";
        let real = "contact = 'mailto:a@b.org'\npush_hosts = ['push.example.org']";
        assert!(channel(written(sandbox), Realm::Drill).is_ok());
        assert!(channel(written(sandbox), Realm::Live).is_err());
        assert!(channel(written(real), Realm::Live).is_ok());
        assert!(channel(written(real), Realm::Drill).is_err());
        assert_eq!(channel(None, Realm::Live).unwrap(), Channel::Absent);
    }

    #[test]
    fn a_channel_that_would_send_nowhere_or_anywhere_is_refused() {
        for text in [
            "",
            "contact = 'mailto:a@b.org'",
            "push_hosts = ['push.example.org']",
            "contact = 'mailto:a@b.org'\npush_hosts = []",
            "contact = 'mailto:a@b.org'\npush_hosts = ['.']",
            "sandbox = ['127.0.0.1:9']\ncontact = 'mailto:a@b.org'",
        ] {
            assert!(channel(written(text), Realm::Live).is_err(), "{text}");
        }
        for text in ["sandbox = []", "sandbox = ['10.0.0.1:9000']"] {
            assert!(channel(written(text), Realm::Drill).is_err(), "{text}");
        }
    }

    #[test]
    fn the_public_address_is_https_and_ends_with_its_host() {
        assert_eq!(read_url("https://a.example.org").unwrap(), Reached::Tls);
        let here = read_url("http://localhost:8440").unwrap();
        assert_eq!(here, Reached::PlainOnThisMachine);
        for url in [
            "http://a.example.org",
            "https://a.example.org/",
            "https://a.example.org/tifli",
            "https://a.example.org?x=1",
            "a.example.org",
        ] {
            assert!(read_url(url).is_err(), "{url}");
        }
    }

    #[test]
    fn the_admin_socket_stays_on_this_machine() {
        assert!(check_admin("127.0.0.1:1".parse().unwrap()).is_ok());
        assert!(check_admin("0.0.0.0:1".parse().unwrap()).is_err());
    }
}
