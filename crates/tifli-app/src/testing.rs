//! A whole house for tests: an [`App`] on SQLite in a folder of its own, with a clock that stands
//! still, countable randomness, the Moroccan pack, and people made as they are needed.
//!
//! Only with the feature `testing`. Children, people and portraits are invented. Not a demo: it has
//! no web server and starts no workers.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tifli_cap::sign::certificate::self_signed;
use tifli_cap::sign::{Certificate, SigningKey, Validity};
use tifli_channel::http::{AllowList, ClientSettings, GuardedClient};
use tifli_channel::mail::{AlertMailer, DkimKey, MailSettings};
use tifli_channel::smtp::{Mailer, Security, SmtpSettings};
use tifli_channel::web_push::{Vapid, WebPush};
use tifli_domain::channel::OwnChannel;
use tifli_domain::closing::Item;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{AlertId, CaseId, DeliveryId, EndpointId};
use tifli_domain::intake::{Field, Said};
use tifli_domain::ports::Clock;
use tifli_domain::{Actor, Realm, Role};
use tifli_pack::Pack;
use tifli_photo::{Decoder, portrait};
use tifli_signer::Signer;
use tifli_store::ledger::{self, Ended, NewAddressed};
use tifli_store::testing::{CountingEntropy, TestClock};
use tifli_store::{Db, DbSettings, MasterKey, Place, Reads, Tx, message};

use crate::closing::StepForm;
use crate::endpoint::{NewEndpoint, Systems};
use crate::people::{CreatedPerson, NewPerson, code_at};
use crate::report::{Confirmation, Receiving, SavedMany, Sending, Typed};
use crate::{App, AppResult, Parts, duty};

/// The district in which people are made unless said otherwise.
pub const DISTRICT: &str = "rabat-agdal";
/// The password of everybody.
pub const PASSWORD: &str = "orange tree in the yard";
/// The private key of the push sender, for a sandbox that checks it.
pub const VAPID: [u8; 32] = [9; 32];

/// A report that is whole, of an invented child.
pub const REPORT: [(Field, &str); 13] = [
    (Field::ReporterName, "Nadia Exemple"),
    (Field::ReporterRelation, "mother"),
    (Field::ReporterPhone, "+212 600 00 01 23"),
    (Field::ConsentPublish, "yes"),
    (Field::ChildFirstNameAr, "سلمى"),
    (Field::ChildFirstName, "Salma"),
    (Field::ChildFamilyName, "Exemple"),
    (Field::ChildAge, "9"),
    (Field::ChildSex, "girl"),
    (Field::LastSeenAt, "2026-03-01T08:00"),
    (Field::GateCustody, "no"),
    (Field::GateProtection, "no"),
    (Field::GateFleeing, "no"),
];

/// Where the invented child was last seen: Rabat, latitude and longitude.
pub const POINT: (&str, &str) = ("34.00500", "-6.84500");

/// A clock that stands still until it is moved.
#[derive(Clone, Default)]
pub struct HouseClock(Arc<TestClock>);

/// The house.
pub struct TestHouse {
    /// The application, started.
    pub app: App,
    /// Its clock.
    pub clock: HouseClock,
    entropy: Arc<CountingEntropy>,
    folder: tempfile::TempDir,
    partners: Vec<SocketAddr>,
    outside: Outside,
    people: AtomicU32,
}

/// What a house is opened with besides its partners.
#[derive(Default)]
struct Outside {
    mail: Option<Mailer>,
    letters: Option<AlertMailer>,
    pack: Option<Pack>,
}

/// A delivery that was given up, and the system it was for.
#[derive(Debug, Clone, Copy)]
pub struct DeadDelivery {
    /// The delivery.
    pub delivery: DeliveryId,
    /// The system.
    pub endpoint: EndpointId,
}

impl HouseClock {
    /// Moves it by so many milliseconds.
    pub fn advance(&self, ms: i64) {
        self.0.advance_ms(ms);
    }

    /// The present moment in UTC milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.0.now_ms()
    }
}

impl TestHouse {
    /// A new house that can reach nobody.
    pub async fn new() -> Self {
        Self::with_partners(Vec::new()).await
    }

    /// A new house that may call these sandbox partners on loopback.
    pub async fn with_partners(partners: Vec<SocketAddr>) -> Self {
        Self::with(partners, Outside::default()).await
    }

    /// A new house of this country.
    pub async fn with_pack(pack: Pack) -> Self {
        let outside = Outside {
            pack: Some(pack),
            ..Outside::default()
        };
        Self::with(Vec::new(), outside).await
    }

    /// A new house that hands its e-mails to this mail server.
    pub async fn with_mail(mail: Mailer) -> Self {
        let outside = Outside {
            mail: Some(mail),
            ..Outside::default()
        };
        Self::with(Vec::new(), outside).await
    }

