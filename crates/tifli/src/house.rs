//! Putting a house together and taking it apart: store, keys, channels, application, workers. Not
//! for deciding anything; the settings say it all.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tifli_app::endpoint::Systems;
use tifli_app::worker::Workers;
use tifli_app::{App, AppError, Parts};
use tifli_channel::http::{AllowList, ClientSettings, GuardedClient};
use tifli_channel::web_push::WebPush;
use tifli_domain::Realm;
use tifli_domain::ports::Clock as _;
use tifli_pack::Pack;
use tifli_photo::Decoder;
use tifli_store::{Db, DbSettings, MasterKey, Place};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::cap_key::{self, CapFiles, CapKeys};
use crate::config::{Channel, MailSettings};
use crate::failure::{Done, Failure, Trying as _};
use crate::system::{self, SystemClock};
use crate::{letters, secrets};

/// How often what came to nothing is swept away.
const SWEEP_EVERY: Duration = Duration::from_secs(3_600);
/// How long a stop waits for the windows under way.
const WORKER_PATIENCE: Duration = Duration::from_secs(8);
/// The contact in the tokens of a house that sends to no real push service.
const NOBODY: &str = "mailto:nobody@tifli.invalid";

/// What a house is made of.
pub struct HouseSettings {
    /// Live, drill or demo.
    pub realm: Realm,
    /// The pack's code.
    pub pack: String,
    /// Seconds instead of the pack's minutes of a partner's silence; only for a demonstration.
    pub partner_silence_s: Option<u32>,
    /// The process's name in the audit chain.
    pub node: String,
    /// Where the rows live.
    pub place: Place,
    /// The folder of the keys and the sealed photos, and of the database if it is a file.
    pub data: PathBuf,
    /// Everything secret is derived from it.
    pub master: MasterKey,
    /// Web push.
    pub web_push: Channel,
    /// The mail server.
    pub mail: Option<MailSettings>,
    /// The operator's key and certificate for CAP messages.
    pub cap: Option<CapFiles>,
    /// The public address, without a slash at the end.
    pub public_url: String,
    /// What time it is.
    pub clock: SystemClock,
}

/// A house that works.
pub struct House {
    app: App,
    workers: Workers,
    stop: CancellationToken,
    sweeper: JoinHandle<()>,
}

impl House {
    /// Opens the store and starts the workers.
    pub async fn open(settings: HouseSettings) -> Done<Self> {
        make_private_folder(&settings.data)?;
        let mut pack = Pack::load(&settings.pack).trying("loading the country pack")?;
        if let Some(seconds) = settings
            .partner_silence_s
            .filter(|_| settings.realm == Realm::Demo)
        {
            pack = pack.with_partner_silence_s(seconds);
        }
        let client = client(&settings)?;
        let systems = Systems::new(&client);
        let push = web_push(&settings, client)?;
        let mail = settings
            .mail
            .as_ref()
            .map(MailSettings::mailer)
            .transpose()?;
        let letters = letters::mailer(settings.mail.as_ref(), &settings.data)?;
        let signer = secrets::signer(&settings.master, settings.realm)?;
        let cap_signer = cap_signer(&settings, &pack)?;
        let pepper = secrets::pepper(&settings.master);
        let decoder = decoder()?;
        let realm = settings.realm;
        let base_url = settings.public_url.clone();
        let clock = settings.clock.handed();
        let db = open_store(settings).await?;
        let app = App::new(Parts {
            db,
            pack,
            clock,
            entropy: system::entropy(),
            decoder,
            push,
            systems,
            mail,
            letters,
            signer,
            cap_signer,
            pepper,
            base_url,
            realm,
        });
        app.start()
            .await
            .map_err(|error| refused("starting", &error))?;
        let stop = CancellationToken::new();
        Ok(Self {
            workers: Workers::start(&app),
            sweeper: tokio::spawn(sweep(app.clone(), stop.clone())),
            stop,
            app,
        })
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Lets the workers finish the windows they are in; then the store may be closed. What a worker
    /// cannot finish in time is taken up again from its row at the next start.
    pub async fn stop_workers(self) -> App {
        self.stop.cancel();
        if tokio::time::timeout(WORKER_PATIENCE, self.workers.stop())
            .await
            .is_err()
        {
            tracing::warn!("a sender was cut off in the middle of its window");
        }
        if let Err(error) = self.sweeper.await {
            tracing::error!(%error, "the sweeper ended badly");
        }
        self.app
    }
}

/// Decodes photos in a child process: this very program, called `decode`.
pub fn decoder() -> Done<Decoder> {
    let program = std::env::current_exe().trying("finding this program's own file")?;
    Ok(Decoder::new(program, vec![OsString::from("decode")]))
}

/// A use case that failed while the program was starting, in words.
pub fn refused(what: &str, error: &AppError) -> Failure {
    match &error.source {
        Some(source) => Failure::because(what, source),
        None => Failure::because(what, error),
    }
}

/// Makes a folder that only this user may enter.
pub fn make_private_folder(folder: &Path) -> Done {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .trying(format!("making the folder {}", folder.display()))
}

/// Writes a file that only this user reads, whole or not at all.
pub fn write_private(path: &Path, bytes: &[u8]) -> Done {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let what = || format!("writing {}", path.display());
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    let mut options = std::fs::OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new);
    let mut file = file.trying(what())?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .trying(what())?;
    std::fs::rename(&new, path).trying(what())
}

