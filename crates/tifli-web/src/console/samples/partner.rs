//! Samples of the partner desk. Not served.

use tifli_domain::message::MsgType;
use tifli_domain::partner::{Came, HandoverAct, HandoverState, Waits, Way};

use super::super::ledger::{By, Known, LedgerRow, Reply};
use super::super::partner::{
    AlertPartnersPage, HandoverPage, HandoverReceiptRow, HandoverRow, LegalRow, PartnerCard,
    PartnerDesk,
};
use super::{HOSTILE, Pages, at, author, now, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::{ConsoleRole, Shell};

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    let desk = |rows: Vec<HandoverRow>| PartnerDesk {
        shell: frame(locale, "/console/partners"),
        now: now(),
        late: rows.iter().filter(|row| row.late).count() as u64,
        rows,
    };
    pages.insert("partners", &desk(rows(locale)))?;
    pages.insert("partners-none", &desk(Vec::new()))?;
    pages.insert("alert-partners", &of_alert(locale))?;
    let none = AlertPartnersPage {
        alert: None,
        rows: Vec::new(),
        partners: Vec::new(),
        errors: FormErrors::none(),
        ..of_alert(locale)
    };
    pages.insert("alert-partners-none", &none)?;
    pages.insert("handover", &handover(locale))?;
    let over = HandoverPage {
        live: false,
        kit: false,
        acts: Vec::new(),
        errors: FormErrors::none(),
        ..handover(locale)
    };
    pages.insert("handover-over", &over)?;
    let page = handover(locale);
    let unasked = HandoverPage {
        refused: Some(page.shell.say("problem-partner_consent_not_asked")),
        errors: FormErrors::none(),
        ..page
    };
    pages.insert("handover-unasked", &unasked)
}

/// Hand-overs in the ledger of deliveries, one in every state.
pub(super) fn lines(locale: Locale) -> Vec<LedgerRow> {
    let each = rows(locale).into_iter();
    each.map(|row| {
        let page = frame(locale, "/");
        let came = match row.state {
            HandoverState::Prepared | HandoverState::Dropped => Came::Nowhere,
            HandoverState::SeenLive | HandoverState::SeenWithdrawn => Came::SeenLive,
            _ => Came::Submitted,
        };
        let moments = [
            ("partners-submitted", "10:20:00"),
            ("partners-asked", "12:00:00"),
        ];
        LedgerRow {
            id: row.id.clone(),
            channel: page.say("holder-hand"),
            version: row.version,
            kind: MsgType::Alert,
            by: By::People(row.state),
            known: Known::of_hand(row.state, row.state.known(came)),
            reply: Some(Reply::Words(
                page.word("handover-state-{}", row.state.as_str()),
            )),
            who: (came != Came::Nowhere).then(|| author(locale)),
            released: false,
            attempts: u32::from(came != Came::Nowhere),
            moments: match came {
                Came::Nowhere => Vec::new(),
                _ => moments.map(|(key, time)| (key, at(time))).to_vec(),
            },
            partner: row.partner,
        }
    })
    .collect()
}

/// What people did and saw of one hand-over.
pub(super) fn done(locale: Locale) -> Vec<HandoverReceiptRow> {
    handover(locale).receipts
}

fn frame(locale: Locale, path: &str) -> Shell {
    shell(locale, Some(ConsoleRole::Room), path)
}

fn meta(locale: Locale) -> String {
    pick(
        locale,
        "ميتا (فيسبوك وإنستغرام)",
        "Meta (Facebook et Instagram)",
        "Meta (Facebook and Instagram)",
    )
    .to_owned()
}

/// One in every state; every second is late.
fn rows(locale: Locale) -> Vec<HandoverRow> {
    let waits = Waits::ALL.iter().copied().cycle();
    let states = HandoverState::ALL.iter().copied().zip(waits).enumerate();
    let row = |(place, (state, waits)): (usize, (HandoverState, Waits))| HandoverRow {
        id: format!("handover_{place}"),
        partner: meta(locale),
        alert: "alert_1".to_owned(),
        number: "RBT-0042".to_owned(),
        child: HOSTILE.to_owned(),
        version: 2,
        state,
        picture: place % 2 == 0,
        since: at("10:20:00"),
        waits: Some(waits),
        due: Some(if place % 2 == 0 {
            at("10:50:00")
        } else {
            at("20:00:00")
        }),
        late: place % 2 == 0,
    };
    states.map(row).collect()
}

