//! People by file and people moved: looked at, taken as a whole, at once, and never half.

use tifli_domain::duty::DutyKind;
use tifli_domain::{Actor, Role};

use super::{Moving, Roster, ServiceMove, SessionKind, Verdict};
use crate::report::Confirmation;
use crate::testing::{DISTRICT, TestHouse};
use crate::tip::stories::Out;

const HEAD: &str = "login,name,role,district,unit\n";

async fn looked(house: &TestHouse, actor: &Actor, file: &str) -> Roster {
    house.app.look_at_people(actor, file).await.unwrap()
}

fn verdicts(roster: &Roster) -> Vec<(u64, String)> {
    let word = |verdict: &Verdict| match verdict {
        Verdict::New => "new".to_owned(),
        Verdict::Same => "same".to_owned(),
        Verdict::Changed(columns) => columns.join(" "),
        Verdict::Wrong(problems) => {
            let words = problems
                .iter()
                .map(|one| format!("{}={}", one.field, one.code));
            words.collect::<Vec<_>>().join(" ")
        }
    };
    let line = |line: &super::RosterLine| (line.line, word(&line.verdict));
    roster.lines.iter().map(line).collect()
}

fn elsewhere(hand_to: Option<&Actor>) -> Moving {
    Moving {
        role: Role::Officer,
        district: "fes".to_owned(),
        unit: "Medina".to_owned(),
        service: ServiceMove::Follows,
        reason: "mutation annuelle".to_owned(),
        hand_to: hand_to.map(|to| to.person),
    }
}

