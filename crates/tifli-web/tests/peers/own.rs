//! Our own messages: Alert, Update and Cancel, for a circle, a polygon, one cut by the coast and provinces, each in every
//! language of the country, fetched over HTTP.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use tifli_app::alert::DraftChange;
use tifli_app::report::Confirmation;
use tifli_cap::sign::{Certificate, PinnedList, verify};
use tifli_cap::{Alert, MsgType, Options, check_file};
use tifli_domain::Actor;
use tifli_domain::alert::EndReason;
use tifli_domain::area::AreaSpec;
use tifli_domain::id::{AlertId, MessageId};
use tifli_units::{Position, Radius};

use crate::ask::{self, is_asked};
use crate::house::Web;

/// A document as it was served, and where it lies for other programs.
struct Served {
    /// Shape and kind, for people.
    what: String,
    text: String,
    read: Alert,
    file: PathBuf,
}

/// A house with everything it served, in a folder.
struct Shelf {
    web: Web,
    officer: Actor,
    approver: Actor,
    folder: TempDir,
    served: Vec<Served>,
}

/// A ring of corners, each latitude and longitude in degrees.
fn ring(corners: &[(f64, f64)]) -> AreaSpec {
    let corner = |(lat, lon): &(f64, f64)| Position::new(*lat, *lon).expect("on the globe");
    AreaSpec::Polygon {
        ring: corners.iter().map(corner).collect(),
    }
}

/// The shapes: a circle and a polygon within the country; another reaches into the sea, so that the outline of the
/// country cuts it; provinces and a region by name, one with an island and neighbours that share a border.
fn shapes() -> Vec<(&'static str, AreaSpec)> {
    let circle = AreaSpec::Circle {
        center: Position::new(33.93, -6.7).expect("on the globe"),
        radius: Radius::new(4.0).expect("a radius"),
    };
    let polygon = ring(&[(33.86, -6.8), (34.0, -6.8), (34.0, -6.62), (33.86, -6.62)]);
    let coast = ring(&[(33.9, -7.08), (34.12, -7.08), (34.12, -6.7), (33.9, -6.7)]);
    let provinces = AreaSpec::Regions {
        ids: ["p04421", "p04441", "p06467", "r07"]
            .map(str::to_owned)
            .to_vec(),
    };
    vec![
        ("circle", circle),
        ("polygon", polygon),
        ("coast", coast),
        ("provinces", provinces),
    ]
}

impl Shelf {
    async fn new() -> Self {
        let web = Web::new().await;
        let (officer, approver) = (web.house.officer().await, web.house.approver().await);
        Self {
            web,
            officer,
            approver,
            folder: tempfile::tempdir().expect("a folder"),
            served: Vec::new(),
        }
    }

    /// Every message of every shape; each is fetched while it is the newest.
    async fn filled() -> Self {
        let mut shelf = Self::new().await;
        for (shape, area) in shapes() {
            let app = shelf.web.house.app.clone();
            let case = shelf.web.house.received_case(&shelf.officer).await;
            let photo = shelf.web.house.photo(1);
            app.add_photo(&shelf.officer, case, &photo).await.unwrap();
            let first = app.begin_alert(&shelf.officer, case).await.unwrap();
            let change = DraftChange {
                area: Some(area),
                ..DraftChange::default()
            };
            app.save_draft(&shelf.officer, first, change).await.unwrap();
            let alert = shelf.issue(first).await;
            shelf.fetch(shape).await;
            let update = app.begin_update(&shelf.officer, alert).await.unwrap();
            shelf.issue(update).await;
            shelf.fetch(shape).await;
            app.cancel(&shelf.officer, alert, EndReason::Found)
                .await
                .unwrap();
            shelf.fetch(shape).await;
        }
        shelf
    }

    async fn issue(&self, message: MessageId) -> AlertId {
        let app = &self.web.house.app;
        let submitted = app.submit(&self.officer, message, Confirmation::Given);
        let submitted = submitted.await.unwrap();
        let alert = submitted.binding.alert;
        app.approve(&self.approver, message, submitted.binding)
            .await
            .unwrap();
        alert
    }

    /// Takes the newest document of the feed.
    async fn fetch(&mut self, shape: &str) {
        let feed = self.web.get("/feed.atom").await.is(200).text();
        let known = |name: &str| {
            let file = self.folder.path().join(name);
            self.served.iter().any(|one| one.file == file)
        };
        let names = feed.split("/cap/").skip(1);
        let names = names.filter_map(|rest| rest.split(['"', '<', '&']).next());
        let name = names
            .filter(|name| name.ends_with(".xml"))
            .find(|name| !known(name))
            .expect("a new document is linked")
            .to_owned();
        let text = self.web.get(&format!("/cap/{name}")).await.is(200).text();
        let file = self.folder.path().join(&name);
        fs::write(&file, &text).expect("written");
        let read = tifli_cap::parse(&text).expect("our own document is read");
        self.served.push(Served {
            what: format!("{shape} {:?}", read.msg_type),
            text,
            read,
            file,
        });
    }

    fn files(&self) -> Vec<&Path> {
        self.served.iter().map(|one| one.file.as_path()).collect()
    }