fn of_alert(locale: Locale) -> AlertPartnersPage {
    let page = frame(locale, "/console/alerts/alert_1/partners");
    let mut errors = FormErrors::none();
    errors.insert("partner", page.say("problem-partner_not_enabled"));
    errors.insert("picture_by", page.say("wrong-hidden"));
    let card = |id: &str, holds, prepared, legal| PartnerCard {
        id: id.to_owned(),
        name: meta(locale),
        kind: if id == "meta" { "platform" } else { "media" },
        holds,
        prepared,
        legal,
    };
    let legal = || {
        Some(LegalRow {
            controller: HOSTILE.to_owned(),
            destination: pick(locale, "المغرب", "Maroc", "Morocco").to_owned(),
            basis: pick(locale, "القانون رقم 09-08", "Loi n° 09-08", "Law 09-08").to_owned(),
            authorization: "DEMO-A-0001/2026".to_owned(),
        })
    };
    AlertPartnersPage {
        now: now(),
        alert: Some("alert_1".to_owned()),
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
        child: HOSTILE.to_owned(),
        live: true,
        rows: rows(locale),
        partners: vec![
            card("meta", "picture", true, legal()),
            card("television", "link", false, legal()),
            card("press_agency", "link", false, legal()),
            card("telecom", "link", false, None),
        ],
        wrong: "television".to_owned(),
        picture_by: HOSTILE.to_owned(),
        errors,
        shell: page,
    }
}

fn handover(locale: Locale) -> HandoverPage {
    let page = frame(locale, "/console/handovers/handover_1");
    let mut errors = FormErrors::none();
    for (field, key) in [
        ("act", "wrong-missing"),
        ("way", "wrong-missing"),
        ("reference", "wrong-hidden"),
        ("words", "problem-say_where_seen"),
        ("photo", "wrong-photo-type"),
    ] {
        errors.insert(field, page.say(key));
    }
    let acts = [
        HandoverAct::Submit,
        HandoverAct::SeeLive,
        HandoverAct::Refuse,
        HandoverAct::AskWithdrawal,
        HandoverAct::SeeWithdrawn,
    ];
    let choice = |act: HandoverAct| {
        let label = page.word("handover-act-{}", act.as_str());
        Choice::new(act.as_str(), label)
    };
    let way = |way: Way| Choice::new(way.as_str(), page.word("way-{}", way.as_str()));
    let mut row = rows(locale).swap_remove(1);
    row.late = true;
    HandoverPage {
        now: now(),
        row,
        case: "case_1".to_owned(),
        live: true,
        kit: true,
        refused: None,
        ways: vec![
            (Way::Portal, "https://alerts.example.invalid".to_owned()),
            (Way::Phone, "+212500000001".to_owned()),
        ],
        receipts: receipts(locale),
        acts: acts.map(choice).to_vec(),
        way: Way::ALL.iter().copied().map(way).collect(),
        reference: HOSTILE.to_owned(),
        words: HOSTILE.to_owned(),
        errors,
        shell: page,
    }
}

/// One receipt of every kind.
fn receipts(locale: Locale) -> Vec<HandoverReceiptRow> {
    let acts = std::iter::once(None).chain(HandoverAct::ALL.iter().copied().map(Some));
    let one = |act: Option<HandoverAct>| HandoverReceiptRow {
        act,
        way: act.filter(|act| act.needs_way()).map(|_| Way::Phone),
        by: act.map_or_else(String::new, |_| author(locale)),
        at: at("10:20:00"),
        reference: HOSTILE.to_owned(),
        words: HOSTILE.to_owned(),
        shot: (act == Some(HandoverAct::SeeLive))
            .then(|| "/console/handovers/handover_1/shots/3".to_owned()),
    };
    acts.map(one).collect()
}
