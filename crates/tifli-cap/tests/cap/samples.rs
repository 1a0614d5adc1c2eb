//! An invented alert in Arabic, French, English and Tamazight, its Update and its Cancel.
//!
//! For: the tests beside it. Not for: wording; real texts come from elsewhere.

use tifli_cap::{
    Alert, Area, CapTime, Category, Certainty, Circle, EventCode, Geocode, Info, MsgType,
    Parameter, Point, Polygon, Reference, Resource, ResponseType, Scope, Severity, Status, Urgency,
    cancel_of, references_to,
};

/// Where a sample alert counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 160 km around the middle of Rabat.
    Circle,
    /// A ring around Rabat and Salé.
    Polygon,
    /// Both of them.
    Both,
    /// A ring of a thousand points.
    ManyPoints,
    /// Two regions, each an area of its own; one has an island.
    Regions,
}

impl Shape {
    pub const ALL: [Shape; 5] = [
        Shape::Circle,
        Shape::Polygon,
        Shape::Both,
        Shape::ManyPoints,
        Shape::Regions,
    ];
}

pub fn time(text: &str) -> CapTime {
    text.parse().expect("a CAP time")
}

pub fn key(identifier: &str, sent: &str) -> Reference {
    Reference {
        sender: "alerte@tifli.example".to_owned(),
        identifier: identifier.to_owned(),
        sent: time(sent),
    }
}

/// The first message.
pub fn alert(shape: Shape) -> Alert {
    let key = key("MA-2026-0007-1", "2026-11-22T09:30:00+01:00");
    let mut alert = Alert::new(key, Status::Test, MsgType::Alert, Scope::Public);
    alert.source = Some("Salle de commandement".to_owned());
    alert.code = vec!["tifli:drill".to_owned()];
    alert.incidents = vec!["MA-2026-0007".to_owned()];
    alert.info = infos(shape, ResponseType::Monitor);
    alert
}

/// A message that replaces the first.
pub fn update(shape: Shape) -> Alert {
    let first = alert(shape);
    let mut update = alert(shape);
    update.identifier = "MA-2026-0007-2".to_owned();
    update.sent = time("2026-11-22T11:00:00+01:00");
    update.msg_type = MsgType::Update;
    update.references = references_to(&[&first]);
    update
}

/// A message that ends both.
pub fn cancel(shape: Shape) -> Alert {
    let (first, second) = (alert(shape), update(shape));
    let key = key("MA-2026-0007-3", "2026-11-22T12:15:00+01:00");
    let mut cancel = cancel_of(key, &[&second, &first]).expect("two earlier messages");
    cancel.note = Some("This alert has ended.".to_owned());
    cancel.info = infos(shape, ResponseType::AllClear);
    cancel
}

fn infos(shape: Shape, response: ResponseType) -> Vec<Info> {
    [
        (
            "ar-MA",
            "اختطاف طفل",
            "الرباط وسلا",
            "طفلة عمرها سبع سنوات، معطف أحمر.\nاتصلوا بالرقم 19.",
        ),
        (
            "fr-MA",
            "Enlèvement d’enfant",
            "Rabat et Salé",
            "Fille de 7 ans, manteau rouge.\nAppelez le 19.",
        ),
        (
            "en",
            "Child abduction",
            "Rabat & Salé",
            "Girl of 7, red coat <hooded>.\nCall 19.",
        ),
        (
            "zgh",
            "ⵉⵊⵍⴰ ⵓⵔⴱⴰ",
            "ⵔⵔⴱⴰⵟ ⴷ ⵙⵍⴰ",
            "ⵜⴰⵔⴱⴰⵜ ⵏ 7 ⵉⵙⴳⴳⵯⴰⵙⵏ.\n19.",
        ),
    ]
    .into_iter()
    .map(|(language, event, place, text)| {
        let mut info = info(language, event, text);
        info.response_type = vec![response];
        info.area = areas(place, shape);
        info
    })
    .collect()
}

