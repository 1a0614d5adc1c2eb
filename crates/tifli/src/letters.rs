//! What alerts by e-mail need besides the mail server: the key that signs letters, made at the first start and kept in
//! the data folder, and the DNS records that make receivers believe it. Not for sending.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use tifli_channel::mail::{AlertMailer, DkimKey, MailSettings as Settings};
use zeroize::Zeroizing;

use crate::config::{LetterSettings, MailSettings};
use crate::failure::{Done, Failure, Trying as _};
use crate::house::write_private;

/// The file of the key, in the data folder.
const FILE: &str = "dkim.pem";

/// The mailer of alerts, if there is one; makes the key at the first start.
pub fn mailer(mail: Option<&MailSettings>, data: &Path) -> Done<Option<AlertMailer>> {
    let Some((mail, alerts)) = both(mail) else {
        return Ok(None);
    };
    let keys = match &alerts.dkim {
        None => Vec::new(),
        Some(name) => {
            if find(name, data)?.is_none() {
                let pem = Zeroizing::new(DkimKey::new_pem().trying("making the DKIM key")?);
                write_private(&data.join(FILE), pem.as_bytes())?;
            }
            find(name, data)?.into_iter().collect()
        }
    };
    let settings = Settings {
        server: mail.server(alerts.from.clone())?,
        name: alerts.name.clone(),
        bounces: alerts.bounces.clone(),
        list_id: alerts.list_id.clone(),
        keys,
    };
    let mailer = AlertMailer::new(&settings).trying("channels.email.alerts")?;
    Ok(Some(mailer))
}

/// Name and text of the DNS record that publishes the house's key, if there is one already.
pub fn record(mail: &MailSettings, data: &Path) -> Done<Option<(String, String)>> {
    let name = mail.alerts.as_ref().and_then(|alerts| alerts.dkim.as_ref());
    let key = name.map(|name| find(name, data)).transpose()?.flatten();
    key.map(|key| key.dns_record().trying("reading the DKIM key"))
        .transpose()
}

/// What the operator publishes, and whether it can be said already.
pub fn records(mail: Option<&MailSettings>, data: &Path) -> Done<String> {
    let Some((mail, alerts)) = both(mail) else {
        return Ok("absent: alerts do not go out by e-mail".into());
    };
    let Some(name) = &alerts.dkim else {
        return Ok("signed by the mail server, which also publishes its key".into());
    };
    let domain = &name.0;
    let dkim = match record(mail, data)? {
        None => "the DKIM key, which the house makes at the first start".to_owned(),
        Some((name, text)) => format!("{name} TXT \"{text}\""),
    };
    Ok(format!(
        "publish {dkim}; _dmarc.{domain} TXT \"v=DMARC1; p=reject\"; and in the SPF record of the domain of {} the \
         servers that send for it",
        alerts.bounces
    ))
}

fn both(mail: Option<&MailSettings>) -> Option<(&MailSettings, &LetterSettings)> {
    mail.and_then(|mail| Some((mail, mail.alerts.as_ref()?)))
}

fn find((domain, selector): &(String, String), data: &Path) -> Done<Option<DkimKey>> {
    let file = data.join(FILE);
    let pem = match fs::read_to_string(&file) {
        Ok(pem) => Zeroizing::new(pem),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let what = format!("reading the DKIM key {}", file.display());
            return Err(Failure::because(what, &error));
        }
    };
    let key = DkimKey::from_pem(domain, selector, &pem);
    key.trying(format!("the DKIM key {}", file.display()))
        .map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;
    use tifli_channel::smtp::Security;

    fn settings(dkim: Option<(&str, &str)>) -> MailSettings {
        MailSettings {
            host: "127.0.0.1".to_owned(),
            port: 25,
            security: Security::None,
            sign_in: None,
            from: "tifli@example.org".to_owned(),
            alerts: Some(LetterSettings {
                from: "alerts@example.org".to_owned(),
                name: "Alerts".to_owned(),
                bounces: "bounces@example.org".to_owned(),
                list_id: "alerts.example.org".to_owned(),
                dkim: dkim.map(|(domain, selector)| (domain.to_owned(), selector.to_owned())),
            }),
        }
    }

    #[test]
    fn the_key_is_made_once_is_private_and_its_record_can_be_published() {
        let folder = tempfile::tempdir().unwrap();
        let mail = settings(Some(("example.org", "tifli")));
        assert!(
            records(Some(&mail), folder.path())
                .unwrap()
                .contains("first start")
        );
        assert!(mailer(Some(&mail), folder.path()).unwrap().is_some());
        let file = folder.path().join(FILE);
        let first = fs::read(&file).unwrap();
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(mailer(Some(&mail), folder.path()).unwrap().is_some());
        assert_eq!(fs::read(&file).unwrap(), first);
        let said = records(Some(&mail), folder.path()).unwrap();
        assert!(
            said.contains("tifli._domainkey.example.org TXT \"v=DKIM1; k=rsa; p="),
            "{said}"
        );
    }

    #[test]
    fn a_house_without_the_section_or_whose_mail_server_signs_makes_no_key() {
        let folder = tempfile::tempdir().unwrap();
        assert!(mailer(None, folder.path()).unwrap().is_none());
        let without = MailSettings {
            alerts: None,
            ..settings(None)
        };
        assert!(mailer(Some(&without), folder.path()).unwrap().is_none());
        assert!(
            mailer(Some(&settings(None)), folder.path())
                .unwrap()
                .is_some()
        );
        assert!(!folder.path().join(FILE).exists());
        let foreign = settings(Some(("example.com", "tifli")));
        assert!(
            mailer(Some(&foreign), folder.path()).is_err(),
            "nobody would count it"
        );
    }
}
