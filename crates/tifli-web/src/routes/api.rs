//! The JSON API under `/api/v1`: the use cases of the pages, for programs. Bearer tokens only, unknown fields are errors,
//! refusals are RFC 9457. The OpenAPI document is made from this table, so that it cannot differ from the routes.

mod alerts;
mod approvals;
pub(super) mod bulletins;
mod calls;
mod cases;
mod closing;
mod dataprot;
mod document;
mod drafts;
mod duties;
mod endpoints;
mod erasures;
mod family;
mod figures;
mod found;
mod general;
mod intake;
mod ledger;
mod papers;
mod partners;
mod people;
mod qualification;
mod report;
mod roster;
mod sessions;
mod tips;
mod transfers;
mod triage;
mod units;
mod venues;
mod verify;

use std::hash::{DefaultHasher, Hasher};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tifli_app::AppResult;
use tifli_domain::permission::Act;

use super::{Access, Route, delete, get, patch, post, put};
use crate::problem::Answer;
use crate::request::{IdempotencyKey, SignedIn};
use crate::server::{WebState, moment};

pub use document::openapi;
pub(super) use intake::place_of;

/// The most bytes of a photo with what is around it.
const PHOTO_BODY: usize = 13 * 1024 * 1024;
/// The most bytes of a tip in JSON; its words have 4 000 characters at most.
const TIP_BODY: usize = 64 * 1024;
/// The most bytes of a file of people.
const ROSTER_BODY: usize = 2 * 1024 * 1024;

/// The routes of the API.
pub(crate) fn routes() -> Vec<Route> {
    let mut all = house();
    all.extend(case_routes());
    all.extend(closing_routes());
    all.extend(publication_routes());
    all.extend(papers::routes());
    all.extend(intake::routes());
    all.extend(found_routes());
    all.extend(venue_routes());
    all.extend(alert_routes());
    all.extend(approvals::rung_routes());
    all.extend(tip_routes());
    all.extend(triage_routes());
    all.extend(verify::routes());
    all.extend(partner_routes());
    all.extend(ledger::routes());
    all.extend(bulletin_routes());
    all.extend(duty_routes());
    all.extend(family::routes());
    all.extend(figures::routes());
    all.extend(transfers::routes());
    all.extend(calls::routes());
    all.extend(units::routes());
    all
}

fn duty_routes() -> Vec<Route> {
    use duties as d;
    let board = may(Act::ReadBoard);
    vec![
        get("/api/v1/board", board, d::board)
            .says("What somebody must do by when, in every case this person may see, the most urgent first; at most 1 000.")
            .gives::<d::DutiesOut>(200),
        get("/api/v1/cases/{id}/duties", board, d::of_case)
            .says("Every duty of a case with its notes, the first one first; one audit entry.")
            .gives::<d::DutiesOut>(200),
        post("/api/v1/duties/{id}/settle", board, d::settle)
            .says("Settles a duty by hand, with a note. Duties that an act settles are refused.")
            .takes::<d::NoteIn>()
            .gives_nothing(),
    ]
}

const fn may(act: Act) -> Access {
    Access::Act(act)
}

