//! The key and certificate that sign the house's CAP messages: the operator's, or a key derived from
//! the master key with a certificate that vouches for itself. Not for signing; the crate `tifli-cap`
//! does that.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, ToSpan as _};
use tifli_cap::sign::certificate::self_signed;
use tifli_cap::sign::{Certificate, Signer, SigningKey, Validity};
use tifli_domain::Realm;
use tifli_store::MasterKey;
use zeroize::Zeroizing;

use crate::failure::{Done, Failure, Trying as _};
use crate::house::write_private;
use crate::secrets;

/// The file of the certificate that the house made itself, in the data folder. A newer one stands before those it
/// takes the place of.
const OWN: &str = tifli_app::upkeep::CAP_CERTIFICATE_FILE;
/// How long such a certificate is valid, in days: ten years.
const OWN_DAYS: i64 = 3_652;
/// The most characters of a certificate's name.
const LONGEST_NAME: usize = 64;
/// A certificate of the house's own with less than this left is followed by a new one at the start, in days: a year,
/// so that partners have time to pin it while both count.
const RENEW_DAYS: i64 = 365;

/// The operator's own files, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapFiles {
    /// The private key, PKCS#8.
    pub key: PathBuf,
    /// Its certificate first, then those that vouch for it.
    pub certificate: PathBuf,
}

/// Where a house finds its key and certificate.
pub struct CapKeys<'a> {
    /// The operator's files; `None` for a house that makes its own.
    pub files: Option<&'a CapFiles>,
    /// The folder of the certificate the house makes.
    pub data: &'a Path,
    /// The key is derived from it, unless it is the operator's.
    pub master: &'a MasterKey,
    /// Each realm has a key of its own.
    pub realm: Realm,
    /// The sender's name in CAP messages, which the certificate bears.
    pub sender: &'a str,
    /// The present moment.
    pub now: Timestamp,
}

impl CapKeys<'_> {
    /// The signer. A house without the operator's files makes a certificate at its first start, and
    /// keeps it: partners pin exactly this one. In its last year, or after it, another one is made for
    /// the same key; those before it stand behind it in every signature while they are valid.
    pub fn signer(&self) -> Done<Signer> {
        let kept = match (self.find()?, self.files) {
            (Some(signer), Some(_)) => return Ok(signer),
            (Some(signer), None) if left_days(&signer, self.now) >= RENEW_DAYS => {
                return Ok(signer);
            }
            (Some(signer), None) => signer.certificates().to_vec(),
            (None, _) => Vec::new(),
        };
        let is_valid = |one: &Certificate| one.validity().contains(self.now);
        let kept = kept.into_iter().filter(is_valid);
        let key = secrets::cap_key(self.master, self.realm)?;
        let until = self.now.checked_add((OWN_DAYS * 24).hours());
        let validity = Validity {
            from: self.now,
            until: until.trying("making the CAP certificate")?,
        };
        let made =
            self_signed(&self.name(), &key, validity).trying("making the CAP certificate")?;
        let all: Vec<Certificate> = std::iter::once(made).chain(kept).collect();
        let pem: String = all.iter().map(Certificate::to_pem).collect();
        write_private(&self.own(), pem.as_bytes())?;
        Signer::new(key, all).trying("making the CAP certificate")
    }

    /// The signer, if there is a certificate already. It must fit the key; whether it is valid now keeps no house from
    /// starting, see [`not_valid`].
    pub fn find(&self) -> Done<Option<Signer>> {
        let (key, file) = match self.files {
            Some(files) => (read_key(&files.key)?, files.certificate.clone()),
            None => (secrets::cap_key(self.master, self.realm)?, self.own()),
        };
        let Some(certificates) = self.read_certificates(&file)? else {
            return Ok(None);
        };
        let file = file.display();
        let signer = Signer::new(key, certificates);
        signer.map(Some).map_err(|_| match self.files {
            Some(files) => Failure::new(format!(
                "the CAP certificate in {file} is not one for the key in {}: name the two files that belong together",
                files.key.display()
            )),
            None => Failure::new(format!(
                "the CAP certificate in {file} is not one for this house's master key: bring back the one that belongs \
                 to it, or remove the file to have another made, which partners must pin"
            )),
        })
    }

    /// Nothing where the house will make the file itself.
    fn read_certificates(&self, file: &Path) -> Done<Option<Vec<Certificate>>> {
        let what = || format!("reading the CAP certificate {}", file.display());
        match fs::read(file) {
            Ok(pem) => Certificate::list_from_pem(&pem).trying(what()).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound && self.files.is_none() => Ok(None),
            Err(error) => Err(Failure::because(what(), &error)),
        }
    }

    fn own(&self) -> PathBuf {
        self.data.join(OWN)
    }

    /// A drill's certificate says that it is one.
    fn name(&self) -> String {
        let realm = match self.realm {
            Realm::Live => String::new(),
            other => format!(" ({})", other.as_str()),
        };
        let room = LONGEST_NAME.saturating_sub(realm.chars().count());
        self.sender.chars().take(room).collect::<String>() + &realm
    }
}

