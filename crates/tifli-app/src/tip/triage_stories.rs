//! The queue: ranked, folded, taken by one person, graded, and the last act taken back.

use tifli_domain::duty::DutyKind;
use tifli_domain::triage::{Band, Info, Reach, Same, Source, Tag, Why};
use tifli_domain::{Actor, Role};
use tifli_units::Position;

use super::stories::{Out, telling};
use super::{QueueTip, Telling, TipFilter, TipState, Triage};
use crate::Kind;
use crate::duty::DutyLine;
use crate::testing::TestHouse;

const MINUTE: i64 = 60_000;

async fn told(house: &TestHouse, out: &Out, telling: Telling) -> tifli_domain::id::TipId {
    let told = house.app.tell(&out.code, telling, None, None);
    told.await.unwrap().tip
}

async fn rows(house: &TestHouse, room: &Actor) -> Vec<QueueTip> {
    house.app.tip_queue(room, None, 0).await.unwrap().rows
}

async fn clock_of(house: &TestHouse, room: &Actor, band: Band) -> Option<DutyLine> {
    let board = house.app.board(room).await.unwrap().into_iter();
    let mut mine = board.filter(|duty| duty.kind == DutyKind::TriageTips);
    mine.find(|duty| duty.subject == band.as_str())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_ranks_itself_and_says_why() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let opinion = told(&house, &out, telling("je pense à un oncle")).await;
    let placed = Telling {
        place_words: "près du port".to_owned(),
        ..telling("une fille seule")
    };
    let past = told(&house, &out, placed).await;
    let now = told(&house, &out, telling("je la vois en ce moment")).await;
    let rows = rows(&house, &room).await;
    let order: Vec<_> = rows.iter().map(|row| row.opened.summary.tip).collect();
    assert_eq!(order, [now, past, opinion]);
    let standing = |place: usize| &rows[place].opened.summary.standing;
    assert_eq!(standing(0).band, Band::Live);
    assert_eq!(standing(0).why, [Why::Now, Why::NoPlace]);
    assert_eq!(standing(2).why, [Why::NothingToFollow]);
    let due = |place: usize| standing(place).due_ms - rows[place].opened.summary.received_ms;
    assert_eq!(due(0), 2 * MINUTE);
    assert_eq!(due(2), 24 * 60 * MINUTE);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_paged_once_and_settled_by_the_last_decision() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let one = told(&house, &out, telling("je la vois en ce moment")).await;
    let waits = clock_of(&house, &room, Band::Live).await.unwrap();
    assert!(!waits.late);
    house.clock.advance(2 * MINUTE);
    house.app.page_late_duties().await.unwrap();
    let late = clock_of(&house, &room, Band::Live).await.unwrap();
    assert!(late.late && late.paged_ms.is_some());
    assert!(rows(&house, &room).await[0].late);
    house.app.triage(&room, &[one], Triage::Take).await.unwrap();
    let again = clock_of(&house, &room, Band::Live).await.unwrap();
    assert!(
        !again.late && again.paged_ms.is_none(),
        "who takes it has time"
    );
    house.app.link_tip(&room, one).await.unwrap();
    assert!(clock_of(&house, &room, Band::Live).await.is_none());
    house.app.undo_triage(&room).await.unwrap();
    assert!(clock_of(&house, &room, Band::Live).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_cannot_both_have_a_tip_and_who_has_it_may_give_it() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let (one, other) = (house.room().await, house.room().await);
    let tip = told(&house, &out, telling("vu")).await;
    let app = &house.app;
    let both = [tip];
    let (first, second) = tokio::join!(
        app.triage(&one, &both, Triage::Take),
        app.triage(&other, &both, Triage::Take),
    );
    let refused = [first, second].into_iter().filter_map(Result::err);
    let codes: Vec<_> = refused.map(|error| error.code).collect();
    assert_eq!(codes, ["tip_taken"]);
    let holder = rows(&house, &one).await[0].opened.summary.standing.taken_by;
    let (has, waits) = match holder == Some(one.person) {
        true => (&one, &other),
        false => (&other, &one),
    };
    for act in [
        Triage::Link,
        Triage::Release,
        Triage::Tag(Some(Tag::Detail)),
    ] {
        let refused = app.triage(waits, &[tip], act).await.unwrap_err();
        assert_eq!(refused.code, "tip_taken");
    }
    let give = Triage::Give(waits.person);
    app.triage(has, &[tip], give).await.unwrap();
    app.link_tip(waits, tip).await.unwrap();
    let officer = app.triage(waits, &both, Triage::Give(out.officer.person));
    assert_eq!(officer.await.unwrap_err().code, "not_a_triager");
}

#[tokio::test(flavor = "multi_thread")]
async fn grades_stand_beside_each_other_and_a_tag_moves_the_band() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let tip = told(&house, &out, telling("une voiture grise")).await;
    let act = |act| house.app.triage(&room, std::slice::from_ref(&tip), act);
    let standing = async || rows(&house, &room).await[0].opened.summary.standing.clone();
    act(Triage::Grade(Some(Source::B), None)).await.unwrap();
    act(Triage::Grade(None, Some(Info::Probable)))
        .await
        .unwrap();
    let graded = standing().await;
    assert_eq!(graded.source, Some(Source::B));
    assert_eq!(graded.info, Some(Info::Probable));
    assert_eq!(graded.band, Band::Opinion, "a grade is no rank");
    act(Triage::Tag(Some(Tag::Vehicle))).await.unwrap();
    let tagged = standing().await;
    assert_eq!((tagged.band, tagged.why[0]), (Band::Live, Why::Vehicle));
    assert!(clock_of(&house, &room, Band::Live).await.is_some());
    assert!(clock_of(&house, &room, Band::Opinion).await.is_none());
    act(Triage::Tag(None)).await.unwrap();
    assert_eq!(standing().await.band, Band::Opinion);
}