fn house() -> Vec<Route> {
    use general as g;
    use people as p;
    use roster as r;
    use sessions as s;
    vec![
        get("/api/v1/openapi.json", Access::Public, document::serve).says("This document."),
        post("/api/v1/sessions", Access::Public, s::sign_in)
            .says("Signs in with login, password and the code of an authenticator; gives a bearer token for eight hours.")
            .takes::<s::SignIn>()
            .gives::<s::SessionOut>(201),
        get("/api/v1/sessions/current", Access::SignedIn, s::current)
            .says("Who is signed in, and until when.")
            .gives::<s::PersonOut>(200),
        delete("/api/v1/sessions/current", Access::SignedIn, s::sign_out)
            .says("Signs out: the token is worth nothing afterwards.")
            .gives_nothing(),
        get("/api/v1/places", Access::Public, g::places)
            .says("Places of the country by name, in any spelling or script.")
            .asks("q", "What to search for.")
            .gives::<g::PlacesOut>(200),
        get("/api/v1/regions", Access::Public, g::regions)
            .says("The regions and provinces of the country by name: an area of an alert may be made of them.")
            .gives::<g::RegionsOut>(200),
        get("/api/v1/audit/verify", may(Act::ReadAudit), g::verify_audit)
            .says("Verifies every audit chain from its first entry.")
            .gives::<g::ChainOut>(200),
        get("/api/v1/data-protection", may(Act::ReadDataProtection), dataprot::read)
            .says("The file for the data-protection authority: channels with their legal lines, the record of processing, the retention table.")
            .gives::<dataprot::DataProtectionOut>(200),
        get("/api/v1/people", may(Act::ManagePeople), p::list)
            .says("Everybody with an account.")
            .gives::<p::PeopleOut>(200),
        post("/api/v1/people", may(Act::ManagePeople), p::create)
            .says("Makes an account. Password and authenticator secret are shown this once. A login is taken only once, so a repeat makes nothing.")
            .takes::<p::NewPersonIn>()
            .gives::<p::CreatedOut>(201),
        post("/api/v1/people/{id}/disable", may(Act::ManagePeople), p::disable)
            .says("Closes an account and ends its sessions.")
            .gives_nothing(),
        post("/api/v1/people/{id}/enable", may(Act::ManagePeople), p::enable)
            .says("Opens an account again.")
            .gives_nothing(),
        post("/api/v1/people/{id}/move", may(Act::ManagePeople), r::make_move)
            .says("Moves a person to another role, district or unit, at once; their sessions end, what they had begun is handed on.")
            .takes::<r::MoveIn>()
            .gives::<r::MovedOut>(200),
        get("/api/v1/people.csv", may(Act::ManagePeople), r::export)
            .says("The accounts that are not closed, as comma-separated values."),
        post("/api/v1/people/file", may(Act::ManagePeople), r::look)
            .says("What a file of people would do, line by line. Nothing is changed.")
            .takes::<r::RosterIn>()
            .gives::<r::RosterOut>(200)
            .up_to(ROSTER_BODY),
        post("/api/v1/people/file/take", may(Act::ManagePeople), r::take)
            .says("Does what a file of people says, as a whole or not at all. Secrets of new accounts are shown this once.")
            .takes::<r::TakeRosterIn>()
            .gives::<r::TakenOut>(200)
            .up_to(ROSTER_BODY),
    ]
}

fn case_routes() -> Vec<Route> {
    use cases as c;
    use erasures as e;
    use report as r;
    vec![
        get("/api/v1/cases", may(Act::ReadCase), c::list)
            .says("The cases this person may read, the most urgent first.")
            .asks("state", "Only cases in this state.")
            .gives::<c::CasesOut>(200),
        post("/api/v1/cases/search", may(Act::ReadCase), c::search)
            .says("The cases this person may read that names, telephone numbers or a case's number find. Nothing is changed.")
            .takes::<c::SearchIn>()
            .gives::<c::CasesOut>(200),
        post("/api/v1/cases", may(Act::TakeReport), r::start)
            .says("Starts a report. The same Idempotency-Key gives the same case.")
            .gives::<c::CaseLine>(201)
            .may_repeat(),
        get("/api/v1/cases/{id}", may(Act::ReadCase), c::read)
            .says("The whole file of a case; one audit entry.")
            .gives::<c::FileOut>(200),
        put("/api/v1/cases/{id}/answers", may(Act::TakeReport), r::save)
            .says("Saves answers. Status 200: all were kept; 409: another answer stands, see `conflicts`; 422: see `errors`; what is listed in `saved` was kept in each case.")
            .takes::<r::AnswersIn>()
            .gives::<r::AnswersOut>(200),
        post("/api/v1/cases/{id}/photos", may(Act::TakeReport), r::add_photo)
            .says("Adds a photo (JPEG, PNG, WebP; 12 MB at most), as the body or as the file of a form.")
            .takes_photo()
            .gives::<r::MediaOut>(201)
            .may_repeat()
            .up_to(PHOTO_BODY),
        get("/api/v1/photos/{id}", may(Act::ReadCase), c::photo)
            .says("A photo of a file or a tip, as a JPEG without metadata; one audit entry."),
        post("/api/v1/cases/{id}/receive", may(Act::TakeReport), r::receive)
            .says("Receives a report that is whole. Status 409 with `warnings` when something unusual must be confirmed first.")
            .takes::<r::ReceiveIn>()
            .gives::<r::ReceivedOut>(200),
        post("/api/v1/cases/{id}/close", may(Act::TakeReport), r::close)
            .says("Closes the file of a case whose alert is over, or that never had one.")
            .gives::<c::CaseLine>(200),
        get("/api/v1/cases/{id}/timeline", may(Act::ReadCase), c::timeline)
            .says("What was done to a case and its alerts, the newest first.")
            .gives::<c::TimelineOut>(200),
        get("/api/v1/cases/{id}/alerts", may(Act::ReadCase), alerts::of_case)
            .says("The alerts of a case, the newest first.")
            .gives::<alerts::AlertsOut>(200),
        post("/api/v1/cases/{id}/alerts", may(Act::DraftAlert), drafts::begin)
            .says("Begins an alert, prefilled from the report.")
            .gives::<drafts::MessageOut>(201)
            .may_repeat(),
        get("/api/v1/cases/{id}/erasure", may(Act::RequestErasure), e::view)
            .says("What a case holds, and whether its erasure was asked for.")
            .gives::<e::ErasureView>(200),
        post("/api/v1/cases/{id}/erasure", may(Act::RequestErasure), e::request)
            .says("Asks for a case to be erased. A request that waits is given again.")
            .takes::<e::ReasonIn>()
            .gives::<e::ErasureOut>(201)
            .may_repeat(),
        post("/api/v1/erasures/{id}/confirm", may(Act::ConfirmErasure), e::confirm)
            .says("Confirms, as a second person, and erases. Asked again it gives the report again.")
            .gives::<e::ReportOut>(200),
        post("/api/v1/erasures/{id}/decline", may(Act::RequestErasure), e::decline)
            .says("Turns a request down; the case stays.")
            .gives_nothing(),
    ]
}