/// What is said of a certificate: its name, its end, and what partners compare before they pin it.
pub fn sentence(signer: &Signer) -> String {
    let certificate = signer.certificate();
    format!(
        "CAP messages are signed under {} (valid until {}, SHA-256 {})",
        certificate.subject(),
        certificate.validity().until,
        certificate.fingerprint()
    )
}

/// Whether a certificate should be renewed now.
pub fn ends_soon(signer: &Signer, now: Timestamp) -> bool {
    left_days(signer, now) < tifli_app::upkeep::CERTIFICATE_SOON_DAYS
}

/// What is said of a certificate that is not valid now: messages are signed with it all the same, for an alert waits
/// for no certificate; whoever verifies them is told that it has ended.
pub fn not_valid(signer: &Signer, now: Timestamp) -> Option<String> {
    let validity = signer.certificate().validity();
    let Validity { from, until } = validity;
    (!validity.contains(now)).then(|| {
        format!(
            "the CAP certificate is valid from {from} until {until} and not now: put a valid one in its place and have \
             partners pin it; until then alerts go out with signatures that nobody can verify"
        )
    })
}

fn left_days(signer: &Signer, now: Timestamp) -> i64 {
    let left = signer.certificate().validity().until.duration_since(now);
    left.as_hours() / 24
}