#[tokio::test(flavor = "multi_thread")]
async fn tips_that_say_the_same_are_one_row_and_nothing_is_lost() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let words = "une fille en manteau rouge devant la gare de Salé";
    let one = told(&house, &out, telling(words)).await;
    let two = told(
        &house,
        &out,
        telling("Une FILLE en manteau rouge, devant la gare de Sale"),
    )
    .await;
    let folded = rows(&house, &room).await;
    assert_eq!(folded.len(), 1);
    assert_eq!(folded[0].opened.summary.tip, one);
    let behind = &folded[0].folded[0];
    assert_eq!((behind.0.summary.tip, behind.1), (two, Same::Words));
    house
        .app
        .triage(&room, &[two], Triage::Apart)
        .await
        .unwrap();
    assert_eq!(rows(&house, &room).await.len(), 2);
    house
        .app
        .triage(&room, &[two], Triage::Together)
        .await
        .unwrap();
    assert_eq!(rows(&house, &room).await.len(), 1);
    let dismissed = Triage::Dismiss("duplicate".to_owned());
    house
        .app
        .triage(&room, &[one, two], dismissed)
        .await
        .unwrap();
    assert!(rows(&house, &room).await.is_empty());
    let undone = house.app.undo_triage(&room).await.unwrap();
    assert_eq!((undone.act.as_str(), undone.tips.len()), ("tip.dismiss", 2));
    let listed = house
        .app
        .list_tips(&room, TipFilter::default())
        .await
        .unwrap();
    assert!(listed.iter().all(|tip| tip.state == TipState::Received));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_is_taken_back_by_who_did_it_soon_and_only_if_nothing_came_after() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let (room, colleague) = (house.room().await, house.room().await);
    let tip = told(&house, &out, telling("vu")).await;
    let app = &house.app;
    assert_eq!(
        app.undo_triage(&room).await.unwrap_err().code,
        "nothing_to_undo"
    );
    app.dismiss_tip(&room, tip, "hoax").await.unwrap();
    app.link_tip(&room, tip).await.unwrap();
    app.undo_triage(&room).await.unwrap();
    let read = app.read_tip(&room, tip).await.unwrap();
    assert_eq!(read.summary.state, TipState::Dismissed);
    assert_eq!(
        read.reason.as_deref(),
        Some("hoax"),
        "the reason is there again"
    );
    app.undo_triage(&room).await.unwrap();
    let read = app.read_tip(&room, tip).await.unwrap();
    assert_eq!(
        (read.summary.state, read.reason),
        (TipState::Received, None)
    );
    app.link_tip(&room, tip).await.unwrap();
    let grade = Triage::Grade(Some(Source::F), Some(Info::Unjudged));
    app.triage(&colleague, &[tip], grade).await.unwrap();
    assert_eq!(
        app.undo_triage(&room).await.unwrap_err().code,
        "tip_moved_on"
    );
    house.clock.advance(11 * MINUTE);
    assert_eq!(
        app.undo_triage(&room).await.unwrap_err().code,
        "nothing_to_undo"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_too_far_for_the_time_is_said_and_stays_in_the_queue() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let dakhla = Telling {
        point: Some(Position::new(23.7, -15.93).unwrap()),
        ..telling("je la vois en ce moment")
    };
    let far = told(&house, &out, dakhla).await;
    let near = told(
        &house,
        &out,
        telling("à l’instant même, en ce moment, je la vois là-bas"),
    )
    .await;
    let rows = rows(&house, &room).await;
    let order: Vec<_> = rows.iter().map(|row| row.opened.summary.tip).collect();
    assert_eq!(order, [near, far], "last of its band");
    assert_eq!(rows[0].reach, Reach::Unknown);
    assert!(matches!(
        rows[1].reach,
        Reach::Impossible | Reach::Car | Reach::Earlier
    ));
    assert!(rows[1].journey.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_room_sees_the_queue() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let tip = told(&house, &out, telling("vu")).await;
    let prosecutor = house.actor(Role::Prosecutor, "fes").await;
    for who in [&out.officer, &out.approver, &prosecutor] {
        let refused = house.app.tip_queue(who, None, 0).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
        let refused = house.app.triage(who, &[tip], Triage::Take).await;
        assert_eq!(refused.unwrap_err().kind, Kind::Forbidden);
        assert!(house.app.undo_triage(who).await.is_err());
    }
}
