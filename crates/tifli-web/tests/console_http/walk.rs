//! The whole route table of the console, walked by every role towards things of its own district and of another: each
//! answer must be what the table of permissions says. A route without a line in [`SAMPLES`] fails.

use axum::http::{Method, Request, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tifli_app::App;
use tifli_app::call::{About, CallForm, CallKind, Spoken};
use tifli_app::closing::HoldForm;
use tifli_app::endpoint::NewEndpoint;
use tifli_app::found::FoundForm;
use tifli_app::paper::NewAsked;
use tifli_app::paper::NewConsent;
use tifli_app::partner::{Evidence, HandoverNote, HandoverStep};
use tifli_app::report::Confirmation;
use tifli_app::testing::{DISTRICT, TestHouse};
use tifli_app::tip::Telling;
use tifli_app::transfer::Ask;
use tifli_app::venue::VenueForm;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{CaseId, PublicCode};
use tifli_domain::paper::AskedState;
use tifli_domain::partner::{HandoverAct, Way};
use tifli_domain::permission::{Act, Reach, reach};
use tifli_domain::retention::HoldKind;
use tifli_domain::transfer::TransferKind;
use tifli_domain::{Actor, Role};
use tifli_web::routes::{Access, RouteInfo, route_table};

use crate::browser::{Browser, Web};

/// The other district.
const FOREIGN: &str = "fes";
/// The district that offers its cases to both.
const THIRD: &str = "oujda";

/// What `{id}` of a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Nothing that belongs to a district: lists, people, the audit chain.
    House,
    /// An account nobody walks with.
    Person,
    /// A case with a live alert.
    Case,
    /// That alert.
    Alert,
    /// A tip of that case.
    Tip,
    /// A call about no case.
    Call,
    /// A photo of that case.
    Media,
    /// A request to erase another case.
    Erasure,
    /// What had to be done about that case: publish or say why not.
    Duty,
    /// A hold on the erasure of that case.
    Hold,
    /// An offer of a third district's case to this district.
    Transfer,
    /// That alert at the carrier partner, seen live with a screenshot.
    Handover,
    /// A delivery of that alert to a partner's system, given up.
    Delivery,
    /// That system.
    Endpoint,
    /// The bulletin of that case.
    Bulletin,
    /// A telegram of that bulletin for the system of a service.
    Dispatch,
    /// A found child.
    Found,
    /// The case of a venue.
    VenueCase,
    /// A venue.
    Venue,
}

use Of::{
    Alert, Bulletin, Call, Case, Delivery, Dispatch, Duty, Endpoint, Erasure, Found, Handover,
    Hold, House, Media, Person, Tip, Transfer, Venue, VenueCase,
};