    /// A new house that sends alerts by e-mail through this mailer, and may call these partners.
    pub async fn with_letters(partners: Vec<SocketAddr>, letters: AlertMailer) -> Self {
        let outside = Outside {
            letters: Some(letters),
            ..Outside::default()
        };
        Self::with(partners, outside).await
    }

    async fn with(partners: Vec<SocketAddr>, outside: Outside) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (clock, entropy) = (HouseClock::default(), Arc::default());
        let app = open(folder.path(), (&partners, &outside), &clock, &entropy).await;
        Self {
            app,
            clock,
            entropy,
            folder,
            partners,
            outside,
            people: AtomicU32::new(0),
        }
    }

    /// The same house after a restart with other settings of the country.
    pub async fn restart_with(mut self, pack: Pack) -> Self {
        self.outside.pack = Some(pack);
        self.restart().await
    }

    /// Closes everything and opens it again, as a restart would: memory is lost, the disk stays.
    pub async fn restart(self) -> Self {
        self.app.db().close().await;
        let Self {
            app,
            clock,
            entropy,
            folder,
            partners,
            outside,
            people,
        } = self;
        drop(app);
        let app = open(folder.path(), (&partners, &outside), &clock, &entropy).await;
        Self {
            app,
            clock,
            entropy,
            folder,
            partners,
            outside,
            people,
        }
    }

    /// The folder of the database, the keys and the blobs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The settings the store was opened with, to open it otherwise once it is closed.
    pub fn settings(&self) -> DbSettings {
        settings(self.folder.path(), &self.clock, &self.entropy)
    }

    /// A new officer of [`DISTRICT`].
    pub async fn officer(&self) -> Actor {
        self.actor(Role::Officer, DISTRICT).await
    }

    /// A new approver.
    pub async fn approver(&self) -> Actor {
        self.actor(Role::Approver, "").await
    }

    /// A new prosecutor.
    pub async fn prosecutor(&self) -> Actor {
        self.actor(Role::Prosecutor, "").await
    }

    /// A new person of the command room.
    pub async fn room(&self) -> Actor {
        self.actor(Role::Room, DISTRICT).await
    }

    /// A new administrator.
    pub async fn administrator(&self) -> Actor {
        self.actor(Role::Administrator, "").await
    }

    /// A new person of this role and district, as somebody who acts.
    pub async fn actor(&self, role: Role, district: &str) -> Actor {
        self.person(role, district).await.0
    }

    /// A new person with the secrets to sign in; the password is [`PASSWORD`].
    pub async fn person(&self, role: Role, district: &str) -> (Actor, CreatedPerson) {
        let number = self.people.fetch_add(1, Ordering::SeqCst) + 1;
        let new = NewPerson {
            login: format!("{}{number}", role.as_str()),
            display_name: format!("Person {number}"),
            role,
            district: district.to_owned(),
            unit: format!("Unit {number}"),
        };
        let created = self.app.create_person_with(&new, PASSWORD).await;
        let created = created.expect("an invented person is acceptable");
        let actor = Actor {
            person: created.person,
            role,
            district: new.district,
            unit: new.unit,
            realm: Realm::Demo,
        };
        (actor, created)
    }

    /// The code that this person's authenticator shows now.
    pub fn code(&self, of: &CreatedPerson) -> String {
        code_at(&of.totp_secret, self.clock.now_ms()).expect("the secret of a person is a secret")
    }

    /// A case in which nothing is answered yet.
    pub async fn draft(&self, officer: &Actor) -> CaseId {
        let number = self.people.fetch_add(1, Ordering::SeqCst);
        let key = format!("draft-{number}");
        self.app
            .start_report(officer, &key)
            .await
            .expect("an officer may start a report")
    }

    /// Answers questions, each over what stands.
    pub async fn answer(
        &self,
        officer: &Actor,
        case: CaseId,
        answers: &[(Field, &str)],
    ) -> SavedMany {
        let file = self.app.read_file(officer, case, "test").await;
        let file = file.expect("an officer may read the file");
        let typed = answers.iter().map(|(field, value)| Typed {
            field: *field,
            value: (*value).to_owned(),
            base_seq: file.standing_seq(*field),
            said: Said::default(),
            sending: Sending::First,
        });
        let saved = self.app.save_many(officer, case, typed.collect()).await;
        saved.expect("an officer may answer")
    }

    /// A received case: [`REPORT`], last seen at [`POINT`].
    pub async fn received_case(&self, officer: &Actor) -> CaseId {
        let case = self.draft(officer).await;
        self.complete(officer, case).await;
        case
    }

    /// Answers what a report needs and receives it.
    pub async fn complete(&self, officer: &Actor, case: CaseId) {
        self.answer(officer, case, &REPORT).await;
        let point = [(Field::LastSeenLat, POINT.0), (Field::LastSeenLon, POINT.1)];
        let saved = self.answer(officer, case, &point).await;
        assert_eq!(saved.problems, [], "the invented report is acceptable");
        let received = self.app.receive(officer, case, Confirmation::None).await;
        assert!(
            matches!(received, Ok(Receiving::Received(_))),
            "{received:?}"
        );
    }

    /// Every silent service acknowledges the newest telegram of a case, by telephone.
    pub async fn all_acknowledge(&self, officer: &Actor, case: CaseId) {
        let app = &self.app;
        let bulletin = app.bulletin_of(officer, case).await;
        let bulletin = bulletin.expect("an officer may look");
        let silent = app.silent_services(case).await.expect("the store is read");
        for (id, service) in bulletin
            .into_iter()
            .flat_map(|id| silent.iter().map(move |s| (id, s)))
        {
            let done = app.acknowledge_by_phone(officer, id, service).await;
            assert_eq!(done, Ok(()), "{service}");
        }
    }

    /// Everything between found and closed, recorded for a child who was found well; the services
    /// have acknowledged that the search has ceased.
    pub async fn wound_up(&self, officer: &Actor, case: CaseId) {
        let open = self.app.open_items(officer, case).await;
        let open = open.expect("an officer may see what is open");
        for (item, word) in [
            (Item::Located, "police"),
            (Item::Seen, "alive"),
            (Item::Safe, "safe"),
            (Item::Decision, "return"),
            (Item::HandOver, ""),
            (Item::FamilyTold, ""),
            (Item::Interview, "accepted"),
            (Item::Outcome, "contributed"),
        ] {
            if !open.iter().any(|open| open.item == item) {
                continue;
            }
            let form = StepForm {
                word: word.to_owned(),
                name: "Person Invented".to_owned(),
                note: String::new(),
            };
            let recorded = self.app.record_closing(officer, case, item, form).await;
            assert_eq!(recorded, Ok(()), "{item:?}");
        }
        self.all_acknowledge(officer, case).await;
    }

    /// Leaves out whatever is open between found and closed: the file is closed without the child.
    pub async fn given_up(&self, officer: &Actor, case: CaseId) {
        loop {
            let open = self.app.open_items(officer, case).await;
            let open = open.expect("an officer may see what is open");
            let Some(first) = open.first() else {
                return;
            };
            let form = StepForm {
                word: String::new(),
                name: "Judge Invented".to_owned(),
                note: "closed without the child".to_owned(),
            };
            let skipped = self.app.skip_closing(officer, case, first.item, form);
            assert_eq!(skipped.await, Ok(()), "{:?}", first.item);
        }
    }

    /// A delivery of the alert's newest message to a new webhook of a partner, called once, refused and
    /// given up, with its duty; no worker is needed.
    pub async fn dead_delivery(&self, alert: AlertId) -> DeadDelivery {
        let administrator = self.administrator().await;
        let new = NewEndpoint {
            partner: "television".to_owned(),
            channel: "webhook".to_owned(),
            url: "https://alerts.television.example.org/incoming".to_owned(),
            bearer: String::new(),
            profile: String::new(),
        };
        let made = self.app.add_endpoint(&administrator, new).await;
        let dead = DeadDelivery {
            endpoint: made.expect("the invented system is acceptable").endpoint,
            delivery: DeliveryId::new(self.clock.now_ms(), &*self.entropy),
        };
        let args = (self.app.clone(), alert, dead);
        let written = self.app.db().write("dead_delivery", args, |tx, args| {
            Box::pin(async move { write_dead(tx, args).await })
        });
        written.await.expect("the store takes an invented delivery");
        dead
    }

    /// A drawn portrait as a JPEG file.
    pub fn photo(&self, seed: u64) -> Vec<u8> {
        portrait::jpeg(seed)
    }
}

