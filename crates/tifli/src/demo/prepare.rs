//! Bringing a demonstration up and taking it down: folder, sandbox partner, house, people, crowd,
//! doors, in this order.

use std::net::SocketAddr;
use std::sync::Arc;

use tifli_app::App;
use tifli_channel::web_push::Vapid;
use tifli_domain::Realm;
use tifli_pack::Pack;
use tifli_sandbox::push::{PushService, PushSettings, Running, VapidCheck};
use tifli_store::{MasterKey, Place};

use tifli_web::server::WebSettings;

use super::DemoSettings;
use super::crowd::Crowd;
use super::fill::{Phones, fill};
use super::folder::{Folder, Mark};
use super::people::{DemoPerson, make_people};
use crate::config::Channel;
use crate::failure::{Done, Failure, Trying as _};
use crate::house::{House, HouseSettings};
use crate::listen::bind;
use crate::routes::{Admin, Doors, Public};
use crate::serve::stop_all;
use crate::terminal::warn;
use crate::{secrets, system, telemetry};

/// A demonstration that can be used.
pub struct Demo {
    base_url: String,
    admin_url: String,
    people: Vec<DemoPerson>,
    crowd: Arc<Crowd>,
    house: House,
    doors: Doors,
    push: Running,
    folder: Folder,
}

impl Demo {
    /// Makes everything, or goes on with what the folder holds.
    pub async fn prepare(settings: &DemoSettings) -> Done<Self> {
        let mut folder = Folder::open(settings.data.as_deref())?;
        let mut plan = plan(&folder, settings)?;
        let pack = Pack::load(&plan.pack).trying("loading the country pack")?;
        warn(&format!("Preparing a demonstration of {} invented subscribers …", plan.subscribers));
        let master = secrets::read_master_key(&folder.master_key_file())?;
        let push = start_push(&plan, &master).await?;
        plan.push_port = push.addr().port();
        let crowd = invent(pack, &plan).await?;
        let (listener, address) = bind(settings.listen).await?;
        let base_url = format!("http://{}", public_name(address));
        let house = open_house(&folder, &plan, (master, base_url.clone(), push.addr())).await?;
        if folder.mark().is_none() {
            plan.people = make_people(house.app()).await?;
            let phones = Phones { seed: plan.seed, origin: push.origin() };
            fill(house.app(), &crowd, &phones).await?;
            folder.set_mark(plan.clone())?;
        }
        let (admin, admin_address) = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let metrics = telemetry::start_metrics()?;
        let web = WebSettings { secure_cookies: false, ..WebSettings::default() };
        let doors = Doors::open(
            house.app(),
            Public { listener, address, web },
            Admin { listener: admin, address: admin_address, metrics },
        );
        Ok(Self {
            base_url,
            admin_url: format!("http://{admin_address}"),
            people: plan.people,
            crowd,
            house,
            doors,
            push,
            folder,
        })
    }

    /// The public address.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The admin address.
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// The sandbox push service.
    pub fn push_url(&self) -> String {
        self.push.origin()
    }

    /// Who can sign in.
    pub fn people(&self) -> &[DemoPerson] {
        &self.people
    }

    /// The invented subscribers: what the demonstration knows, whatever the store says.
    pub fn crowd(&self) -> &Crowd {
        &self.crowd
    }

    /// The country.
    pub fn pack(&self) -> &Pack {
        self.app().pack()
    }

    /// The folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Stops everything; a passing folder goes.
    pub async fn stop(self) {
        stop_all(self.doors, self.house).await;
        self.push.stop().await;
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
            seed: system::random(),
            push_port: 0,
            people: Vec::new(),
        });
    };
    if mark.pack != settings.pack {
        return Err(Failure::new(format!(
            "this folder is a demonstration of the pack {}, not of {}",
            mark.pack, settings.pack
        )));
    }
    Ok(mark.clone())
}

async fn start_push(plan: &Mark, master: &MasterKey) -> Done<Running> {
    let vapid: Vapid = secrets::vapid(master, Realm::Demo, "mailto:nobody@tifli.invalid")?;
    let address = SocketAddr::from(([127, 0, 0, 1], plan.push_port));
    let settings = PushSettings {
        seed: plan.seed,
        vapid: VapidCheck::OnlyKey(vapid.public_key()),
        mint_from: plan.subscribers,
        clock: Arc::new(|| u64::try_from(system::now_ms()).unwrap_or(0)),
    };
    PushService::start(address, settings).await.trying(format!("the sandbox push service on {address}"))
}

async fn invent(pack: Pack, plan: &Mark) -> Done<Arc<Crowd>> {
    let (seed, amount) = (plan.seed, plan.subscribers);
    let invented = tokio::task::spawn_blocking(move || Crowd::invent(&pack, &seed, amount));
    Ok(Arc::new(invented.await.trying("inventing subscribers")?))
}

async fn open_house(
    folder: &Folder,
    plan: &Mark,
    (master, public_url, push): (MasterKey, String, SocketAddr),
) -> Done<House> {
    let data = folder.data();
    House::open(HouseSettings {
        realm: Realm::Demo,
        pack: plan.pack.clone(),
        node: "demo".into(),
        place: Place::Sqlite(data.join("tifli.db")),
        data,
        master,
        web_push: Channel::Sandbox(vec![push]),
        public_url,
    })
    .await
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
