//! The desk's life: prepared with the alert, submitted, silent, seen live, updated, withdrawn.

mod ends;
mod kits;

use tifli_domain::Actor;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{AlertId, CaseId, HandoverId};
use tifli_domain::partner::{HandoverAct, HandoverState, Way};

use super::{Evidence, HandoverLine, HandoverNote, HandoverStep, PictureLeave};
use crate::duty::DutyLine;
use crate::paper::{NewConsent, NewSubstitution};
use crate::testing::TestHouse;
use crate::tip::stories::Out;
use crate::{App, AppError, AppResult, Kind};

const MINUTE: i64 = 60_000;

/// A live alert and the room that works the desk.
pub(crate) struct Desk {
    pub(crate) house: TestHouse,
    pub(crate) out: Out,
    pub(crate) room: Actor,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let house = TestHouse::new().await;
        let out = Out::live(&house).await;
        allow(&house.app, &out.officer, out.case, ChannelAnswer::Given).await;
        let room = house.room().await;
        Self { house, out, room }
    }

    /// The newest hand-over to a partner.
    pub(crate) async fn line(&self, partner: &str) -> HandoverLine {
        let lines = self.lines(self.out.alert).await;
        let found = lines.into_iter().find(|line| line.partner == partner);
        found.expect("there is a hand-over")
    }

    pub(crate) async fn lines(&self, alert: AlertId) -> Vec<HandoverLine> {
        let app = &self.house.app;
        app.alert_partners(&self.room, alert).await.unwrap().lines
    }

    pub(crate) async fn prepare(&self, partner: &str) -> AppResult<HandoverId> {
        let app = &self.house.app;
        app.prepare_handover(&self.room, self.out.alert, partner, None)
            .await
    }

    pub(crate) async fn step(&self, id: HandoverId, act: HandoverAct) -> AppResult<()> {
        self.step_with(id, act, "REF-7 seen on the page").await
    }

    async fn step_with(&self, id: HandoverId, act: HandoverAct, words: &str) -> AppResult<()> {
        let step = HandoverStep {
            act,
            way: act.needs_way().then_some(Way::Mail),
            note: HandoverNote {
                reference: "REF-7".to_owned(),
                words: words.to_owned(),
            },
        };
        let app = &self.house.app;
        app.record_handover(&self.room, id, step, Evidence::default())
            .await
    }

    /// No kit is made, and the page of the hand-over says why.
    async fn refuses_kits(&self, id: HandoverId, refusal: &str) {
        let app = &self.house.app;
        assert_eq!(code(app.handover_zip(&self.room, id).await), refusal);
        assert_eq!(code(app.handover_json(&self.room, id).await), refusal);
        let file = app.handover_file(&self.room, id).await.unwrap();
        assert_eq!(file.refused.as_deref(), Some(refusal));
    }

    /// Kinds of the open duties of the desk, the most urgent first.
    pub(crate) async fn board(&self) -> Vec<DutyKind> {
        self.duties().await.iter().map(|duty| duty.kind).collect()
    }

    /// The open duties of the desk, the most urgent first.
    async fn duties(&self) -> Vec<DutyLine> {
        let mut board = self.house.app.board(&self.room).await.unwrap();
        board.retain(|duty| duty.kind.as_str().starts_with("partner_"));
        board
    }

    /// Verbs of the trail, the newest first.
    async fn trail(&self) -> Vec<String> {
        let entries = self.house.app.timeline(&self.room, self.out.case).await;
        entries
            .unwrap()
            .into_iter()
            .map(|entry| entry.verb)
            .collect()
    }

    async fn ceiling(&self) -> Option<i64> {
        let summary = self.house.app.case_summary(&self.room, self.out.case).await;
        summary.unwrap().ceiling_left_ms
    }
}

/// What the guardian answers for every channel of others.
pub(crate) async fn allow(app: &App, officer: &Actor, case: CaseId, answer: ChannelAnswer) {
    for channel in ["meta", "media", "transport"] {
        record(app, officer, case, (channel, answer)).await;
    }
}

