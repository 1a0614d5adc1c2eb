//! What the e-mail section means, once it is known to make sense. Each refusal names its key.

use std::path::PathBuf;

use tifli_channel::smtp::{Mailer, Security, SmtpSettings};
use tifli_domain::Realm;

use super::{Dkim, Email, EmailAlerts, Tls};
use crate::failure::{Done, Failure, Trying as _};

/// Under which name the house's own DKIM key is published, unless told otherwise.
const SELECTOR: &str = "tifli";

/// The mail server of a house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who signs in, and the file of the password.
    pub sign_in: Option<(String, PathBuf)>,
    /// The sender's address.
    pub from: String,
    /// How alerts go out by e-mail, if they do.
    pub alerts: Option<LetterSettings>,
}

/// Letters to those who asked for alerts by e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSettings {
    /// The address subscribers see.
    pub from: String,
    /// The name subscribers see.
    pub name: String,
    /// Where letters come back to.
    pub bounces: String,
    /// The list's name by RFC 2919.
    pub list_id: String,
    /// The domain and the selector under which the house's own key is published; `None` where the mail server signs.
    pub dkim: Option<(String, String)>,
}

impl MailSettings {
    /// What is said of e-mail when the program starts.
    pub fn sentence(settings: Option<&Self>) -> String {
        match settings {
            None => {
                "e-mail: absent, services read bulletins signed in and are not written to".into()
            }
            Some(mail) => {
                let alerts = match &mail.alerts {
                    Some(alerts) => format!("alerts from {}", alerts.from),
                    None => "no alerts by e-mail, for channels.email.alerts is absent".to_owned(),
                };
                format!("e-mail: through {}:{}; {alerts}", mail.host, mail.port)
            }
        }
    }

    /// The mailer of these settings. Nothing is connected yet.
    pub fn mailer(&self) -> Done<Mailer> {
        Mailer::new(&self.server(self.from.clone())?).trying("channels.email")
    }

    /// The mail server, for letters from this address.
    pub fn server(&self, from: String) -> Done<SmtpSettings> {
        let sign_in = match &self.sign_in {
            None => None,
            Some((name, file)) => {
                let what = format!("channels.email.password_file: reading {}", file.display());
                let password = std::fs::read_to_string(file).trying(what)?;
                Some((
                    name.clone(),
                    password.trim_end_matches(['\r', '\n']).to_owned(),
                ))
            }
        };
        Ok(SmtpSettings {
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            sign_in,
            from,
        })
    }
}

pub(super) fn email(written: Option<Email>, realm: Realm) -> Done<Option<MailSettings>> {
    let refuse = |why: &str| Err(Failure::new(format!("channels.email: {why}")));
    let Some(written) = written else {
        return Ok(None);
    };
    let local = matches!(written.host.as_str(), "localhost" | "127.0.0.1" | "::1");
    if realm != Realm::Live && !local {
        return refuse("a drill sends to a mail server on this machine only");
    }
    if written.tls == Tls::None && !local {
        return refuse("tls may be none for a mail server on this machine only");
    }
    let sign_in = match (written.user, written.password_file) {
        (None, None) => None,
        (Some(user), Some(file)) => Some((user, file.relative())),
        _ => return refuse("user and password_file go together"),
    };
    Ok(Some(MailSettings {
        host: written.host,
        port: written.port,
        security: match written.tls {
            Tls::None => Security::None,
            Tls::Starttls => Security::StartTls,
            Tls::Wrapped => Security::Wrapped,
        },
        sign_in,
        from: written.from,
        alerts: written.alerts.map(alerts).transpose()?,
    }))
}

fn alerts(written: EmailAlerts) -> Done<LetterSettings> {
    let Some((_, domain)) = written.from.rsplit_once('@') else {
        return Err(Failure::new(
            "channels.email.alerts: from is an address such as alerts@example.org",
        ));
    };
    let domain = domain.to_owned();
    let selector = written.selector.unwrap_or_else(|| SELECTOR.to_owned());
    Ok(LetterSettings {
        name: written.name,
        bounces: written.bounces,
        list_id: written
            .list_id
            .unwrap_or_else(|| format!("alerts.{domain}")),
        dkim: (written.dkim == Dkim::House).then_some((domain, selector)),
        from: written.from,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, realm: Realm) -> Done<Option<MailSettings>> {
        email(Some(toml::from_str(text).unwrap()), realm)
    }

    const REAL: &str =
        "host = 'mail.example.org'\nport = 587\ntls = 'starttls'\nfrom = 'a@b.org'\n";

    #[test]
    fn a_real_mail_server_belongs_to_a_live_house_and_is_reached_by_tls() {
        assert!(read(REAL, Realm::Live).is_ok());
        assert!(read(REAL, Realm::Drill).is_err());
        assert!(read(&REAL.replace("starttls", "none"), Realm::Live).is_err());
        let here = REAL
            .replace("mail.example.org", "127.0.0.1")
            .replace("starttls", "none");
        assert!(read(&here, Realm::Drill).is_ok());
        assert!(email(None, Realm::Live).unwrap().is_none());
    }

    #[test]
    fn a_user_without_a_password_is_refused() {
        assert!(read(&format!("{REAL}user = 'tifli'\n"), Realm::Live).is_err());
    }

    #[test]
    fn the_password_is_read_from_its_file_and_the_sender_must_be_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "secret\n").unwrap();
        let mut settings = read(REAL, Realm::Live).unwrap().unwrap();
        settings.sign_in = Some(("tifli".to_owned(), file));
        assert!(settings.mailer().is_ok());
        settings.from = "nobody".to_owned();
        assert!(settings.mailer().is_err());
        settings.sign_in = Some(("tifli".to_owned(), folder.path().join("none")));
        assert!(settings.mailer().is_err());
    }
}
