//! The routes of the signed-in pages. Handlers take [`Desk`](desk::Desk) and, for forms, [`Sent`](desk::Sent), and fill
//! the views of [`crate::console`]; one file per family of pages.

mod alarm;
mod answers;
mod approval;
mod audit;
mod board;
mod bulletin;
pub(super) mod call;
mod case;
mod cases;
mod closing;
mod data_protection;
mod delivery;
mod desk;
mod dispatch;
mod draft;
mod end;
mod endpoints;
mod entry;
mod erase;
mod family;
pub(super) mod figures;
mod file;
mod found;
pub(super) mod ledger;
mod lists;
pub(super) mod paper_form;
mod papers;
mod partners;
mod people;
mod photos;
mod places;
mod preview;
mod qualification;
mod reach;
mod recall;
mod report;
mod room;
mod roster;
mod sealed;
mod services;
mod sources;
mod step;
mod tips;
mod transfer;
mod triage;
mod unit;
mod venues;
mod weighing;

pub(super) use papers::pdf_answer;
pub(crate) use partners::download;

use tifli_domain::permission::Act;

use super::{Access, Route, get, post};

/// The routes of the console.
pub(crate) fn routes() -> Vec<Route> {
    let mut all = entrance();
    all.extend(case_routes());
    all.extend(closing_routes());
    all.extend(publication_routes());
    all.extend(paper_routes());
    all.extend(intake_routes());
    all.extend(found_routes());
    all.extend(venue_routes());
    all.extend(alert_routes());
    all.extend(room_routes());
    all.extend(partner_routes());
    all.extend(ledger_routes());
    all.extend(house_routes());
    all.extend(figure_routes());
    all.extend(bulletin_routes());
    all.extend(duty_routes());
    all.extend(line_routes());
    all.extend(unit_routes());
    all
}

fn duty_routes() -> Vec<Route> {
    let board = may(Act::ReadBoard);
    vec![
        get(
            "/console/cases/{id}/family",
            may(Act::ReadCase),
            family::page,
        ),
        post(
            "/console/cases/{id}/family",
            may(Act::TakeReport),
            family::issue,
        ),
        post(
            "/console/cases/{id}/family/read",
            may(Act::TakeReport),
            family::read,
        ),
        get(
            "/console/cases/{id}/transfer",
            may(Act::MoveCase),
            transfer::page,
        ),
        post(
            "/console/cases/{id}/transfer",
            may(Act::MoveCase),
            transfer::ask,
        ),
        post(
            "/console/transfers/{id}",
            may(Act::MoveCase),
            transfer::answer,
        ),
        get("/console/board", board, board::page),
        get("/console/board/events", board, board::live),
        get("/console/cases/{id}/duties", board, board::of_case),
        post("/console/duties/{id}/settle", board, board::settle),
    ]
}

fn line_routes() -> Vec<Route> {
    let (take, settle) = (may(Act::TakeCall), may(Act::SettleCall));
    vec![
        get("/console/call", take, call::page),
        post("/console/call", take, call::send),
        post("/console/call/aid", take, call::aid),
        get("/console/calls", settle, call::list),
        get("/console/calls/{id}", settle, call::one),
        post("/console/calls/{id}/settle", settle, call::settle),
        post("/console/calls/{id}/join", take, call::join),
    ]
}

fn unit_routes() -> Vec<Route> {
    let report = may(Act::ReportFromUnit);
    vec![
        get("/console/unit", report, unit::page),
        post("/console/unit/{id}/acknowledge", report, unit::acknowledge),
        get("/console/unit/{id}/searched", report, unit::search_form),
        post("/console/unit/{id}/searched", report, unit::searched),
        get("/console/unit/{id}/seen", report, unit::seen_form),
        post("/console/unit/{id}/seen", report, unit::seen),
        get(
            "/console/cases/{id}/searches",
            may(Act::ReadCase),
            unit::of_case,
        ),
    ]
}