/// A mailer that hands signed letters to the mail server at this address of loopback, and is impatient.
pub fn mailer(server: SocketAddr) -> AlertMailer {
    static PEM: OnceLock<String> = OnceLock::new();
    let pem = PEM.get_or_init(|| DkimKey::new_pem().expect("a key can be made"));
    let key = DkimKey::from_pem("tifli.example", "t", pem).expect("the key is one");
    let settings = MailSettings {
        server: SmtpSettings {
            host: server.ip().to_string(),
            port: server.port(),
            security: Security::None,
            sign_in: None,
            from: "alerts@tifli.example".to_owned(),
        },
        name: "Tifli".to_owned(),
        bounces: "bounces@tifli.example".to_owned(),
        list_id: "alerts.tifli.example".to_owned(),
        keys: vec![key],
    };
    let mailer = AlertMailer::new(&settings).expect("the settings are acceptable");
    mailer.with_patience(Duration::from_secs(1))
}

async fn write_dead(
    tx: &mut Tx,
    (app, alert, dead): &(App, AlertId, DeadDelivery),
) -> AppResult<()> {
    let messages = message::list_by_alert(tx, *alert).await?;
    let newest = messages.last().expect("the alert has gone out");
    let new = NewAddressed {
        delivery: dead.delivery,
        message: newest.message,
        alert: *alert,
        channel: OwnChannel::Webhook,
        endpoint: dead.endpoint,
        lane: 0,
    };
    ledger::insert(tx, &new).await?;
    let until_ms = tx.now_ms() + 1_000;
    let taken = ledger::take(tx, "test", until_ms, i64::MAX).await?;
    let row = taken.expect("what was just written is taken");
    let ended = Ended {
        outcome: Outcome::Refused,
        code: "misconfigured".to_owned(),
        state: DeliveryState::Dead,
        next_ms: 0,
    };
    ledger::settle(tx, &row, &ended).await?;
    let subject = dead.delivery.to_string();
    duty::open(tx, app, (row.case, DutyKind::DeadDelivery, &subject)).await
}