/// One line per route that is not public: method and path, what `{id}` is, what the form says besides its token (or JSON).
/// A form that says too little is as good as another: it is refused in words, and not with 403.
const SAMPLES: &[(&str, Of, &str)] = &[
    ("GET /console", House, ""),
    ("POST /console/sign-out", House, ""),
    ("GET /console/cases", House, ""),
    ("POST /console/cases", House, "key=walk"),
    ("POST /console/cases/search", House, "q=Salma"),
    ("GET /console/cases/{id}", Case, ""),
    ("POST /console/cases/{id}/close", Case, ""),
    ("GET /console/cases/{id}/report", Case, ""),
    ("POST /console/cases/{id}/report", Case, ""),
    ("POST /console/cases/{id}/answers", Case, ANSWER),
    ("POST /console/cases/{id}/photos", Case, ""),
    (
        "POST /console/cases/{id}/report/places",
        Case,
        "place_q=Fes",
    ),
    ("GET /console/cases/{id}/lists", Case, ""),
    ("POST /console/cases/{id}/lists", Case, "list=place"),
    ("GET /console/cases/{id}/places", Case, ""),
    ("GET /console/cases/{id}/papers", Case, ""),
    ("POST /console/cases/{id}/papers/asked", Case, ""),
    ("POST /console/cases/{id}/papers/consent", Case, ""),
    ("POST /console/cases/{id}/papers/substitute", Case, ""),
    ("GET /console/cases/{id}/papers/{kind}/{language}", Case, ""),
    (
        "GET /console/cases/{id}/papers/{kind}/{language}/pdf",
        Case,
        "",
    ),
    ("GET /console/cases/{id}/scans/{seq}", Case, ""),
    ("POST /console/cases/{id}/places/{item}/unit", Case, ""),
    (
        "POST /console/cases/{id}/places/{item}/result",
        Case,
        "outcome=nothing",
    ),
    ("GET /console/paper-forms", House, ""),
    ("GET /console/paper-forms/{tier}/{language}", House, ""),
    ("GET /console/paper-forms/{tier}/{language}/pdf", House, ""),
    ("GET /console/checks", House, ""),
    ("GET /console/cases/{id}/sealed", Case, ""),
    ("POST /console/cases/{id}/sealed", Case, ""),
    ("GET /console/call", House, ""),
    ("POST /console/call", House, ""),
    ("POST /console/call/aid", House, ""),
    ("GET /console/calls", House, ""),
    ("GET /console/calls/{id}", Call, ""),
    ("POST /console/calls/{id}/settle", Call, ""),
    ("POST /console/calls/{id}/join", Call, ""),
    ("GET /console/unit", House, ""),
    ("POST /console/unit/{id}/acknowledge", Bulletin, ""),
    ("GET /console/unit/{id}/searched", Bulletin, ""),
    ("POST /console/unit/{id}/searched", Bulletin, ""),
    ("GET /console/unit/{id}/seen", Bulletin, ""),
    ("POST /console/unit/{id}/seen", Bulletin, ""),
    ("GET /console/cases/{id}/searches", Case, ""),
    ("GET /console/alarm", House, ""),
    ("POST /console/alarm", House, ""),
    ("POST /console/cases/{id}/take-over", Case, ""),
    ("GET /console/media/{id}/{rendition}", Media, ""),
    ("GET /console/cases/{id}/transfer", Case, ""),
    ("POST /console/cases/{id}/transfer", Case, ""),
    ("POST /console/transfers/{id}", Transfer, "act=decline"),
    ("GET /console/cases/{id}/family", Case, ""),
    ("POST /console/cases/{id}/family", Case, ""),
    ("POST /console/cases/{id}/family/read", Case, ""),
    ("GET /console/cases/{id}/closing", Case, ""),
    ("POST /console/cases/{id}/closing", Case, "item=seen"),
    ("POST /console/cases/{id}/episodes", Case, ""),
    ("POST /console/cases/{id}/holds", Case, ""),
    ("POST /console/holds/{id}/lift", Hold, ""),
    ("GET /console/retention", House, ""),
    ("GET /console/found", House, ""),
    ("POST /console/found", House, ""),
    ("GET /console/found/{id}", Found, ""),
    ("GET /console/found/{id}/photo", Found, ""),
    ("POST /console/found/{id}/photo", Found, ""),
    ("POST /console/found/{id}/propose", Found, ""),
    ("POST /console/found/{id}/confirm", Found, ""),
    ("POST /console/found/{id}/decline", Found, ""),
    ("POST /console/found/{id}/close", Found, ""),
    ("POST /console/found/{id}/erase", Found, ""),
    ("GET /console/venues", House, ""),
    ("POST /console/venues", House, ""),
    ("GET /console/venues/events", House, ""),
    ("GET /console/venues/{id}", VenueCase, ""),
    ("POST /console/venues/{id}/found", VenueCase, ""),
    ("POST /console/venues/{id}/grow", VenueCase, ""),
    ("GET /console/venue-list", House, ""),
    ("POST /console/venue-list", House, ""),
    ("POST /console/venue-list/{id}/staff", Venue, ""),
    ("GET /console/cases/{id}/erase", Case, ""),
    ("POST /console/cases/{id}/erase", Case, ""),
    ("GET /console/erasures/{id}", Erasure, ""),
    ("POST /console/erasures/{id}", Erasure, ""),
    ("GET /console/cases/{id}/qualification", Case, ""),
    ("POST /console/cases/{id}/qualification", Case, ""),
    ("POST /console/cases/{id}/gate", Case, ""),
    ("POST /console/cases/{id}/prosecutor", Case, ""),
    ("POST /console/cases/{id}/best-interests", Case, ""),
    ("GET /console/cases/{id}/explanation", Case, ""),
    ("POST /console/cases/{id}/explanation", Case, ""),
    ("POST /console/cases/{id}/clearances", Case, ""),
    ("POST /console/cases/{id}/clearances/retract", Case, ""),
    ("POST /console/cases/{id}/review/ask", Case, ""),
    ("POST /console/cases/{id}/review", Case, ""),
    ("POST /console/cases/{id}/alerts", Case, ""),
    ("GET /console/alerts/{id}/draft", Alert, ""),
    ("POST /console/alerts/{id}/draft", Alert, ""),
    ("POST /console/alerts/{id}/reach", Alert, ""),
    ("GET /console/alerts/{id}/approval", Alert, ""),
    (
        "POST /console/alerts/{id}/approval",
        Alert,
        "decision=return",
    ),
    ("POST /console/alerts/{id}/rung", Alert, ""),
    ("GET /console/end", House, ""),
    ("GET /console/delivery", House, ""),
    ("GET /console/alerts/{id}/delivery", Alert, ""),
    ("GET /console/alerts/{id}/end", Alert, ""),
    ("POST /console/alerts/{id}/end", Alert, ""),
    ("GET /console/alerts/{id}/end/confirm", Alert, ""),
    ("POST /console/alerts/{id}/end/confirm", Alert, ""),
    ("GET /console/board", House, ""),
    ("GET /console/board/events", House, ""),
    ("GET /console/cases/{id}/duties", Case, ""),
    ("POST /console/duties/{id}/settle", Duty, ""),
    ("GET /console/tips", House, ""),
    ("GET /console/tips/events", House, ""),
    ("GET /console/room", House, ""),
    ("GET /console/room/events", House, ""),
    ("POST /console/tips/triage", House, ""),
    ("POST /console/tips/undo", House, ""),
    ("GET /console/tips/{id}", Tip, ""),
    ("POST /console/tips/{id}/link", Tip, ""),
    ("POST /console/tips/{id}/dismiss", Tip, ""),
    ("POST /console/tips/{id}/ask", Tip, ""),
    ("GET /console/partners", House, ""),
    ("GET /console/cases/{id}/partners", Case, ""),
    ("GET /console/alerts/{id}/partners", Alert, ""),
    ("POST /console/alerts/{id}/partners", Alert, ""),
    ("GET /console/handovers/{id}", Handover, ""),
    ("POST /console/handovers/{id}", Handover, ""),
    ("GET /console/handovers/{id}/kit.zip", Handover, ""),
    ("GET /console/handovers/{id}/kit.json", Handover, ""),
    ("GET /console/handovers/{id}/shots/{seq}", Handover, ""),
    ("GET /console/deliveries/{id}", Delivery, ""),
    ("POST /console/deliveries/{id}/release", Delivery, ""),
    ("GET /console/dispatches/{id}", Dispatch, ""),
    ("GET /console/endpoints", House, ""),
    ("POST /console/endpoints", House, ""),
    ("POST /console/endpoints/{id}/rotate", Endpoint, ""),
    ("POST /console/endpoints/{id}/state", Endpoint, ""),
    ("GET /console/figures", House, ""),
    ("GET /console/figures/figures.csv", House, ""),
    ("GET /console/figures/cases.csv", House, ""),
    ("GET /console/people", House, ""),
    ("POST /console/people", House, ""),
    ("POST /console/people/{id}/disable", Person, ""),
    ("POST /console/people/{id}/enable", Person, ""),
    ("POST /console/people/{id}/renew", Person, ""),
    ("GET /console/data-protection", House, ""),
    (
        "GET /console/data-protection/{document}/{language}",
        House,
        "",
    ),
    (
        "GET /console/data-protection/{document}/{language}/pdf",
        House,
        "",
    ),
    ("GET /console/people/{id}/move", Person, ""),
    ("POST /console/people/{id}/move", Person, ""),
    ("GET /console/people.csv", House, ""),
    ("GET /console/people/file", House, ""),
    ("POST /console/people/file", House, ""),
    ("POST /console/people/file/take", House, ""),
    ("GET /console/audit", House, ""),
    ("POST /console/audit/verify", House, ""),
    ("GET /console/bulletins", House, ""),
    ("GET /console/bulletins/{id}", Bulletin, ""),
    ("GET /console/bulletins/{id}/text", Bulletin, ""),
    ("GET /console/bulletins/{id}/pdf", Bulletin, ""),
    ("GET /console/bulletins/{id}/cap", Bulletin, ""),
    ("POST /console/bulletins/{id}/acknowledge", Bulletin, ""),
    (
        "POST /console/bulletins/{id}/phone",
        Bulletin,
        "service=customs",
    ),
    ("POST /console/bulletins/{id}/remind", Bulletin, ""),
    ("GET /console/cases/{id}/bulletin", Case, ""),
    ("POST /console/cases/{id}/bulletin", Case, ""),
    ("GET /console/services", House, ""),
    ("GET /console/services.csv", House, ""),
    ("POST /console/services", House, ""),
    ("POST /console/services/import", House, ""),
    ("POST /console/services/people", House, ""),
];