fn venue_routes() -> Vec<Route> {
    use venues as v;
    let work = may(Act::WorkVenue);
    vec![
        get("/api/v1/venues", work, v::list)
            .says("The venues this person works for and their alerts; one audit entry if any is open.")
            .gives::<v::VenuesOut>(200),
        post("/api/v1/venues", work, v::open)
            .says("Opens an alert to the staff of a venue in three fields. Nothing public is made of it.")
            .takes::<v::VenueIn>()
            .gives::<v::VenueOpenedOut>(201)
            .may_repeat(),
        get("/api/v1/venues/{id}", work, v::read)
            .says("One alert of a venue, by its case; one audit entry.")
            .gives::<v::VenueCaseOut>(200),
        post("/api/v1/venues/{id}/found", work, v::found)
            .says("The child is found: the alert ends and the file is closed.")
            .gives_nothing(),
        post("/api/v1/venues/{id}/grow", may(Act::GrowVenue), v::grow)
            .says("Makes a national case of it, with everything typed and the clocks from the first minute.")
            .gives_nothing(),
    ]
}

fn found_routes() -> Vec<Route> {
    use found as f;
    let (register, matching) = (may(Act::RegisterFound), may(Act::MatchFound));
    vec![
        get("/api/v1/found", register, f::list)
            .says("Found children this person may see, the newest first. Never public.")
            .gives::<f::FoundListOut>(200),
        post("/api/v1/found", register, f::register)
            .says("Writes down a child found before anybody reported it.")
            .takes::<f::FoundIn>()
            .gives::<f::RegisteredOut>(201),
        get("/api/v1/found/{id}", matching, f::read)
            .says("One found child with everything known; one audit entry.")
            .gives::<f::FoundOut>(200),
        get("/api/v1/found/{id}/photo", matching, f::photo)
            .says("Its photo, as a JPEG without metadata; one audit entry."),
        post("/api/v1/found/{id}/photo", matching, f::put_photo)
            .says("Puts a photo to it, in the place of an earlier one.")
            .takes_photo()
            .gives_nothing()
            .up_to(PHOTO_BODY),
        get("/api/v1/found/{id}/candidates", matching, f::candidates)
            .says("Open cases whose child it may be, ranked; each field said. It decides nothing.")
            .gives::<f::CandidatesOut>(200),
        post("/api/v1/found/{id}/propose", matching, f::propose)
            .says("Says that it is the child of a case; another person must say so too.")
            .takes::<f::MatchIn>()
            .gives_nothing(),
        post("/api/v1/found/{id}/confirm", matching, f::confirm)
            .says("Confirms what another person proposed: the child of the case is located. Nothing public changes.")
            .gives::<f::LinkedOut>(200),
        post("/api/v1/found/{id}/decline", matching, f::decline)
            .says("Says that it is not the child that was proposed.")
            .gives_nothing(),
        post("/api/v1/found/{id}/close", matching, f::close)
            .says("Ends its file without a case, with a reason.")
            .takes::<erasures::ReasonIn>()
            .gives_nothing(),
        post("/api/v1/found/{id}/erase", may(Act::ConfirmErasure), f::erase)
            .says("Erases, as a second person, a file that was closed without a case.")
            .gives_nothing(),
    ]
}