fn info(language: &str, event: &str, text: &str) -> Info {
    let mut info = Info::new(
        Category::Rescue,
        event,
        Urgency::Immediate,
        Severity::Severe,
        Certainty::Likely,
    );
    info.language = Some(language.to_owned());
    info.category.push(Category::Safety);
    info.audience = Some("Public".to_owned());
    info.event_code = vec![
        EventCode::new("SAME", "CAE"),
        EventCode::new("OET:v1.2", "OET-038"),
    ];
    info.effective = Some(time("2026-11-22T09:30:00+01:00"));
    info.onset = Some(time("2026-11-22T08:00:00+01:00"));
    info.expires = Some(time("2026-11-23T09:30:00+01:00"));
    info.sender_name = Some("Tifli (exercise)".to_owned());
    info.headline = Some(format!("{event} – Nour Exemple"));
    info.description = Some(text.to_owned());
    info.instruction = Some("19".to_owned());
    info.web = Some(format!("https://alerte.tifli.example/a/7?lang={language}"));
    info.contact = Some("19".to_owned());
    info.parameter = vec![Parameter::new("EAS-ORG", "CIV")];
    info.resource = vec![photo()];
    info
}

fn photo() -> Resource {
    let mut photo = Resource::new("Portrait (drawn)", "image/jpeg");
    photo.size = Some(48_213);
    photo.uri = Some("https://alerte.tifli.example/p/7-1.jpg".to_owned());
    photo.digest = Some("da39a3ee5e6b4b0d3255bfef95601890afd80709".to_owned());
    photo
}

fn areas(place: &str, shape: Shape) -> Vec<Area> {
    if shape != Shape::Regions {
        return vec![area(place, shape)];
    }
    let region = |code: &str, rings: &[[(f64, f64); 5]]| {
        let mut area = Area::new(format!("{place} ({code})"));
        for ring in rings {
            let ring = ring.map(|(lat, lon)| Point::new(lat, lon).expect("a place"));
            area.polygon.push(Polygon::new(&ring).expect("a ring"));
        }
        area.geocode = vec![Geocode::new("ISO 3166-2", code)];
        area
    };
    let square = |lat: f64, lon: f64, side: f64| {
        let (north, east) = (lat + side, lon + side);
        [
            (lat, lon),
            (lat, east),
            (north, east),
            (north, lon),
            (lat, lon),
        ]
    };
    vec![
        region("MA-03", &[square(33.5, -5.5, 1.0)]),
        region(
            "MA-04",
            &[square(33.5, -6.5, 1.0), square(34.8, -7.2, 0.05)],
        ),
    ]
}

fn area(place: &str, shape: Shape) -> Area {
    let point = |(latitude, longitude)| Point::new(latitude, longitude).expect("a place");
    let mut area = Area::new(place);
    if shape == Shape::Circle || shape == Shape::Both {
        let circle = Circle::with_radius_km(point((33.97, -6.85)), 160.0);
        area.circle.push(circle.expect("a circle"));
    }
    if shape == Shape::ManyPoints {
        let around = |n: i32| {
            let angle = f64::from(n % 1_000) / 1_000.0 * std::f64::consts::TAU;
            point((33.97 + 1.4 * angle.sin(), -6.85 + 1.7 * angle.cos()))
        };
        let ring: Vec<Point> = (0..=1_000).map(around).collect();
        area.polygon.push(Polygon::new(&ring).expect("a ring"));
    }
    if shape == Shape::Polygon || shape == Shape::Both {
        let ring = [(33.9, -7.0), (34.2, -6.9), (34.1, -6.6), (33.9, -7.0)].map(point);
        area.polygon.push(Polygon::new(&ring).expect("a ring"));
    }
    area.geocode = vec![Geocode::new("ISO 3166-2", "MA-04")];
    area
}