/// One answer as the script of the report sends it.
const ANSWER: &str = r#"{"field":"clothes","value":"a red coat","base":0}"#;

/// Routes that do two things and ask for more than their act when they do the second.
const MORE: &[(&str, Act)] = &[
    ("POST /console/erasures/{id}", Act::ConfirmErasure),
    ("POST /console/duties/{id}/settle", Act::DraftAlert),
];

/// What stands for the other names in braces.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("{rendition}", "small"),
    ("{kind}", "receipt"),
    ("{tier}", "first"),
    ("{language}", "ar"),
    ("{document}", "retention"),
    ("scans/{seq}", "scans/1"),
    ("shots/{seq}", "shots/3"),
    ("{item}", "1"),
];

/// Ids of one district's things.
struct Things {
    person: String,
    case: String,
    alert: String,
    binding: String,
    tip: String,
    call: String,
    media: String,
    erasure: String,
    duty: String,
    hold: String,
    transfer: String,
    handover: String,
    delivery: String,
    endpoint: String,
    bulletin: String,
    dispatch: String,
    found: String,
    venue: String,
    venue_case: String,
}

impl Things {
    async fn of(house: &TestHouse, district: &str) -> Self {
        let app = &house.app;
        let officer = house.actor(Role::Officer, district).await;
        connected(house).await;
        let case = house.received_case(&officer).await;
        let photo = app.add_photo(&officer, case, &house.photo(1)).await;
        scanned(house, &officer, case).await;
        let (alert, binding) = live(house, &officer, case).await;
        let erased = house.draft(&officer).await;
        let erasure = app.request_erasure(&officer, erased, "never a case").await;
        let (venue, venue_case) = lost(app, &officer).await;
        let dead = house.dead_delivery(alert.id.parse().unwrap()).await;
        Self {
            delivery: dead.delivery.to_string(),
            endpoint: dead.endpoint.to_string(),
            venue,
            venue_case,
            found: found(house, &officer, case).await,
            person: house
                .person(Role::Room, district)
                .await
                .1
                .person
                .to_string(),
            case: case.to_string(),
            tip: told(app, &alert).await,
            call: called(house).await,
            handover: shown(house, &alert).await,
            alert: alert.id,
            binding,
            duty: to_publish(app, &officer, case).await,
            hold: held(house, case).await,
            transfer: offered(house, district).await,
            bulletin: sought(app, &officer, case).await,
            dispatch: dispatched(app, &officer, case).await,
            media: photo.unwrap().to_string(),
            erasure: erasure.unwrap().to_string(),
        }
    }

