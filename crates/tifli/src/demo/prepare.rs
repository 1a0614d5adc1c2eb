//! Bringing a demonstration up and taking it down: folder, sandbox partner, house, people, crowd,
//! doors, in this order.

use std::net::SocketAddr;
use std::sync::Arc;

use tifli_app::App;
use tifli_channel::smtp::Security;
use tifli_domain::Realm;
use tifli_domain::ports::Clock as _;
use tifli_pack::Pack;
use tifli_sandbox::push::{BrowserSubscription, PushService, PushSettings, Running, VapidCheck};
use tifli_sandbox::smtp::{MailServer, RunningMail};
use tifli_store::{MasterKey, Place};
use tifli_web::server::WebSettings;

use super::crowd::Crowd;
use super::fill::{Phones, fill};
use super::folder::{Folder, Mark};
use super::people::{DemoPerson, make_people};
use super::readers::make_readers;
use super::systems::Systems;
use super::{DemoSettings, PARTNER_SILENCE_S, Seed};
use crate::config::{Channel, LetterSettings, MailSettings};
use crate::failure::{Done, Failure, Trying as _};
use crate::house::{House, HouseSettings};
use crate::listen::bind;
use crate::routes::{Admin, Doors, Public};
use crate::serve::stop_all;
use crate::system::{self, SystemClock};
use crate::terminal::warn;
use crate::{letters, secrets, telemetry};

/// One machine plays everybody, so what one network may do in a minute is not what protects it.
const PER_MINUTE: u32 = 60_000;

/// A demonstration that can be used.
pub struct Demo {
    base_url: String,
    admin_url: String,
    plan: Mark,
    crowd: Arc<Crowd>,
    house: House,
    doors: Doors,
    push: Option<Running>,
    mail: RunningMail,
    systems: Systems,
    folder: Folder,
    clock: SystemClock,
}

impl Demo {
    /// Makes everything, or goes on with what the folder holds.
    pub async fn prepare(settings: &DemoSettings) -> Done<Self> {
        let mut folder = Folder::open(settings.data.as_deref())?;
        let mut plan = plan(&folder, settings)?;
        let pack = Pack::load(&plan.pack).trying("loading the country pack")?;
        let clock = settings.clock(&pack)?;
        warn(&format!(
            "Preparing a demonstration of {} invented subscribers …",
            plan.subscribers
        ));
        let master = secrets::read_master_key(&folder.master_key_file())?;
        let push = start_push(&mut plan, settings, (&master, clock)).await?;
        let crowd = invent(pack, &plan).await?;
        let silence = settings.headless.then_some(PARTNER_SILENCE_S);
        let (listener, address) = bind(settings.listen).await?;
        let base_url = format!("http://{}", public_name(address));
        let mail = start_mail(clock).await?;
        let systems = Systems::start(plan.systems.as_ref(), clock).await?;
        let own = systems.addresses();
        let called = [&plan.partners[..], &own, &settings.systems].concat();
        let keys = (master, mail_settings(&mail), silence);
        let house = open_house(&folder, (&plan, called), keys, (base_url.clone(), clock)).await?;
        if folder.mark().is_none() {
            let (people, administrator) = make_people(house.app()).await?;
            plan.people = people;
            plan.systems = Some(systems.connect(house.app(), &administrator).await?);
            fill(house.app(), &crowd, &Phones::new(plan.seed, &plan.partners)).await?;
            // A case that lives by itself makes its own, and counts them.
            if !settings.headless {
                make_readers(house.app(), &crowd, &mail).await?;
            }
            folder.set_mark(plan.clone())?;
        }
        let (admin, admin_address) = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let metrics = telemetry::start_metrics()?;
        let doors = Doors::open(
            house.app(),
            Public {
                listener,
                address,
                web: web_settings(),
            },
            Admin {
                listener: admin,
                address: admin_address,
                data: folder.data(),
                metrics,
            },
        );
        let admin_url = format!("http://{admin_address}");
        Ok(Self {
            base_url,
            admin_url,
            plan,
            crowd,
            house,
            doors,
            push,
            mail,
            systems,
            folder,
            clock,
        })
    }

    /// What time it is in it.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// The same in Unix milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The public address.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The admin address.
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// The push services, `http://127.0.0.1:PORT`.
    pub fn push_urls(&self) -> Vec<String> {
        self.plan
            .partners
            .iter()
            .map(|partner| format!("http://{partner}"))
            .collect()
    }

    /// Name and text of the DNS record that would publish the key of letters.
    pub fn dkim_record(&self) -> Done<(String, String)> {
        let found = letters::record(&mail_settings(&self.mail), &self.folder.data())?;
        found.ok_or_else(|| Failure::new("the house signs no letters"))
    }

    /// Where the sandbox mail server is asked what arrived, `http://127.0.0.1:PORT`.
    pub fn mail_url(&self) -> String {
        self.mail.origin()
    }

    /// The systems of partners.
    pub fn systems(&self) -> &Systems {
        &self.systems
    }

    /// Where the sandbox mail server speaks SMTP.
    pub fn smtp_address(&self) -> SocketAddr {
        self.mail.addr()
    }

    /// Who can sign in.
    pub fn people(&self) -> &[DemoPerson] {
        &self.plan.people
    }