fn intake_routes() -> Vec<Route> {
    let (read, take) = (may(Act::ReadCase), may(Act::TakeReport));
    let (give, look) = (may(Act::AssignPlace), may(Act::RecordPlace));
    let (open, alarm) = (may(Act::OpenSealed), may(Act::RaiseAlarm));
    vec![
        get("/console/paper-forms", take, paper_form::list),
        get(
            "/console/paper-forms/{tier}/{language}",
            take,
            paper_form::sheet,
        ),
        get(
            "/console/paper-forms/{tier}/{language}/pdf",
            take,
            paper_form::pdf,
        ),
        get("/console/cases/{id}/lists", read, lists::page),
        post("/console/cases/{id}/lists", take, lists::save),
        get("/console/cases/{id}/places", read, places::page),
        post(
            "/console/cases/{id}/places/{item}/unit",
            give,
            places::assign,
        ),
        post(
            "/console/cases/{id}/places/{item}/result",
            look,
            places::record,
        ),
        get("/console/checks", look, places::of_unit),
        get("/console/cases/{id}/sealed", open, sealed::page),
        post("/console/cases/{id}/sealed", open, sealed::open),
        get("/console/alarm", alarm, alarm::page),
        post("/console/alarm", alarm, alarm::send),
        post(
            "/console/cases/{id}/take-over",
            may(Act::TakeOverAlarm),
            alarm::take_over,
        ),
    ]
}

const fn may(act: Act) -> Access {
    Access::Act(act)
}

fn entrance() -> Vec<Route> {
    let open = Access::Public;
    vec![
        get("/console", Access::SignedIn, entry::home),
        get("/console/sign-in", open, entry::form),
        post("/console/sign-in", open, entry::sign_in).up_to(KEPT_FORM),
        post("/console/sign-out", Access::SignedIn, entry::sign_out),
        get("/console/first", open, entry::first_form),
        post("/console/first", open, entry::first),
    ]
}

/// The most bytes of a sign-in form that carries a kept post along.
const KEPT_FORM: usize = 2 * 1024 * 1024;

fn case_routes() -> Vec<Route> {
    let (read, take) = (may(Act::ReadCase), may(Act::TakeReport));
    vec![
        get("/console/cases", read, cases::list),
        post("/console/cases", take, cases::start),
        post("/console/cases/search", read, cases::search),
        get("/console/cases/{id}", read, case::page),
        post("/console/cases/{id}/close", take, case::close),
        get("/console/cases/{id}/report", take, report::page),
        post("/console/cases/{id}/report", take, report::save).up_to(report::most_bytes()),
        post("/console/cases/{id}/answers", take, answers::save),
        post("/console/cases/{id}/photos", take, photos::add).up_to(report::most_bytes()),
        post("/console/cases/{id}/report/places", take, report::places),
        get("/console/media/{id}/{rendition}", read, photos::show),
        get(
            "/console/cases/{id}/erase",
            may(Act::RequestErasure),
            erase::page,
        ),
        post(
            "/console/cases/{id}/erase",
            may(Act::RequestErasure),
            erase::request,
        ),
        get(
            "/console/erasures/{id}",
            may(Act::RequestErasure),
            erase::second,
        ),
        post(
            "/console/erasures/{id}",
            may(Act::RequestErasure),
            erase::decide,
        ),
    ]
}

fn venue_routes() -> Vec<Route> {
    let (work, manage) = (may(Act::WorkVenue), may(Act::ManageVenues));
    vec![
        get("/console/venues", work, venues::page),
        post("/console/venues", work, venues::open),
        get("/console/venues/events", work, venues::live),
        get("/console/venues/{id}", work, venues::one),
        post("/console/venues/{id}/found", work, venues::found),
        post(
            "/console/venues/{id}/grow",
            may(Act::GrowVenue),
            venues::grow,
        ),
        get("/console/venue-list", manage, venues::list),
        post("/console/venue-list", manage, venues::add),
        post("/console/venue-list/{id}/staff", manage, venues::staff),
    ]
}

fn found_routes() -> Vec<Route> {
    let (register, matching) = (may(Act::RegisterFound), may(Act::MatchFound));
    vec![
        get("/console/found", register, found::list),
        post("/console/found", register, found::register),
        get("/console/found/{id}", matching, found::page),
        get("/console/found/{id}/photo", matching, found::photo),
        post("/console/found/{id}/photo", matching, found::put_photo).up_to(report::most_bytes()),
        post("/console/found/{id}/propose", matching, found::propose),
        post("/console/found/{id}/confirm", matching, found::confirm),
        post("/console/found/{id}/decline", matching, found::decline),
        post("/console/found/{id}/close", matching, found::close),
        post(
            "/console/found/{id}/erase",
            may(Act::ConfirmErasure),
            found::erase,
        ),
    ]
}