/// What the guardian answers for one channel.
pub(crate) async fn record(
    app: &App,
    officer: &Actor,
    case: CaseId,
    (channel, answer): (&str, ChannelAnswer),
) {
    let new = NewConsent {
        channel: channel.to_owned(),
        answer,
        given_by: "Nadia Exemple".to_owned(),
        before: "Person 1".to_owned(),
        scan: None,
    };
    app.record_consent(officer, case, new).await.unwrap();
}

fn code(result: AppResult<impl std::fmt::Debug>) -> String {
    let error = result.unwrap_err();
    match error.problems.first() {
        Some(problem) => format!("{}={}", problem.field, problem.code),
        None => error.code,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_alert_is_prepared_for_the_carrier_and_the_desk_is_asked_to_hand_it_over() {
    let desk = Desk::new().await;
    let lines = desk.lines(desk.out.alert).await;
    assert_eq!(lines.len(), 1, "the others are prepared by a click");
    assert_eq!(
        (lines[0].partner.as_str(), lines[0].state),
        ("meta", HandoverState::Prepared)
    );
    assert!(lines[0].picture);
    assert_eq!(desk.board().await, [DutyKind::PartnerHand]);
}

#[tokio::test(flavor = "multi_thread")]
async fn submitted_is_not_seen_the_clock_goes_on_and_silence_pages_the_room() {
    let desk = Desk::new().await;
    assert!(
        desk.ceiling().await.is_some(),
        "published here, seen nowhere"
    );
    let id = desk.line("meta").await.handover;
    desk.step(id, HandoverAct::Submit).await.unwrap();
    assert_eq!(desk.board().await, [DutyKind::PartnerSilent]);
    desk.house.clock.advance(30 * MINUTE);
    desk.house.app.page_late_duties().await.unwrap();
    let line = desk.line("meta").await;
    assert!(line.late);
    assert_eq!(
        line.state,
        HandoverState::Submitted,
        "never more than was seen"
    );
    assert!(desk.trail().await.contains(&"duty.page_room".to_owned()));
    assert!(desk.ceiling().await.is_some());
    desk.step(id, HandoverAct::SeeLive).await.unwrap();
    assert_eq!(desk.ceiling().await, None, "seen live stops the clock");
    assert!(desk.board().await.is_empty());
    let summary = desk.house.app.case_summary(&desk.room, desk.out.case).await;
    let clocks = summary.unwrap().clocks;
    assert_eq!(
        clocks.seen_live_ms.unwrap() - clocks.published_ms.unwrap(),
        30 * MINUTE
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_partner_seen_live_does_not_stop_the_clock() {
    let desk = Desk::new().await;
    let id = desk.prepare("press_agency").await.unwrap();
    desk.step(id, HandoverAct::Submit).await.unwrap();
    desk.step(id, HandoverAct::SeeLive).await.unwrap();
    assert!(desk.ceiling().await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_it_again_starts_the_silence_anew() {
    let desk = Desk::new().await;
    let id = desk.line("meta").await.handover;
    desk.step(id, HandoverAct::Submit).await.unwrap();
    desk.house.clock.advance(29 * MINUTE);
    desk.step(id, HandoverAct::Submit).await.unwrap();
    desk.house.clock.advance(29 * MINUTE);
    assert!(!desk.line("meta").await.late);
    assert!(!desk.duties().await[0].late);
    desk.house.clock.advance(MINUTE);
    assert!(desk.line("meta").await.late);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_says_how_and_where_and_only_possible_ones_are_taken() {
    let desk = Desk::new().await;
    let id = desk.line("meta").await.handover;
    assert_eq!(
        desk.step(id, HandoverAct::SeeLive).await.unwrap_err().code,
        "not_possible_now",
        "nobody gave it to them"
    );
    for act in [HandoverAct::Drop, HandoverAct::Replace] {
        assert_eq!(code(desk.step(id, act).await), "act=not_an_answer");
    }
    let record = async |act, way| {
        let note = HandoverNote::default();
        let step = HandoverStep { act, way, note };
        let app = &desk.house.app;
        code(
            app.record_handover(&desk.room, id, step, Evidence::default())
                .await,
        )
    };
    assert_eq!(record(HandoverAct::Submit, None).await, "way=missing");
    desk.step(id, HandoverAct::Submit).await.unwrap();
    assert_eq!(
        record(HandoverAct::SeeLive, None).await,
        "words=say_where_seen"
    );
    assert_eq!(record(HandoverAct::Refuse, None).await, "words=missing");
    let other = desk.prepare("press_agency").await.unwrap();
    let portal = HandoverStep {
        act: HandoverAct::Submit,
        way: Some(Way::Portal),
        note: HandoverNote::default(),
    };
    let app = &desk.house.app;
    let wrong = app.record_handover(&desk.room, other, portal, Evidence::default());
    assert_eq!(
        code(wrong.await),
        "way=not_an_answer",
        "they have no portal"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_without_its_legal_line_or_without_consent_is_given_nothing() {
    let desk = Desk::new().await;
    assert_eq!(
        code(desk.prepare("telecom").await),
        "partner=partner_not_enabled"
    );
    assert_eq!(
        code(desk.prepare("nobody").await),
        "partner=no_such_partner"
    );
    let (officer, case) = (&desk.out.officer, desk.out.case);
    let id = desk.line("meta").await.handover;
    for (answer, refusal) in [
        (ChannelAnswer::NotAsked, "partner_consent_not_asked"),
        (ChannelAnswer::Refused, "partner_consent_refused"),
    ] {
        allow(&desk.house.app, officer, case, answer).await;
        assert_eq!(code(desk.prepare("press_agency").await), refusal);
        assert_eq!(code(desk.step(id, HandoverAct::Submit).await), refusal);
        let kit = desk.house.app.handover_zip(&desk.room, id).await;
        assert_eq!(code(kit), refusal, "nothing to hand over is made");
    }
    allow(&desk.house.app, officer, case, ChannelAnswer::Given).await;
    let no = [(tifli_domain::intake::Field::ConsentPublish, "no")];
    desk.house
        .answer(&desk.out.officer, desk.out.case, &no)
        .await;
    assert_eq!(code(desk.prepare("press_agency").await), "no_consent");
    assert_eq!(code(desk.step(id, HandoverAct::Submit).await), "no_consent");
    desk.refuses_kits(id, "no_consent").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_taken_back_closes_the_desk_and_the_prosecutor_opens_it() {
    let desk = Desk::new().await;
    let (app, officer, case) = (&desk.house.app, &desk.out.officer, desk.out.case);
    let id = desk.line("meta").await.handover;
    let own = app.pack().own_consent().to_owned();
    for (answer, open) in [
        (ChannelAnswer::Given, true),
        (ChannelAnswer::Withdrawn, false),
        (ChannelAnswer::Given, true),
        (ChannelAnswer::Refused, false),
    ] {
        record(app, officer, case, (&own, answer)).await;
        if open {
            assert!(app.handover_json(&desk.room, id).await.is_ok());
            continue;
        }
        assert_eq!(code(desk.prepare("press_agency").await), "no_consent");
        assert_eq!(code(desk.step(id, HandoverAct::Submit).await), "no_consent");
        desk.refuses_kits(id, "no_consent").await;
    }
    let stands_in = NewSubstitution {
        name: "Prosecutor Exemple".to_owned(),
        article: app.pack().articles()[0].id.clone(),
        reason: "the child is in danger".to_owned(),
    };
    let prosecutor = desk.house.prosecutor().await;
    let done = app.substitute_consent(&prosecutor, case, stands_in).await;
    done.unwrap();
    let file = app.handover_file(&desk.room, id).await.unwrap();
    assert_eq!(file.refused, None);
    assert!(app.handover_zip(&desk.room, id).await.is_ok());
    desk.prepare("press_agency").await.unwrap();
    desk.step(id, HandoverAct::Submit).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn preparing_twice_gives_the_same_handover_and_only_the_desk_works_it() {
    let desk = Desk::new().await;
    let first = desk.prepare("airports").await.unwrap();
    assert_eq!(desk.prepare("airports").await.unwrap(), first);
    let app = &desk.house.app;
    let officer = &desk.out.officer;
    let refused: [AppError; 4] = [
        app.prepare_handover(officer, desk.out.alert, "meta", None)
            .await
            .unwrap_err(),
        app.handover_zip(officer, first).await.unwrap_err(),
        app.handover_file(officer, first).await.unwrap_err(),
        app.partner_desk(officer).await.unwrap_err(),
    ];
    assert!(refused.iter().all(|error| error.kind == Kind::Forbidden));
    let seen = app.alert_partners(officer, desk.out.alert).await.unwrap();
    assert_eq!(
        seen.lines.len(),
        2,
        "the district sees where its alert stands"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_handover_keeps_its_reason_and_can_be_given_again() {
    let desk = Desk::new().await;
    let id = desk.line("meta").await.handover;
    desk.step(id, HandoverAct::Submit).await.unwrap();
    desk.step_with(id, HandoverAct::Refuse, "out of their area")
        .await
        .unwrap();
    assert_eq!(desk.line("meta").await.state, HandoverState::Refused);
    assert!(desk.board().await.is_empty());
    desk.step(id, HandoverAct::Submit).await.unwrap();
    let file = desk.house.app.handover_file(&desk.room, id).await.unwrap();
    let acts: Vec<_> = file.receipts.iter().map(|r| r.act).collect();
    let submit = Some(HandoverAct::Submit);
    assert_eq!(acts, [None, submit, Some(HandoverAct::Refuse), submit]);
    assert_eq!(file.receipts[2].note.words, "out of their area");
    assert_eq!(file.receipts[2].by, Some(desk.room.person));
    assert_eq!(file.receipts[0].by, None, "the approval prepared it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screenshot_is_drawn_anew_sealed_and_opened_with_an_entry() {
    let desk = Desk::new().await;
    let id = desk.line("meta").await.handover;
    desk.step(id, HandoverAct::Submit).await.unwrap();
    let step = HandoverStep {
        act: HandoverAct::SeeLive,
        way: None,
        note: HandoverNote::default(),
    };
    let app = &desk.house.app;
    let no_image = Evidence(Some(b"%PDF-1.7".to_vec()));
    let refused = app.record_handover(&desk.room, id, step.clone(), no_image);
    assert_eq!(refused.await.unwrap_err().kind, Kind::Invalid);
    let shot = Evidence(Some(desk.house.photo(3)));
    app.record_handover(&desk.room, id, step, shot)
        .await
        .unwrap();
    let file = app.handover_file(&desk.room, id).await.unwrap();
    let seen = file.receipts.last().unwrap();
    assert!(seen.shot);
    let jpeg = app.handover_shot(&desk.room, id, seen.seq).await.unwrap();
    assert_eq!(jpeg[..2], [0xff, 0xd8]);
    assert_eq!(
        app.handover_shot(&desk.room, id, 1).await.unwrap_err().kind,
        Kind::NotFound
    );
    let sweep = app.sweep_blobs(&[]).await.unwrap();
    assert_eq!((sweep.orphans, sweep.missing), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_goes_to_a_link_only_partner_by_named_written_leave_alone() {
    let desk = Desk::new().await;
    let app = &desk.house.app;
    let empty = Some(PictureLeave { by: " ".into() });
    let refused = app.prepare_handover(&desk.room, desk.out.alert, "television", empty);
    assert_eq!(code(refused.await), "picture_by=missing");
    let leave = Some(PictureLeave {
        by: "Prosecutor of Rabat, letter 12".into(),
    });
    let id = app.prepare_handover(&desk.room, desk.out.alert, "television", leave);
    let id = id.await.unwrap();
    assert!(desk.line("television").await.picture);
    let file = app.handover_file(&desk.room, id).await.unwrap();
    assert_eq!(
        file.receipts[0].note.reference,
        "Prosecutor of Rabat, letter 12"
    );
    desk.prepare("railways").await.unwrap();
    assert!(!desk.line("railways").await.picture);
}