    /// The invented subscribers: what the demonstration knows, whatever the store says.
    pub fn crowd(&self) -> &Crowd {
        &self.crowd
    }

    /// What the browser of an invented subscriber knows of itself.
    pub fn subscription(&self, number: u32) -> BrowserSubscription {
        Phones::new(self.plan.seed, &self.plan.partners).subscription(number)
    }

    /// The country.
    pub fn pack(&self) -> &Pack {
        self.app().pack()
    }

    /// The folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Stops everything; a passing folder goes.
    pub async fn stop(self) {
        stop_all(self.doors, self.house).await;
        if let Some(push) = self.push {
            push.stop().await;
        }
        self.mail.stop().await;
        self.systems.stop().await;
        drop(self.folder);
    }

    fn app(&self) -> &App {
        self.house.app()
    }
}

/// What the folder says, or what is asked for.
fn plan(folder: &Folder, settings: &DemoSettings) -> Done<Mark> {
    let Some(mark) = folder.mark() else {
        return Ok(Mark {
            pack: settings.pack.clone(),
            subscribers: settings.subscribers,
            seed: settings.seed.unwrap_or_else(system::random),
            partners: settings.partners.clone(),
            people: Vec::new(),
            systems: None,
        });
    };
    let path = folder.path().display();
    if settings.headless {
        return Err(Failure::new(format!(
            "{path} has a past: a case is lived in a fresh folder"
        )));
    }
    let refuse = |what: &str| {
        Err(Failure::new(format!(
            "{path} is a demonstration with another {what}"
        )))
    };
    if mark.pack != settings.pack {
        return refuse("country pack");
    }
    if !settings.partners.is_empty() && mark.partners != settings.partners {
        return refuse("push service");
    }
    if settings.seed.is_some_and(|seed: Seed| seed != mark.seed) {
        return refuse("seed");
    }
    Ok(mark.clone())
}

/// Starts a push service of our own, where it was before, unless partners were named.
async fn start_push(
    plan: &mut Mark,
    settings: &DemoSettings,
    (master, clock): (&MasterKey, SystemClock),
) -> Done<Option<Running>> {
    if !settings.partners.is_empty() {
        return Ok(None);
    }
    let vapid = secrets::vapid(master, Realm::Demo, "mailto:nobody@tifli.invalid")?;
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let address = plan.partners.first().copied().unwrap_or(anywhere);
    let settings = PushSettings {
        seed: plan.seed,
        vapid: VapidCheck::OnlyKey(vapid.public_key()),
        mint_from: plan.subscribers,
        clock: clock.for_partners(),
    };
    let started = PushService::start(address, settings).await;
    let push = started.trying(format!("the sandbox push service on {address}"))?;
    plan.partners = vec![push.addr()];
    Ok(Some(push))
}

/// Starts a mail server of our own: it keeps what it gets in memory and delivers to nobody.
async fn start_mail(clock: SystemClock) -> Done<RunningMail> {
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let started = MailServer::start(anywhere, clock.for_partners()).await;
    started.trying("starting the sandbox mail server")
}

fn mail_settings(mail: &RunningMail) -> MailSettings {
    MailSettings {
        host: mail.addr().ip().to_string(),
        port: mail.addr().port(),
        security: Security::None,
        sign_in: None,
        from: "tifli@demo.example.org".to_owned(),
        alerts: Some(LetterSettings {
            from: "alerts@demo.example.org".to_owned(),
            name: "Tifli".to_owned(),
            bounces: "bounces@demo.example.org".to_owned(),
            list_id: "alerts.demo.example.org".to_owned(),
            dkim: Some(("demo.example.org".to_owned(), "tifli".to_owned())),
        }),
    }
}

async fn invent(pack: Pack, plan: &Mark) -> Done<Arc<Crowd>> {
    let (seed, amount) = (plan.seed, plan.subscribers);
    let invented = tokio::task::spawn_blocking(move || Crowd::invent(&pack, &seed, amount));
    Ok(Arc::new(invented.await.trying("inventing subscribers")?))
}

async fn open_house(
    folder: &Folder,
    (plan, called): (&Mark, Vec<SocketAddr>),
    (master, mail, partner_silence_s): (MasterKey, MailSettings, Option<u32>),
    (public_url, clock): (String, SystemClock),
) -> Done<House> {
    let data = folder.data();
    House::open(HouseSettings {
        realm: Realm::Demo,
        pack: plan.pack.clone(),
        partner_silence_s,
        node: "demo".into(),
        place: Place::Sqlite(data.join("tifli.db")),
        data,
        master,
        web_push: Channel::Sandbox(called),
        mail: Some(mail),
        cap: None,
        public_url,
        clock,
    })
    .await
}

fn web_settings() -> WebSettings {
    WebSettings {
        secure_cookies: false,
        tips_per_minute: PER_MINUTE,
        subscriptions_per_minute: PER_MINUTE,
        sign_ins_per_minute: PER_MINUTE,
        ..WebSettings::default()
    }
}

/// Browsers give `localhost` the rights that push needs, so it is called by that name.
fn public_name(address: SocketAddr) -> String {
    let ip = address.ip();
    if ip.is_loopback() || ip.is_unspecified() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}