async fn open_store(settings: HouseSettings) -> Done<Db> {
    let opened = Db::open(DbSettings {
        place: settings.place,
        keys_path: settings.data.join("keys.db"),
        blobs_dir: settings.data.join("blobs"),
        master: settings.master,
        realm: settings.realm,
        pack_code: settings.pack,
        node: settings.node,
        clock: settings.clock.handed(),
        entropy: system::entropy(),
    });
    opened.await.trying("opening the store")
}

/// The one client of all outgoing calls. On loopback it calls sandbox partners and nobody else.
fn client(settings: &HouseSettings) -> Done<GuardedClient> {
    let allowed = match &settings.web_push {
        Channel::Sandbox(partners) => {
            AllowList::partners(partners.iter().copied()).trying("allowing the sandbox partners")?
        }
        Channel::Absent | Channel::Real { .. } => AllowList::none(),
    };
    GuardedClient::new(ClientSettings {
        allowed,
        ..ClientSettings::default()
    })
    .trying("making the client for outgoing calls")
}

/// Signs CAP messages; what partners compare before they pin the certificate is said in the log.
fn cap_signer(settings: &HouseSettings, pack: &Pack) -> Done<tifli_cap::sign::Signer> {
    let keys = CapKeys {
        files: settings.cap.as_ref(),
        data: &settings.data,
        master: &settings.master,
        realm: settings.realm,
        sender: &pack.cap().sender,
        now: settings.clock.now(),
    };
    let signer = keys.signer()?;
    tracing::info!("{}", cap_key::sentence(&signer));
    if let Some(words) = cap_key::not_valid(&signer, keys.now) {
        tracing::error!("{words}");
    } else if cap_key::ends_soon(&signer, keys.now) {
        tracing::warn!("the CAP certificate ends soon: renew it and have partners pin the new one");
    }
    Ok(signer)
}

/// An absent channel is one that knows no push service: it takes no subscription and sends nothing.
fn web_push(settings: &HouseSettings, client: GuardedClient) -> Done<WebPush> {
    let (contact, push_hosts) = match &settings.web_push {
        Channel::Absent | Channel::Sandbox(_) => (NOBODY, Vec::new()),
        Channel::Real {
            contact,
            push_hosts,
        } => (contact.as_str(), push_hosts.clone()),
    };
    let vapid = secrets::vapid(&settings.master, settings.realm, contact)?;
    Ok(WebPush::new(client, vapid, Some(push_hosts)))
}

async fn sweep(app: App, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(SWEEP_EVERY) => {}
        }
        if let Err(error) = app.sweep_tips().await {
            tracing::error!(code = %error.code, source = ?error.source, "the hourly sweep failed");
        }
        if let Err(error) = app.erase_old_calls().await {
            tracing::error!(code = %error.code, source = ?error.source, "old calls could not be emptied");
        }
        if let Err(error) = app.sweep_readers().await {
            tracing::error!(code = %error.code, source = ?error.source, "requests for letters could not be swept");
        }
    }
}