async fn open(
    folder: &Path,
    (partners, outside): (&[SocketAddr], &Outside),
    clock: &HouseClock,
    entropy: &Arc<CountingEntropy>,
) -> App {
    static PACK: OnceLock<Pack> = OnceLock::new();
    let pack = PACK.get_or_init(|| Pack::load("ma").expect("the Moroccan pack loads"));
    let db = Db::open(settings(folder, clock, entropy)).await;
    let app = App::new(Parts {
        db: db.expect("the store opens"),
        pack: outside.pack.as_ref().unwrap_or(pack).clone(),
        clock: clock.0.clone(),
        entropy: entropy.clone(),
        decoder: Decoder::new(decode_program().to_owned(), Vec::new()),
        push: push(partners),
        systems: Systems::new(&client(partners)),
        mail: outside.mail.clone(),
        letters: outside.letters.clone(),
        cap_signer: cap_signer(),
        signer: Signer::from_seed(&[5; 32], Realm::Demo).expect("any seed makes a key"),
        pepper: [7; 32],
        base_url: "https://tifli.example".to_owned(),
        realm: Realm::Demo,
    });
    app.start().await.expect("the application starts");
    app
}

/// Signs CAP documents with the same key under the same certificate in every house of a process.
fn cap_signer() -> tifli_cap::sign::Signer {
    static CERTIFICATE: OnceLock<Certificate> = OnceLock::new();
    let key = SigningKey::p256(&[11; 32]).expect("these octets are a key");
    let made = CERTIFICATE.get_or_init(|| {
        let years = Validity {
            from: jiff::Timestamp::UNIX_EPOCH,
            until: jiff::Timestamp::from_second(4_000_000_000).expect("a year of this calendar"),
        };
        self_signed("tifli.example", &key, years).expect("a certificate can be made")
    });
    let certificates = vec![made.clone()];
    tifli_cap::sign::Signer::new(key, certificates).expect("the certificate is the key's")
}

fn settings(folder: &Path, clock: &HouseClock, entropy: &Arc<CountingEntropy>) -> DbSettings {
    DbSettings {
        place: Place::Sqlite(folder.join("tifli.db")),
        keys_path: folder.join("keys.db"),
        blobs_dir: folder.join("blobs"),
        master: MasterKey::from_bytes([42; 32]),
        realm: Realm::Demo,
        pack_code: "ma".to_owned(),
        node: "n1".to_owned(),
        clock: clock.0.clone(),
        entropy: entropy.clone(),
    }
}

fn client(partners: &[SocketAddr]) -> GuardedClient {
    let allowed = AllowList::partners(partners.iter().copied());
    let settings = ClientSettings {
        allowed: allowed.expect("sandbox partners are on loopback"),
        ..ClientSettings::default()
    };
    GuardedClient::new(settings).expect("the client can be made")
}

fn push(partners: &[SocketAddr]) -> WebPush {
    let vapid = Vapid::new(&VAPID, "mailto:duty@tifli.example").expect("the key is usable");
    WebPush::new(client(partners), vapid, None)
}

/// The decoder's program beside the test's own, built if it is not there yet.
fn decode_program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().expect("a test knows where it is");
        let folder = test.parent().and_then(Path::parent);
        let program = folder
            .expect("a test lies in the folder `deps` of the build")
            .join("tifli-decode");
        if !program.exists() {
            let built = std::process::Command::new("cargo")
                .args(["build", "--package", "tifli-photo", "--bin", "tifli-decode"])
                .status();
            assert!(
                built.is_ok_and(|status| status.success()),
                "tifli-decode is built"
            );
        }
        program
    })
}