    fn id(&self, of: Of) -> &str {
        match of {
            House => "",
            Person => &self.person,
            Case => &self.case,
            Alert => &self.alert,
            Tip => &self.tip,
            Call => &self.call,
            Media => &self.media,
            Erasure => &self.erasure,
            Duty => &self.duty,
            Hold => &self.hold,
            Transfer => &self.transfer,
            Handover => &self.handover,
            Delivery => &self.delivery,
            Endpoint => &self.endpoint,
            Bulletin => &self.bulletin,
            Dispatch => &self.dispatch,
            Found => &self.found,
            VenueCase => &self.venue_case,
            Venue => &self.venue,
        }
    }
}

/// A service has a system of its own.
pub(crate) async fn connected(house: &TestHouse) {
    let administrator = house.administrator().await;
    let services = house.app.list_services(&administrator).await.unwrap();
    let new = NewEndpoint {
        partner: services[0].id.to_string(),
        channel: "bulletin_cap".to_owned(),
        url: "https://intake.example.org/cap".to_owned(),
        bearer: String::new(),
        profile: String::new(),
    };
    house.app.add_endpoint(&administrator, new).await.unwrap();
}

/// The telegram for that system.
async fn dispatched(app: &App, officer: &Actor, case: CaseId) -> String {
    let bulletin = app.bulletin_of(officer, case).await.unwrap().unwrap();
    let systems = app.bulletin_systems(officer, bulletin).await.unwrap();
    systems[0].row.dispatch.to_string()
}