fn closing_routes() -> Vec<Route> {
    use closing as c;
    let (read, work, hold) = (
        may(Act::ReadCase),
        may(Act::WorkClosing),
        may(Act::HoldErasure),
    );
    vec![
        get("/api/v1/cases/{id}/closing", read, c::view)
            .says("What stands between found and closed; one audit entry if anything was said.")
            .gives::<c::ClosingOut>(200),
        post("/api/v1/cases/{id}/closing", work, c::say)
            .says("Records an item as done, skips it (with a name and a reason), corrects what was said of it or takes it back (with a reason). Changes nothing public.")
            .takes::<c::StepIn>()
            .gives::<c::ClosingOut>(200),
        get("/api/v1/cases/{id}/episodes", read, c::episodes)
            .says("Other cases of what seems to be the same child, by name in any spelling, and those linked.")
            .gives::<c::EpisodesOut>(200),
        post("/api/v1/cases/{id}/episodes", work, c::link)
            .says("Links another case of the same child.")
            .takes::<c::LinkIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/holds", hold, c::hold)
            .says("Holds the erasure of a case back: by the prosecutor, or for open proceedings.")
            .takes::<c::HoldIn>()
            .gives::<c::PlacedOut>(201),
        post("/api/v1/holds/{id}/lift", hold, c::lift)
            .says("Lifts, as a second person, what another placed.")
            .takes::<erasures::ReasonIn>()
            .gives_nothing(),
        get("/api/v1/retention/due", may(Act::RequestErasure), c::due)
            .says("Closed files whose days are over; nothing is erased by the clock.")
            .gives::<c::DueListOut>(200),
    ]
}

fn publication_routes() -> Vec<Route> {
    use qualification as q;
    let (qualify, clear) = (may(Act::Qualify), may(Act::ClearIdentity));
    vec![
        get("/api/v1/cases/{id}/qualification", may(Act::ReadCase), q::view)
            .says("Whether and how a case may be public: gate, rung, criteria, what stands in the way, what was decided.")
            .gives::<q::QualificationOut>(200),
        post("/api/v1/cases/{id}/qualification", qualify, q::qualify)
            .says("Proposes a rung; decides it, for who may approve. Another rung than the table's needs a reason.")
            .takes::<q::QualifyIn>()
            .gives::<q::QualificationOut>(200),
        post("/api/v1/cases/{id}/gate", may(Act::DecideGate), q::rule)
            .says("The prosecutor opens the reporter gate or keeps it closed.")
            .takes::<q::RulingIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/prosecutor", may(Act::RecordProsecutor), q::informed)
            .says("Writes down that the prosecutor was informed, how, and what was instructed.")
            .takes::<q::InformedIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/best-interests", qualify, q::best_interests)
            .says("Notes why publication serves a child that left by itself.")
            .takes::<q::NoteIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/explanation", qualify, q::explained)
            .says("Notes how it was explained to the guardian that nothing is published. Refused while the gate is closed.")
            .takes::<q::NoteIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/clearances", clear, q::clear)
            .says("Clears an adult's identity or a plate for the texts of a case.")
            .takes::<q::ClearIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/clearances/retract", clear, q::retract)
            .says("Takes a clearance back; an update must drop what it covered.")
            .takes::<q::RetractIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/review/ask", qualify, q::ask_review)
            .says("Asks another person to review that nothing is published.")
            .takes::<q::NoteIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/review", may(Act::ReviewRefusal), q::review)
            .says("Decides the rung on review; never by the person whose decision it was.")
            .takes::<q::ReviewIn>()
            .gives::<q::QualificationOut>(200),
    ]
}