fn closing_routes() -> Vec<Route> {
    let (work, hold) = (may(Act::WorkClosing), may(Act::HoldErasure));
    vec![
        get(
            "/console/cases/{id}/closing",
            may(Act::ReadCase),
            closing::page,
        ),
        post("/console/cases/{id}/closing", work, closing::say),
        post("/console/cases/{id}/episodes", work, closing::link),
        post("/console/cases/{id}/holds", hold, closing::hold),
        post("/console/holds/{id}/lift", hold, closing::lift),
        get("/console/retention", may(Act::RequestErasure), closing::due),
    ]
}

fn publication_routes() -> Vec<Route> {
    use qualification as q;
    let (read, qualify) = (may(Act::ReadCase), may(Act::Qualify));
    let (clear, review) = (may(Act::ClearIdentity), may(Act::ReviewRefusal));
    let inform = may(Act::RecordProsecutor);
    vec![
        get("/console/cases/{id}/qualification", read, q::page),
        post("/console/cases/{id}/qualification", qualify, q::qualify),
        post("/console/cases/{id}/gate", may(Act::DecideGate), q::rule),
        post("/console/cases/{id}/prosecutor", inform, q::informed),
        post(
            "/console/cases/{id}/best-interests",
            qualify,
            q::best_interests,
        ),
        get("/console/cases/{id}/explanation", read, q::explanation),
        post("/console/cases/{id}/explanation", qualify, q::explained),
        post("/console/cases/{id}/clearances", clear, q::clear),
        post("/console/cases/{id}/clearances/retract", clear, q::retract),
        post("/console/cases/{id}/review/ask", qualify, q::ask_review),
        post("/console/cases/{id}/review", review, q::review),
    ]
}

fn paper_routes() -> Vec<Route> {
    let (read, take) = (may(Act::ReadCase), may(Act::TakeReport));
    let substitute = may(Act::SubstituteConsent);
    vec![
        get("/console/cases/{id}/papers", read, papers::page),
        post("/console/cases/{id}/papers/asked", take, papers::asked).up_to(papers::SCAN_FORM),
        post("/console/cases/{id}/papers/consent", take, papers::consent).up_to(papers::SCAN_FORM),
        post(
            "/console/cases/{id}/papers/substitute",
            substitute,
            papers::substitute,
        ),
        get(
            "/console/cases/{id}/papers/{kind}/{language}",
            read,
            papers::sheet,
        ),
        get(
            "/console/cases/{id}/papers/{kind}/{language}/pdf",
            read,
            papers::pdf,
        ),
        get("/console/cases/{id}/scans/{seq}", read, papers::scan),
    ]
}

fn alert_routes() -> Vec<Route> {
    let (draft, decide) = (may(Act::DraftAlert), may(Act::ApproveAlert));
    let (cancel, confirm) = (may(Act::CancelAlert), may(Act::ConfirmEnd));
    vec![
        post("/console/cases/{id}/alerts", draft, draft::begin),
        get("/console/alerts/{id}/draft", draft, draft::page),
        post("/console/alerts/{id}/draft", draft, draft::save),
        post("/console/alerts/{id}/reach", draft, reach::panel),
        get("/console/alerts/{id}/approval", decide, approval::page),
        post("/console/alerts/{id}/approval", decide, approval::decide),
        get(
            "/console/delivery",
            may(Act::ReadDeliveries),
            delivery::list,
        ),
        get(
            "/console/alerts/{id}/delivery",
            may(Act::ReadDeliveries),
            delivery::page,
        ),
        post("/console/alerts/{id}/rung", draft, draft::take_rung),
        get("/console/end", cancel, end::list),
        get("/console/alerts/{id}/end", cancel, end::page),
        post("/console/alerts/{id}/end", cancel, end::end),
        get(
            "/console/alerts/{id}/end/confirm",
            confirm,
            end::confirm_page,
        ),
        post("/console/alerts/{id}/end/confirm", confirm, end::confirm),
    ]
}

fn room_routes() -> Vec<Route> {
    let (triage, watch) = (may(Act::TriageTips), may(Act::WatchRoom));
    vec![
        get("/console/room", watch, room::page),
        get("/console/room/events", watch, room::live),
        get("/console/tips", triage, tips::queue),
        post("/console/tips/triage", triage, triage::act),
        post("/console/tips/undo", triage, triage::undo),
        get("/console/tips/events", triage, tips::live),
        get("/console/tips/{id}", triage, tips::page),
        post("/console/tips/{id}/link", triage, tips::link),
        post("/console/tips/{id}/dismiss", triage, tips::dismiss),
        post("/console/tips/{id}/ask", triage, tips::ask),
    ]
}