/// A call that waits for somebody.
async fn called(house: &TestHouse) -> String {
    let room = house.room().await;
    let form = CallForm {
        spoken: Spoken {
            words: "nobody answered me".to_owned(),
            ..Spoken::default()
        },
        called_at: String::new(),
        about: About::Other(CallKind::Unmatched),
    };
    let taken = house.app.take_call(&room, "walk", &form).await;
    taken.unwrap().call.to_string()
}

/// A scanned paper: the first entry about papers of the case.
async fn scanned(house: &TestHouse, officer: &Actor, case: CaseId) {
    let new = NewAsked {
        document: "identity".to_owned(),
        state: AskedState::Scanned,
        scan: Some(house.photo(2)),
    };
    house.app.record_asked(officer, case, new).await.unwrap();
}

/// A live alert.
pub struct Live {
    pub id: String,
    code: PublicCode,
}

/// Makes the case's alert live; gives it and what its approval bound.
pub async fn live(house: &TestHouse, officer: &Actor, case: CaseId) -> (Live, String) {
    let app = &house.app;
    let approver = house.approver().await;
    let message = app.begin_alert(officer, case).await.unwrap();
    let submitted = app.submit(officer, message, Confirmation::Given).await;
    let binding = submitted.unwrap().binding;
    let seen = serde_json::to_string(&binding).unwrap();
    let id = binding.alert;
    app.approve(&approver, message, binding).await.unwrap();
    let code = app.summary(&approver, id).await.unwrap().code;
    let id = id.to_string();
    (Live { id, code }, seen)
}