fn alert_routes() -> Vec<Route> {
    use alerts as a;
    use approvals as v;
    use drafts as d;
    vec![
        get("/api/v1/drafts/{message}", may(Act::DraftAlert), d::open)
            .says("A draft as its author sees it.")
            .gives::<d::DraftOut>(200),
        patch("/api/v1/drafts/{message}", may(Act::DraftAlert), d::change)
            .says("Changes what is given and leaves the rest.")
            .takes::<d::ChangeIn>()
            .gives::<d::DraftOut>(200),
        post("/api/v1/drafts/{message}/submit", may(Act::DraftAlert), d::submit)
            .says("Freezes the draft and hands it to the approver. Status 422 beside `confirmed` when nobody subscribed lives inside and this was not confirmed.")
            .takes::<d::SubmitIn>()
            .gives::<d::SubmittedOut>(200),
        post("/api/v1/drafts/{message}/redraft", may(Act::DraftAlert), d::redraft)
            .says("Goes on from a returned version with a new draft.")
            .gives::<d::MessageOut>(201),
        get("/api/v1/approvals", may(Act::ApproveAlert), v::list)
            .says("Alerts that wait for a decision, the oldest first.")
            .gives::<a::AlertsOut>(200),
        get("/api/v1/approvals/{message}", may(Act::ApproveAlert), v::screen)
            .says("Everything an approver decides on, and the binding to send back.")
            .gives::<v::ScreenOut>(200),
        post("/api/v1/approvals/{message}/approve", may(Act::ApproveAlert), v::approve)
            .says("Sends the alert out: exactly the version that `binding` names.")
            .takes::<v::ApproveIn>()
            .gives_nothing(),
        post("/api/v1/approvals/{message}/return", may(Act::ApproveAlert), v::send_back)
            .says("Sends the version back to its author.")
            .takes::<erasures::ReasonIn>()
            .gives_nothing(),
        post("/api/v1/approvals/{message}/refuse", may(Act::ApproveAlert), v::refuse)
            .says("Refuses the version; a first one's alert with it.")
            .takes::<erasures::ReasonIn>()
            .gives_nothing(),
        get("/api/v1/alerts", may(Act::ReadCase), a::list)
            .says("Alerts in a state, the newest first.")
            .asks("state", "`preparing`, `live` (the default), `ended`, `confirmed`, `refused`.")
            .gives::<a::AlertsOut>(200),
        get("/api/v1/alerts/{id}", may(Act::ReadCase), a::one)
            .says("One alert with its versions.")
            .gives::<a::AlertLine>(200),
        post("/api/v1/alerts/{id}/updates", may(Act::DraftAlert), a::update)
            .says("Begins the next version of a live alert, or goes on with the one begun.")
            .gives::<d::MessageOut>(201),
        post("/api/v1/alerts/{id}/cancel", may(Act::CancelAlert), a::cancel)
            .says("Ends a live alert at once. `reason`: found, consent_withdrawn, danger, false_report, issued_in_error.")
            .takes::<a::CancelIn>()
            .gives::<a::AlertLine>(200),
        post("/api/v1/alerts/{id}/confirm-end", may(Act::ConfirmEnd), a::confirm_end)
            .says("Confirms, as a second person, why an alert ended.")
            .gives::<a::AlertLine>(200),
        get("/api/v1/alerts/{id}/deliveries", may(Act::ReadDeliveries), a::deliveries)
            .says("How an alert is being delivered and recalled: by channel, by system of a partner, and who may still hold a copy.")
            .gives::<a::ProgressOut>(200),
    ]
}

fn triage_routes() -> Vec<Route> {
    use triage as t;
    let triage = may(Act::TriageTips);
    vec![
        get("/api/v1/tips/queue", triage, t::queue)
            .says("The waiting tips, ranked by the rule of triage and folded, with what they say; one audit entry.")
            .asks("case", "Only tips on this case.")
            .asks("skip", "How many to leave out, for the next page.")
            .gives::<t::QueueOut>(200),
        post("/api/v1/tips/triage", triage, t::act)
            .says("Does one act to tips, all or none: takes, gives or releases them, links, dismisses, grades, tags, keeps apart.")
            .takes::<t::TriageIn>()
            .gives_nothing(),
        post("/api/v1/tips/undo", triage, t::undo)
            .says("Takes back one's own last act of the last ten minutes, unless something happened to its tips since.")
            .gives::<t::UndoneOut>(200),
        get("/api/v1/room", may(Act::WatchRoom), t::room)
            .says("The live picture: open cases by clock and risk, alerts and their deliveries, tips by band, late duties.")
            .gives::<t::RoomOut>(200),
    ]
}

