//! `tifli doctor`: looks at everything a server needs before it is started, and says what is wrong.
//! It changes nothing and does not open the database, which a running server holds.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use tifli_domain::ports::Clock as _;
use tifli_pack::Pack;
use tifli_store::Place;

use crate::cap_key::{self, CapKeys};
use crate::config::{self, MailSettings, Settings};
use crate::failure::{Done, Failure, Trying as _};
use crate::system::SystemClock;
use crate::terminal::say;
use crate::{house, letters, secrets};

/// Less free space than this is too little, in mebibytes.
const LEAST_FREE_MIB: u64 = 512;

/// Examines the configuration at `path`; fails if anything is wrong.
pub async fn examine(path: &Path) -> Done {
    let settings = config::read(path)?;
    say(&format!(
        "ok     configuration: {} house, pack {}",
        settings.realm.as_str(),
        settings.pack
    ));
    let findings = [
        ("master key", master_key(&settings)),
        ("data folder", data_folder(&settings)),
        ("database", Ok(database(&settings))),
        ("photo decoder", photo_decoder().await),
        ("channels", Ok(settings.web_push.sentence())),
        ("e-mail", email(&settings)),
        (
            "alerts by e-mail",
            letters::records(settings.mail.as_ref(), &settings.data),
        ),
        ("CAP signature", cap_signature(&settings)),
        ("legal lines", legal_lines(&settings)),
    ];
    let mut wrong = 0;
    for (what, finding) in findings {
        match finding {
            Ok(good) => say(&format!("ok     {what}: {good}")),
            Err(bad) => {
                wrong += 1;
                say(&format!("WRONG  {what}: {bad}"));
            }
        }
    }
    match wrong {
        0 => Ok(()),
        1 => Err(Failure::new("one thing is wrong")),
        many => Err(Failure::new(format!("{many} things are wrong"))),
    }
}

fn master_key(settings: &Settings) -> Done<String> {
    let path = &settings.master_key_file;
    secrets::read_master_key(path)?;
    check_private(path)?;
    Ok("readable, by this user only".into())
}

fn check_private(path: &Path) -> Done {
    let what = format!("looking at {}", path.display());
    let mode = fs::metadata(path).trying(what)?.mode() & 0o777;
    if mode & 0o077 != 0 {
        let path = path.display();
        return Err(Failure::new(format!(
            "{path} can be read by others (mode {mode:o}): chmod 600 {path}"
        )));
    }
    Ok(())
}

fn cap_signature(settings: &Settings) -> Done<String> {
    if let Some(files) = &settings.cap {
        check_private(&files.key)?;
    }
    let pack = Pack::load(&settings.pack).trying("loading the country pack")?;
    let keys = CapKeys {
        files: settings.cap.as_ref(),
        data: &settings.data,
        master: &secrets::read_master_key(&settings.master_key_file)?,
        realm: settings.realm,
        sender: &pack.cap().sender,
        now: SystemClock::default().now(),
    };
    Ok(match keys.find()? {
        None => "the house makes a certificate of its own at the first start".into(),
        Some(signer) => match cap_key::not_valid(&signer, keys.now) {
            // The house makes another one by itself.
            Some(_) if settings.cap.is_none() => {
                "the house's own certificate has ended and is renewed at the next start; partners must pin the new one".into()
            }
            Some(words) => return Err(Failure::new(words)),
            None => cap_key::sentence(&signer),
        },
    })
}

fn data_folder(settings: &Settings) -> Done<String> {
    let folder = settings.data.as_path();
    let existing = folder
        .ancestors()
        .find(|path| path.exists())
        .unwrap_or(Path::new("/"));
    let probe = tempfile::tempfile_in(existing);
    probe.trying(format!("{} cannot be written to", existing.display()))?;
    let disk = rustix::fs::statvfs(existing).trying("asking for free space")?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize) / (1 << 20);
    if free < LEAST_FREE_MIB {
        return Err(Failure::new(format!(
            "only {free} MiB are free, {LEAST_FREE_MIB} are needed"
        )));
    }
    let made = if existing == folder {
        ""
    } else {
        ", made at the first start"
    };
    Ok(format!("{}{made}, {free} MiB free", folder.display()))
}

fn database(settings: &Settings) -> String {
    match &settings.place {
        Place::Sqlite(file) if file.is_file() => "SQLite, there already".into(),
        Place::Sqlite(_) => "SQLite, made at the first start".into(),
        Place::Postgres(_) => "PostgreSQL".into(),
    }
}

fn email(settings: &Settings) -> Done<String> {
    if let Some(mail) = &settings.mail {
        mail.mailer()?;
    }
    Ok(MailSettings::sentence(settings.mail.as_ref()))
}

/// Which channels and partners this house may not use yet, for want of a legal line that counts.
fn legal_lines(settings: &Settings) -> Done<String> {
    let pack = Pack::load(&settings.pack).trying("loading the country pack")?;
    let channels = pack.channels().iter();
    let channels = channels.map(|one| (&one.id, one.may_be_used(settings.realm)));
    let partners = pack.partners().iter();
    let partners = partners.map(|one| (&one.id, one.may_be_used(settings.realm)));
    let closed = channels.chain(partners).filter(|(_, usable)| !usable);
    let closed: Vec<&str> = closed.map(|(id, _)| id.as_str()).collect();
    Ok(if closed.is_empty() {
        "every channel and partner may be used".into()
    } else {
        format!(
            "not in use, for want of an authorization: {}",
            closed.join(", ")
        )
    })
}

async fn photo_decoder() -> Done<String> {
    let photo = tifli_photo::portrait::jpeg(1);
    let decoded = house::decoder()?.decode(&photo).await;
    decoded.trying("decoding a drawn portrait in a child process")?;
    Ok("decodes, confined in a process of its own".into())
}