/// The hand-over that the approval prepared, given away and seen live with a screenshot.
async fn shown(house: &TestHouse, alert: &Live) -> String {
    let room = house.room().await;
    let app = &house.app;
    let consent = NewConsent {
        channel: "meta".to_owned(),
        answer: ChannelAnswer::Given,
        given_by: "Nadia Exemple".to_owned(),
        before: "Person 1".to_owned(),
        scan: None,
    };
    let case = app.alert_partners(&room, alert.id.parse().unwrap()).await;
    let case = case.unwrap().case;
    app.record_consent(&room, case, consent).await.unwrap();
    let partners = app.alert_partners(&room, alert.id.parse().unwrap()).await;
    let id = partners.unwrap().lines[0].handover;
    for (act, way, shot) in [
        (HandoverAct::Submit, Some(Way::Mail), None),
        (HandoverAct::SeeLive, None, Some(house.photo(2))),
    ] {
        let note = HandoverNote::default();
        let step = HandoverStep { act, way, note };
        let done = app.record_handover(&room, id, step, Evidence(shot)).await;
        done.unwrap();
    }
    id.to_string()
}

async fn to_publish(app: &App, officer: &Actor, case: CaseId) -> String {
    let duties = app.duties(officer, case).await.unwrap();
    let found = duties
        .iter()
        .find(|duty| duty.line.kind == DutyKind::Publish);
    found.unwrap().line.duty.to_string()
}

/// The venue of the officer's district, and a case that was opened there.
async fn lost(app: &App, officer: &Actor) -> (String, String) {
    let mut venues = app.pack().venues().iter();
    let venue = venues.find(|venue| venue.district == officer.district);
    let venue = venue.unwrap().id.clone();
    let form = VenueForm {
        name: "Salma".to_owned(),
        age: "6".to_owned(),
        looks: "an invented red dress".to_owned(),
    };
    let opened = app.open_venue_case(officer, (&venue, "walk"), &form).await;
    (venue, opened.unwrap().to_string())
}

/// A found child with a photo, proposed as the child of the case by its officer.
async fn found(house: &TestHouse, officer: &Actor, case: CaseId) -> String {
    let form = FoundForm {
        name: "Salma".to_owned(),
        ..FoundForm::default()
    };
    let app = &house.app;
    let found = app.register_found(officer, &form).await.unwrap();
    let photo = app.put_found_photo(officer, found, &house.photo(2)).await;
    photo.unwrap();
    app.propose_match(officer, found, case).await.unwrap();
    found.to_string()
}

async fn held(house: &TestHouse, case: CaseId) -> String {
    let prosecutor = house.prosecutor().await;
    let form = HoldForm {
        kind: HoldKind::Hold,
        basis: "an invented article".to_owned(),
        until_ms: None,
    };
    let placed = house.app.place_hold(&prosecutor, case, form).await;
    placed.unwrap().to_string()
}

/// A third district offers one of its cases to this one.
async fn offered(house: &TestHouse, district: &str) -> String {
    let officer = house.actor(Role::Officer, THIRD).await;
    let case = house.received_case(&officer).await;
    let ask = Ask {
        kind: TransferKind::Transfer,
        to_district: district.to_owned(),
        reason: "seen on the coach".to_owned(),
    };
    let asked = house.app.ask_transfer(&officer, case, &ask).await;
    asked.unwrap().to_string()
}

async fn sought(app: &App, officer: &Actor, case: CaseId) -> String {
    let bulletin = app.bulletin_of(officer, case).await.unwrap();
    bulletin.unwrap().to_string()
}

async fn told(app: &App, alert: &Live) -> String {
    let telling = Telling {
        words: "I saw a girl by the invented fountain.".to_owned(),
        place_words: String::new(),
        place: None,
        point: None,
        seen_at: String::new(),
        language: "en".to_owned(),
    };
    let told = app.tell(&alert.code, telling, None, None).await;
    told.unwrap().tip.to_string()
}

/// Routes for people who signed in, the one that signs out last.
fn guarded() -> Vec<RouteInfo> {
    let all = route_table().into_iter();
    let mut found: Vec<RouteInfo> = all
        .filter(|route| route.path.starts_with("/console") && route.access != Access::Public)
        .collect();
    found.sort_by_key(|route| route.path.ends_with("/sign-out"));
    found
}