fn tip_routes() -> Vec<Route> {
    use tips as t;
    vec![
        post("/api/v1/alerts/by-code/{code}/tips", Access::Public, t::tell)
            .says("Tells what somebody saw, without an account. The same Idempotency-Key and content give the same receipt. 64 kB at most.")
            .takes::<t::TipIn>()
            .gives::<t::ReceiptOut>(201)
            .may_repeat()
            .up_to(TIP_BODY),
        post("/api/v1/tips/dialogue", Access::Public, t::come_back)
            .says("Comes back with a receipt: progress and the police's questions. The receipt is in the body, so that no log keeps it.")
            .takes::<t::ReceiptIn>()
            .gives::<t::DialogueOut>(200),
        post("/api/v1/tips/dialogue/answers", Access::Public, t::answer)
            .says("Answers the police's question.")
            .takes::<t::AnswerIn>()
            .gives_nothing()
            .up_to(TIP_BODY),
        get("/api/v1/tips", may(Act::TriageTips), t::list)
            .says("Tips, the newest first, at most 200; no content.")
            .asks("case", "Only tips on this case.")
            .asks("state", "`received`, `linked` or `dismissed`.")
            .asks("before", "Only tips with a lower `seq`, for the next page.")
            .gives::<t::TipsOut>(200),
        get("/api/v1/tips/{id}", may(Act::TriageTips), t::read)
            .says("A tip with its dialogue; one audit entry.")
            .gives::<t::TipOut>(200),
        post("/api/v1/tips/{id}/link", may(Act::TriageTips), t::link)
            .says("Links a tip to its case as a sighting.")
            .gives_nothing(),
        post("/api/v1/tips/{id}/dismiss", may(Act::TriageTips), t::dismiss)
            .says("Dismisses a tip; it stays readable and can be linked later.")
            .takes::<erasures::ReasonIn>()
            .gives_nothing(),
        post("/api/v1/tips/{id}/questions", may(Act::TriageTips), t::ask)
            .says("Asks the teller something; they read it when they come back with their receipt.")
            .takes::<t::QuestionIn>()
            .gives_nothing()
            .may_repeat(),
    ]
}

fn partner_routes() -> Vec<Route> {
    use partners as p;
    let work = may(Act::WorkPartnerDesk);
    vec![
        get("/api/v1/signing-key", Access::Public, p::key)
            .says("The key under which what partners are given is checked.")
            .gives::<p::KeyOut>(200),
        get("/api/v1/handovers", work, p::desk)
            .says("Open hand-overs to partners, the most urgent first.")
            .gives::<p::DeskOut>(200),
        get("/api/v1/alerts/{id}/partners", may(Act::ReadDeliveries), p::of_alert)
            .says("The partners of the country and the hand-overs of an alert.")
            .gives::<p::PartnersOut>(200),
        post("/api/v1/alerts/{id}/handovers", work, p::prepare)
            .says("Prepares the version that is out for a partner. Asked again it gives the same hand-over.")
            .takes::<p::PrepareIn>()
            .gives::<p::PreparedOut>(201),
        get("/api/v1/handovers/{id}", work, p::read)
            .says("A hand-over with its receipts; one audit entry.")
            .gives::<p::HandoverFileOut>(200),
        post("/api/v1/handovers/{id}/steps", work, p::step)
            .says("Records what somebody did or saw. Nothing calls a partner.")
            .takes::<p::StepIn>()
            .gives::<p::HandoverFileOut>(200)
            .up_to(2 * PHOTO_BODY),
        get("/api/v1/handovers/{id}/kit.zip", work, p::zip)
            .says("What a partner is given, as files; after the end the notice of withdrawal."),
        get("/api/v1/handovers/{id}/kit.json", work, p::signed)
            .says("The same as signed JSON: a DSSE envelope, see docs/partner-desk.md."),
    ]
}