fn read_key(file: &Path) -> Done<SigningKey> {
    let what = || format!("reading the CAP key {}", file.display());
    let pem = Zeroizing::new(fs::read(file).trying(what())?);
    SigningKey::from_pem(&pem).trying(what())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const YEAR_MS: i64 = 365 * 24 * 3_600_000;

    struct Place {
        folder: tempfile::TempDir,
        master: MasterKey,
    }

    impl Place {
        fn new() -> Self {
            Self {
                folder: tempfile::tempdir().unwrap(),
                master: MasterKey::from_bytes([7; 32]),
            }
        }

        /// The keys of a drill after so many years.
        fn keys<'a>(&'a self, files: Option<&'a CapFiles>, years: i64) -> CapKeys<'a> {
            CapKeys {
                files,
                data: self.folder.path(),
                master: &self.master,
                realm: Realm::Drill,
                sender: "alerts.example.org",
                now: Timestamp::from_millisecond(1_800_000_000_000 + years * YEAR_MS).unwrap(),
            }
        }

        /// A key and a certificate for another one of these octets, as an operator's files.
        fn files(&self, key: u8, certified: u8) -> CapFiles {
            let path = |name: &str| self.folder.path().join(name);
            let of = |octet| SigningKey::p256(&[octet; 32]).unwrap();
            let base64 =
                base64::Engine::encode(&base64::engine::general_purpose::STANDARD, of(key).pkcs8());
            let pem = format!("-----BEGIN PRIVATE KEY-----\n{base64}\n-----END PRIVATE KEY-----\n");
            fs::write(path("key.pem"), pem).unwrap();
            let now = self.keys(None, 0).now;
            let validity = Validity {
                from: now,
                until: now.checked_add(24.hours()).unwrap(),
            };
            let made = self_signed("police.example.org", &of(certified), validity).unwrap();
            fs::write(path("certificate.pem"), made.to_pem()).unwrap();
            CapFiles {
                key: path("key.pem"),
                certificate: path("certificate.pem"),
            }
        }
    }

    fn problem(keys: &CapKeys<'_>) -> String {
        keys.signer().err().expect("it is refused").to_string()
    }

    #[test]
    fn a_first_start_makes_a_certificate_that_stays_and_that_others_cannot_read() {
        let place = Place::new();
        assert!(place.keys(None, 0).find().unwrap().is_none());
        let made = place.keys(None, 0).signer().unwrap();
        assert_eq!(
            made.certificate().subject(),
            "CN=alerts.example.org (drill)"
        );
        let later = place.keys(None, 8).signer().unwrap();
        assert_eq!(later.certificate(), made.certificate());
        let mode = fs::metadata(place.folder.path().join(OWN))
            .unwrap()
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
        assert!(!ends_soon(&later, place.keys(None, 8).now));
        assert!(sentence(&later).contains(&later.certificate().fingerprint()));
    }

    #[test]
    fn a_house_renews_its_own_certificate_and_shows_the_one_before_it_while_it_is_valid() {
        let place = Place::new();
        let first = place.keys(None, 0).signer().unwrap();
        let second = place.keys(None, 10).signer().unwrap();
        assert_ne!(second.certificate(), first.certificate());
        assert_eq!(second.certificates()[1..], *first.certificates());
        let again = place.keys(None, 10).signer().unwrap();
        assert_eq!(again.certificates(), second.certificates(), "once");
        let third = place.keys(None, 30).signer().unwrap();
        assert_eq!(third.certificates().len(), 1, "what has ended is dropped");
        assert_eq!(not_valid(&third, place.keys(None, 30).now), None);
    }

    #[test]
    fn a_certificate_that_is_not_the_keys_is_refused_in_one_sentence() {
        let mut place = Place::new();
        place.keys(None, 0).signer().unwrap();
        place.master = MasterKey::from_bytes([8; 32]);
        let words = problem(&place.keys(None, 0));
        assert!(
            words.contains("not one for this house's master key"),
            "{words}"
        );
    }

    #[test]
    fn an_operators_certificate_that_ran_out_is_said_and_keeps_no_house_from_starting() {
        let place = Place::new();
        let files = place.files(1, 1);
        let keys = place.keys(Some(&files), 1);
        let signer = keys.signer().unwrap();
        let words = not_valid(&signer, keys.now).unwrap();
        assert!(words.contains("and not now"), "{words}");
        assert_eq!(not_valid(&signer, place.keys(None, 0).now), None);
    }

    #[test]
    fn the_operators_files_are_used_when_they_belong_together() {
        let place = Place::new();
        let files = place.files(1, 1);
        let signer = place.keys(Some(&files), 0).signer().unwrap();
        assert_eq!(signer.certificate().subject(), "CN=police.example.org");
        assert!(!place.folder.path().join(OWN).exists(), "no other is made");
        let files = place.files(1, 2);
        let words = problem(&place.keys(Some(&files), 0));
        assert!(words.contains("is not one for the key"), "{words}");
        fs::remove_file(&files.certificate).unwrap();
        let words = problem(&place.keys(Some(&files), 0));
        assert!(words.starts_with("reading the CAP certificate"), "{words}");
        fs::write(&files.key, "no key").unwrap();
        let words = problem(&place.keys(Some(&files), 0));
        assert!(words.starts_with("reading the CAP key"), "{words}");
    }
}