fn name(route: &RouteInfo) -> String {
    format!("{} {}", route.method, route.path)
}

fn sample(route: &RouteInfo) -> (Of, &'static str) {
    let name = name(route);
    let found = SAMPLES.iter().find(|(of, ..)| *of == name);
    let (_, of, form) = found.unwrap_or_else(|| panic!("SAMPLES has no line for {name}"));
    (*of, form)
}

/// What a unit reads of its own service alone; whoever walks here belongs to none.
const OF_ITS_SERVICE: &[&str] = &["GET /console/dispatches/{id}"];

/// What the table of permissions says about this role and a thing of this district.
fn allowed(role: Role, route: &RouteInfo, district: &str) -> bool {
    let Access::Act(act) = route.access else {
        return true;
    };
    let name = name(route);
    if role == Role::Unit && OF_ITS_SERVICE.contains(&name.as_str()) {
        return false;
    }
    let more = MORE.iter().find(|(of, _)| *of == name);
    [Some(act), more.map(|(_, act)| *act)]
        .into_iter()
        .flatten()
        .all(|act| match reach(role, act) {
            Reach::Nowhere => false,
            Reach::Everywhere => true,
            Reach::OwnDistrict => sample(route).0 == House || district == DISTRICT,
        })
}

/// One request; a form carries the token of whoever sends it.
async fn answer(
    browser: &Browser<'_>,
    csrf: &str,
    route: &RouteInfo,
    things: &Things,
) -> StatusCode {
    let (of, form) = sample(route);
    let mut path = route.path.replace("{id}", things.id(of));
    for (name, value) in OTHER_NAMES {
        path = path.replace(name, value);
    }
    assert!(!path.contains('{'), "{path}");
    if route.method == Method::GET {
        return browser.status(Request::get(path), String::new()).await;
    }
    let request = Request::builder().method(route.method.clone()).uri(path);
    let request = request.header("x-csrf-token", csrf);
    if form.starts_with('{') {
        return browser.status(request, form.to_owned()).await;
    }
    let binding = utf8_percent_encode(&things.binding, NON_ALPHANUMERIC);
    let body = format!("csrf={csrf}&binding={binding}&{form}");
    let kind = "application/x-www-form-urlencoded";
    browser
        .status(request.header(header::CONTENT_TYPE, kind), body)
        .await
}

#[tokio::test]
async fn each_route_answers_each_role_in_each_district_as_the_permissions_say() {
    let web = Web::new().await;
    let (own, foreign) = (
        Things::of(&web.house, DISTRICT).await,
        Things::of(&web.house, FOREIGN).await,
    );
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let mut browser = web.signed_in_at(role, DISTRICT).await;
        let home = browser.open("/console").await.is(200);
        let csrf = home.form("/sign-out").value("csrf").unwrap().to_owned();
        for route in guarded() {
            for (district, things) in [(FOREIGN, &foreign), (DISTRICT, &own)] {
                if sample(&route).0 == House && district == FOREIGN {
                    continue;
                }
                let status = answer(&browser, &csrf, &route, things).await;
                let refused = matches!(status.as_u16(), 401 | 403 | 404);
                if refused == allowed(role, &route, district) || status.is_server_error() {
                    wrong.push(format!("{role:?} {} of {district}: {status}", name(&route)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_line_of_the_samples_is_a_route_and_stands_once() {
    let routes: Vec<String> = guarded().iter().map(name).collect();
    for (at, (line, ..)) in SAMPLES.iter().enumerate() {
        assert!(
            routes.iter().any(|route| route == line),
            "{line} is no route"
        );
        let later = &SAMPLES[at + 1..];
        assert!(
            later.iter().all(|(other, ..)| other != line),
            "{line} twice"
        );
    }
    for route in guarded() {
        sample(&route);
    }
}