    async fn certificate(&self) -> String {
        self.web.get("/cap/certificate.pem").await.is(200).text()
    }

    /// The file of a feed.
    async fn feed(&self, path: &str) -> PathBuf {
        let text = self.web.get(path).await.is(200).text();
        let file = self.folder.path().join(path.replace('/', "-"));
        fs::write(&file, text).expect("written");
        file
    }
}

#[track_caller]
fn assert_done(output: &Output, what: &str) {
    let said = [&output.stdout[..], &output.stderr].concat();
    assert!(
        output.status.success(),
        "{what}: {}",
        String::from_utf8_lossy(&said)
    );
}

fn xmllint(file: &Path) -> Output {
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tifli-cap/tests/schema/CAP-v1.2.xsd");
    Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .arg(file)
        .output()
        .expect("xmllint is needed for this test: install the package libxml2-utils")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_of_each_shape_is_valid_in_each_language_and_signed() {
    let shelf = Shelf::filled().await;
    let kinds: Vec<_> = shelf.served.iter().map(|one| one.read.msg_type).collect();
    assert_eq!(
        kinds,
        [MsgType::Alert, MsgType::Update, MsgType::Cancel].repeat(shapes().len())
    );
    let certificate = Certificate::list_from_pem(shelf.certificate().await.as_bytes());
    let certificate = certificate.unwrap().remove(0);
    for one in &shelf.served {
        let strict = Options {
            strict: true,
            ..Options::default()
        };
        let verdict = check_file(one.text.as_bytes(), &strict);
        assert!(verdict.valid, "{}: {:?}", one.what, verdict.findings);
        assert_done(&xmllint(&one.file), &one.what);
        let languages: Vec<_> = one
            .read
            .info
            .iter()
            .map(|info| info.language_tag())
            .collect();
        assert_eq!(languages, ["ar", "fr", "en"], "{}", one.what);
        let areas = if one.what.starts_with("provinces") {
            4
        } else {
            1
        };
        for info in &one.read.info {
            assert_eq!(info.area.len(), areas, "{}", one.what);
        }
        let circles = one
            .read
            .info
            .iter()
            .filter(|info| !info.area[0].circle.is_empty());
        let whole = if one.what.starts_with("circle") { 3 } else { 0 };
        assert_eq!(circles.count(), whole, "{}", one.what);
        let mut pinned = PinnedList::new();
        pinned.pin("house", certificate.clone()).unwrap();
        let now = one.read.sent.timestamp();
        assert_eq!(
            verify(one.text.as_bytes(), &pinned, now).word(),
            "verified",
            "{}",
            one.what
        );
    }
    for chain in shelf.served.chunks(3) {
        let named = chain.iter().map(|one| one.read.references.len());
        assert_eq!(
            named.collect::<Vec<_>>(),
            [0, 1, 2],
            "all before it are named"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn capvalidator_and_xmlsec1_take_each_message_and_refuse_one_altered_letter() {
    if !is_asked("capvalidator and xmlsec1 judge our own messages") {
        return;
    }
    let shelf = Shelf::filled().await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/judge.py");
    let mut python = Command::new(ask::python());
    python.arg(&script).arg("cap").args(shelf.files());
    assert_done(&python.output().expect("python"), "capvalidator");
    let pem = shelf.folder.path().join("house.pem");
    fs::write(&pem, shelf.certificate().await).expect("written");
    let xmlsec1 = |file: &Path| {
        let mut command = Command::new("xmlsec1");
        command.args(["--verify", "--enabled-key-data", "x509", "--trusted-pem"]);
        command
            .arg(&pem)
            .arg(file)
            .output()
            .expect("xmlsec1 is installed")
    };
    for one in &shelf.served {
        assert_done(&xmlsec1(&one.file), &one.what);
        let altered = one.text.replacen("<headline>", "<headline>x", 1);
        fs::write(&one.file, altered).expect("written");
        assert!(!xmlsec1(&one.file).status.success(), "{}", one.what);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jing_and_feedparser_take_every_feed() {
    if !is_asked("jing and feedparser judge our feeds") {
        return;
    }
    let shelf = Shelf::filled().await;
    let grammar = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/atom.rnc");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/judge.py");
    let mut python = Command::new(ask::python());
    python.arg(&script).arg("feed");
    for path in [
        "/feed.atom",
        "/ar/feed.atom",
        "/fr/feed.atom",
        "/en/feed.atom",
    ] {
        let file = shelf.feed(path).await;
        let mut jing = Command::new("jing");
        jing.arg("-c").arg(&grammar).arg(&file);
        assert_done(&jing.output().expect("jing is installed"), path);
        let entries = fs::read_to_string(&file).expect("read");
        let count = entries.matches("<entry>").count();
        assert!(count >= 3, "{path} has {count} entries: each end is one");
        python.arg(&file).arg(count.to_string());
    }
    for path in ["/ar/feed.rss", "/fr/feed.rss", "/en/feed.rss"] {
        let file = shelf.feed(path).await;
        let items = fs::read_to_string(&file).expect("read");
        python
            .arg(&file)
            .arg(items.matches("<item>").count().to_string());
    }
    assert_done(&python.output().expect("python"), "feedparser");
}