fn partner_routes() -> Vec<Route> {
    let work = may(Act::WorkPartnerDesk);
    vec![
        get("/console/partners", work, partners::desk),
        get("/console/cases/{id}/partners", work, partners::of_case),
        get("/console/alerts/{id}/partners", work, partners::of_alert),
        post("/console/alerts/{id}/partners", work, partners::prepare),
        get("/console/handovers/{id}", work, partners::page),
        post("/console/handovers/{id}", work, partners::record).up_to(report::most_bytes()),
        get("/console/handovers/{id}/kit.zip", work, partners::zip),
        get("/console/handovers/{id}/kit.json", work, partners::json),
        get("/console/handovers/{id}/shots/{seq}", work, partners::shot),
    ]
}

fn ledger_routes() -> Vec<Route> {
    let (read, keep) = (may(Act::ReadDeliveries), may(Act::ManageEndpoints));
    vec![
        get("/console/deliveries/{id}", read, ledger::page),
        post(
            "/console/deliveries/{id}/release",
            may(Act::ReleaseDelivery),
            ledger::release,
        ),
        get("/console/dispatches/{id}", read, dispatch::page),
        get("/console/endpoints", keep, endpoints::page),
        post("/console/endpoints", keep, endpoints::add),
        post("/console/endpoints/{id}/rotate", keep, endpoints::rotate),
        post("/console/endpoints/{id}/state", keep, endpoints::switch),
    ]
}

fn bulletin_routes() -> Vec<Route> {
    let (read, send) = (may(Act::ReadBulletins), may(Act::SendBulletin));
    let (keep, people) = (may(Act::ManageServices), may(Act::ManagePeople));
    vec![
        get("/console/bulletins", read, bulletin::list),
        get("/console/bulletins/{id}", read, bulletin::page),
        get("/console/bulletins/{id}/text", read, bulletin::text),
        get("/console/bulletins/{id}/pdf", read, bulletin::pdf),
        get("/console/bulletins/{id}/cap", read, bulletin::cap),
        post(
            "/console/bulletins/{id}/acknowledge",
            may(Act::AcknowledgeBulletin),
            bulletin::acknowledge,
        ),
        post("/console/bulletins/{id}/phone", send, bulletin::phone),
        post("/console/bulletins/{id}/remind", send, bulletin::remind),
        get("/console/cases/{id}/bulletin", read, bulletin::of_case),
        post("/console/cases/{id}/bulletin", send, bulletin::send),
        get("/console/services", keep, services::page),
        get("/console/services.csv", keep, services::export),
        post("/console/services", keep, services::put),
        post("/console/services/import", keep, services::import).up_to(KEPT_FORM),
        post("/console/services/people", people, services::join),
    ]
}

fn figure_routes() -> Vec<Route> {
    let read = may(Act::ReadFigures);
    vec![
        get("/console/figures", read, figures::page),
        get("/console/figures/figures.csv", read, figures::figures_file),
        get(
            "/console/figures/cases.csv",
            may(Act::ReadCase),
            figures::cases_file,
        ),
    ]
}

fn house_routes() -> Vec<Route> {
    let (people, audit) = (may(Act::ManagePeople), may(Act::ReadAudit));
    let file = may(Act::ReadDataProtection);
    vec![
        get("/console/people", people, people::page),
        post("/console/people", people, people::create),
        post("/console/people/{id}/disable", people, people::disable),
        post("/console/people/{id}/enable", people, people::enable),
        post("/console/people/{id}/renew", people, people::renew),
        get("/console/data-protection", file, data_protection::page),
        get(
            "/console/data-protection/{document}/{language}",
            file,
            data_protection::sheet,
        ),
        get(
            "/console/data-protection/{document}/{language}/pdf",
            file,
            data_protection::pdf,
        ),
        get("/console/people/{id}/move", people, roster::move_page),
        post("/console/people/{id}/move", people, roster::make_move),
        get("/console/people.csv", people, roster::export),
        get("/console/people/file", people, roster::page),
        post("/console/people/file", people, roster::look).up_to(KEPT_FORM),
        post("/console/people/file/take", people, roster::take).up_to(desk::CARRYING),
        get("/console/audit", audit, audit::page),
        post("/console/audit/verify", audit, audit::verify),
    ]
}