#[tokio::test]
async fn a_file_is_judged_line_by_line_and_nothing_changes() {
    let house = TestHouse::new().await;
    let admin = house.administrator().await;
    house.officer().await;
    let file = format!(
        "\u{feff}{HEAD}amina,Amina Exemple,officer,{DISTRICT},Poste 1\n\
        officer2,Person 2,officer,{DISTRICT},Unit 2\n\
        x,Y,officer,nowhere,\n\
        karim,Karim Exemple,chief,{DISTRICT},\n\
        AMINA,Encore Amina,officer,{DISTRICT},\n\
        administrator1,Person 1,officer,{DISTRICT},Unit 1\n"
    );
    let roster = looked(&house, &admin, &file).await;
    let told = verdicts(&roster);
    let told: Vec<(u64, &str)> = told.iter().map(|(line, word)| (*line, &**word)).collect();
    let expected = [
        (2, "new"),
        (3, "same"),
        (4, "login=not_a_login district=not_an_answer"),
        (5, "role=not_an_answer"),
        (6, "login=given_twice"),
        (7, "login=own_move"),
    ];
    assert_eq!(told, expected);
    assert!(!roster.may_apply());
    let refused = house
        .app
        .take_people(&admin, &file, (&roster.seen, "reason"))
        .await;
    assert_eq!(refused.err().unwrap().problems[0].code, "nothing_to_take");
    assert_eq!(house.app.list_people(&admin).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_file_with_semicolons_is_taken_as_a_whole_and_once() {
    let house = TestHouse::new().await;
    let admin = house.administrator().await;
    house.officer().await;
    let file = format!(
        "login;name;role;district;unit\n\
        amina;Amina, Exemple;officer;{DISTRICT};Poste 1\n\
        officer2;Person Renamed;officer;fes;Unit 2\n"
    );
    let roster = looked(&house, &admin, &file).await;
    assert_eq!(verdicts(&roster)[1].1, "name district");
    assert_eq!(
        roster.missing,
        [("administrator1".to_owned(), "Person 1".to_owned())]
    );
    let app = &house.app;
    let refused = app.take_people(&admin, &file, (&roster.seen, "")).await;
    assert_eq!(refused.err().unwrap().problems[0].field, "reason");
    let taken = app
        .take_people(&admin, &file, (&roster.seen, "nouvelle organisation"))
        .await
        .unwrap();
    assert_eq!((taken.created.len(), taken.changed), (1, 1));
    assert_eq!(taken.created[0].login, "amina");
    let people = app.list_people(&admin).await.unwrap();
    let moved = people.iter().find(|one| one.login == "officer2").unwrap();
    assert_eq!(
        (&*moved.display_name, &*moved.district),
        ("Person Renamed", "fes")
    );
    let again = app
        .take_people(&admin, &file, (&roster.seen, "nouvelle organisation"))
        .await;
    assert_eq!(again.err().unwrap().code, "changed_meanwhile");
}

#[tokio::test]
async fn what_goes_out_comes_back_as_it_was_and_bad_files_are_refused_beside_the_file() {
    let house = TestHouse::new().await;
    let admin = house.administrator().await;
    house.officer().await;
    let file = house.app.export_people(&admin).await.unwrap();
    let roster = looked(&house, &admin, &file).await;
    assert!(
        roster
            .lines
            .iter()
            .all(|line| line.verdict == Verdict::Same)
    );
    assert!(!roster.may_apply() && roster.missing.is_empty());
    for (file, code) in [
        ("", "roster_columns_missing"),
        ("login,name\na,b\n", "roster_columns_missing"),
        ("login,name,role,shoe\na,b,room,42\n", "unknown_column"),
        (HEAD, "nothing_to_take"),
        ("login,name,role\na,b\n", "not_csv"),
    ] {
        let refused = house.app.look_at_people(&admin, file).await.err().unwrap();
        assert_eq!(refused.problems[0].code, code, "{file:?}");
    }
    let many: String = (0..201).map(|n| format!("new{n},New,room,,\n")).collect();
    let roster = looked(&house, &admin, &format!("{HEAD}{many}")).await;
    assert_eq!(verdicts(&roster)[200].1, "login=too_many_new");
    assert_eq!(verdicts(&roster)[199].1, "new");
    let refused = house.app.export_people(&house.room().await).await;
    assert_eq!(refused.unwrap_err().code, "role");
}

#[tokio::test]
async fn a_move_ends_sessions_at_once_and_hands_on_what_was_begun() {
    let house = TestHouse::new().await;
    let admin = house.administrator().await;
    let (officer, secrets) = house.person(Role::Officer, DISTRICT).await;
    let colleague = house.officer().await;
    let app = &house.app;
    let draft = house.draft(&officer).await;
    let received = house.received_case(&officer).await;
    app.begin_alert(&officer, received).await.unwrap();
    let service = "police-rabat-agdal".parse().unwrap();
    app.assign_first(officer.person, &service).await.unwrap();
    let factor = super::Factor::Totp(house.code(&secrets));
    let session = app
        .sign_in(
            &secrets.login,
            crate::testing::PASSWORD,
            &factor,
            SessionKind::Browser,
        )
        .await
        .unwrap();
    let begun = app.begun_work(&admin, officer.person).await.unwrap();
    assert_eq!(begun.len(), 2);
    let stranger = house.actor(Role::Officer, "oujda").await;
    let refused = app
        .move_person(&admin, officer.person, &elsewhere(Some(&stranger)))
        .await;
    assert_eq!(refused.unwrap_err().problems[0].field, "hand_to");
    let handed = app
        .move_person(&admin, officer.person, &elsewhere(Some(&colleague)))
        .await;
    assert_eq!(handed, Ok(2));
    assert_eq!(app.service_of(&officer).await, Ok(None));
    assert_eq!(app.find_actor(&session.token).await.unwrap(), None);
    let board = app.board(&colleague).await.unwrap();
    let handed = board
        .iter()
        .filter(|duty| duty.kind == DutyKind::TakeOverWork);
    let handed: Vec<_> = handed
        .map(|duty| (duty.case, duty.subject.clone()))
        .collect();
    let to = colleague.person.to_string();
    assert!(handed.contains(&(draft, to.clone())) && handed.contains(&(received, to)));
    let moves = app.moves(&admin, officer.person).await.unwrap();
    assert_eq!(moves[0].reason, "mutation annuelle");
    assert_eq!(
        (&*moves[0].row.from.district, &*moves[0].row.to.district),
        (DISTRICT, "fes")
    );
    let again = app
        .move_person(&admin, officer.person, &elsewhere(None))
        .await;
    assert_eq!(again.unwrap_err().code, "moved_nowhere");
    let own = app
        .move_person(&admin, admin.person, &elsewhere(None))
        .await;
    assert_eq!(own.unwrap_err().code, "own_move");
}

#[tokio::test]
async fn who_moves_after_handing_over_is_still_of_the_unit_that_wrote_it() {
    let house = TestHouse::new().await;
    let admin = house.administrator().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let message = app.begin_alert(&officer, case).await.unwrap();
    let submitted = app.submit(&officer, message, Confirmation::Given).await;
    let binding = submitted.unwrap().binding;
    let (mate, _) = house.person(Role::Approver, DISTRICT).await;
    let mate = Actor {
        unit: officer.unit.clone(),
        ..mate
    };
    app.move_person(&admin, officer.person, &elsewhere(None))
        .await
        .unwrap();
    let refused = app.approve(&mate, message, binding.clone()).await;
    assert_eq!(refused.unwrap_err().code, "unit_cannot_approve");
    let other = house.approver().await;
    app.approve(&other, message, binding).await.unwrap();
    let moved = Actor {
        district: "fes".to_owned(),
        ..officer
    };
    let read = app.read_file(&moved, case, "test").await;
    assert_eq!(read.err().unwrap().code, "district");
}

#[tokio::test]
async fn an_approval_given_stands_when_its_author_moves() {
    let house = TestHouse::new().await;
    let admin = house.administrator().await;
    let out = Out::live(&house).await;
    let app = &house.app;
    app.move_person(&admin, out.officer.person, &elsewhere(None))
        .await
        .unwrap();
    let summary = app.summary(&out.approver, out.alert).await.unwrap();
    assert_eq!(summary.state, tifli_domain::alert::AlertState::Live);
}

#[tokio::test]
async fn a_service_of_the_country_goes_along_and_one_of_a_district_is_left_with_it() {
    let house = TestHouse::new().await;
    let admin = house.administrator().await;
    let app = &house.app;
    let services = app.list_services(&admin).await.unwrap();
    let of = |district: &str| {
        let mut there = services.iter().filter(|one| one.district == district);
        there.next().unwrap().id.clone()
    };
    let (national, local, there) = (of(""), of(DISTRICT), of("fes"));
    let joins = |id: &tifli_domain::service::ServiceId| ServiceMove::Joins(id.clone());
    for (held, service, theirs) in [
        (&national, ServiceMove::Follows, Ok(Some(&national))),
        (&national, ServiceMove::Leaves, Ok(None)),
        (&national, joins(&there), Ok(Some(&there))),
        (&local, ServiceMove::Follows, Ok(None)),
        (&local, joins(&national), Ok(Some(&national))),
        (&local, joins(&local), Err("not_of_the_district")),
    ] {
        let officer = house.officer().await;
        app.assign_service(&admin, officer.person, Some(held))
            .await
            .unwrap();
        let told = format!("{held:?} {service:?}");
        let moving = Moving {
            service,
            ..elsewhere(None)
        };
        let moved = app.move_person(&admin, officer.person, &moving).await;
        let now = app.service_of(&officer).await.unwrap();
        match theirs {
            Ok(theirs) => {
                assert_eq!(moved, Ok(0), "{told}");
                assert_eq!(now.as_ref(), theirs, "{told}");
            }
            Err(code) => {
                assert_eq!(moved.unwrap_err().problems[0].code, code);
                assert_eq!(now.as_ref(), Some(held), "nothing is half done");
            }
        }
    }
}
