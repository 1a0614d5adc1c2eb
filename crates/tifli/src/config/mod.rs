//! The configuration of a server: one TOML file over the documented defaults, the environment over
//! the file. Reading it is [`read`]; whether it makes sense is [`check`].

mod check;
mod email;
mod read;

pub use check::{Channel, Settings};
pub use email::{LetterSettings, MailSettings};
pub use read::read;

use std::net::SocketAddr;

use figment::value::magic::RelativePathBuf;
use serde::Deserialize;
use tifli_domain::Realm;

/// The default configuration, every key explained.
pub const DEFAULT: &str = include_str!("../../config.default.toml");

/// The whole file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    house: House,
    server: Server,
    store: Store,
    #[serde(default)]
    channels: Channels,
    cap: Option<Cap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct House {
    realm: Realm,
    pack: String,
    node: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Server {
    listen: SocketAddr,
    public_url: Option<String>,
    admin_listen: SocketAddr,
    secure_cookies: bool,
    behind_proxy: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Store {
    data: Option<RelativePathBuf>,
    url: Option<String>,
    url_file: Option<RelativePathBuf>,
    master_key_file: Option<RelativePathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cap {
    key_file: RelativePathBuf,
    certificate_file: RelativePathBuf,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Channels {
    web_push: Option<WebPush>,
    email: Option<Email>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Email {
    host: String,
    port: u16,
    tls: Tls,
    user: Option<String>,
    password_file: Option<RelativePathBuf>,
    from: String,
    alerts: Option<EmailAlerts>,
}

/// Letters to those who asked for alerts by e-mail, through the same mail server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmailAlerts {
    from: String,
    name: String,
    bounces: String,
    list_id: Option<String>,
    #[serde(default)]
    dkim: Dkim,
    selector: Option<String>,
}

/// Who signs letters.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Dkim {
    /// This house, with a key of its own.
    #[default]
    House,
    /// The mail server.
    Relay,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tls {
    None,
    Starttls,
    Wrapped,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebPush {
    sandbox: Option<Vec<SocketAddr>>,
    contact: Option<String>,
    push_hosts: Option<Vec<String>>,
}