fn bulletin_routes() -> Vec<Route> {
    use bulletins as b;
    vec![
        get("/api/v1/bulletins", may(Act::ReadBulletins), b::list)
            .says("The bulletins this person may read: those that wait for the own service first, then the newest. No content.")
            .gives::<b::BulletinsOut>(200),
        get("/api/v1/bulletins/{id}", may(Act::ReadBulletins), b::read)
            .says("A bulletin with its telegrams; one audit entry. For the own service it counts as read.")
            .gives::<b::BulletinOut>(200),
        get("/api/v1/bulletins/{id}/text", may(Act::ReadBulletins), b::text)
            .says("The newest telegram as plain text of 70 columns; one audit entry."),
        get("/api/v1/bulletins/{id}/cap", may(Act::ReadBulletins), b::cap)
            .says("The newest telegram as a signed CAP document of scope Restricted, or that of `?version=`, as it was signed: `application/cap+xml`. Reading it is recorded as reading the bulletin."),
        get("/api/v1/bulletins/{id}/systems", may(Act::ReadDeliveries), b::systems)
            .says("The newest telegram of a bulletin at each system of a service: sent, refused or unknown. No content.")
            .gives::<b::AtSystemsOut>(200),
        post("/api/v1/bulletins/{id}/acknowledge", may(Act::AcknowledgeBulletin), b::acknowledge)
            .says("Acknowledges a bulletin for the own service, up to its newest telegram. It must have been opened. Doing it again is harmless.")
            .gives_nothing(),
        post("/api/v1/bulletins/{id}/acknowledge-by-phone", may(Act::SendBulletin), b::by_phone)
            .says("Writes down that a service acknowledged by telephone.")
            .takes::<b::ByPhoneIn>()
            .gives_nothing(),
        post("/api/v1/bulletins/{id}/remind", may(Act::SendBulletin), b::remind)
            .says("Reminds every service that has not acknowledged, at once.")
            .gives::<b::RemindedOut>(200),
        get("/api/v1/cases/{id}/bulletin", may(Act::ReadBulletins), b::of_case)
            .says("The newest bulletin of a case, and which services are silent.")
            .gives::<b::CaseBulletinOut>(200),
        post("/api/v1/cases/{id}/bulletin", may(Act::SendBulletin), b::send)
            .says("Sends an update of the bulletin with what is known now, or a new bulletin if the search had ceased. Refused when nothing has changed.")
            .gives::<b::CaseBulletinOut>(201),
        get("/api/v1/services", may(Act::ManageServices), b::services)
            .says("The directory of services.")
            .gives::<b::ServicesOut>(200),
        post("/api/v1/services", may(Act::ManageServices), b::import)
            .says("Takes a file of services in: every line is right, or nothing is taken; problems name their line. What the file does not name stays.")
            .takes::<b::ServicesIn>()
            .gives::<b::ImportedOut>(200),
        put("/api/v1/people/{id}/service", may(Act::ManagePeople), b::join)
            .says("Puts a person into a service, or takes them out of it.")
            .takes::<b::MembershipIn>()
            .gives_nothing(),
    ]
}

/// A JSON answer.
fn json<T: Serialize>(status: StatusCode, body: &T) -> Answer {
    let text = serde_json::to_string(body).map_err(|_| tifli_app::AppError::internal("answer"))?;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((status, kind, text).into_response())
}

/// An answer that has nothing more to say.
fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// A moment as text: UTC, RFC 3339.
fn at(ms: i64) -> String {
    moment(ms).to_string()
}

/// Does something once under the request's `Idempotency-Key`; the key belongs to the person and the path.
async fn once<F>(
    state: &WebState,
    who: &SignedIn,
    key: IdempotencyKey,
    body: &[u8],
    act: F,
) -> AppResult<String>
where
    F: Future<Output = AppResult<String>>,
{
    let key = key
        .0
        .map(|key| format!("{}:{}:{key}", who.actor.person, who.page.path));
    let mut hasher = DefaultHasher::new();
    hasher.write(body);
    let request = tifli_app::hash_token(&hasher.finish().to_string());
    state
        .replays()
        .once(key, request, state.app().now_ms(), act)
        .await
}
