//! Figures over real cases: what an erasure leaves of them, who sees which, and files that no
//! spreadsheet runs.

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::cell::harmless;
use tifli_domain::figures::{Amount, Code, Figure, Moment, Period, Row, Shown};
use tifli_domain::intake::Field;
use tifli_domain::qualify::Rung;

use super::{Mark, Version, cases_csv, figures_csv};
use crate::publication::Qualifying;
use crate::testing::TestHouse;
use crate::tip::stories::{Out, telling};

fn this_year(house: &TestHouse) -> Period {
    let Period::Week(week) = house.app.present_week() else {
        panic!("a week was asked for");
    };
    Period::Year(week.date().year())
}

async fn figures(house: &TestHouse, who: &Actor, version: Version) -> Vec<Figure> {
    let read = house
        .app
        .period_figures(who, this_year(house), version)
        .await;
    read.unwrap().figures
}

fn count(figures: &[Figure], key: &str) -> (Option<i64>, Option<i64>) {
    let found = figures.iter().find(|figure| figure.key == key);
    let found = found.unwrap_or_else(|| panic!("no {key}"));
    (found.numerator, found.denominator)
}

/// A case lived to its end: a rung, a changed answer, tips, an alert, a closed file.
async fn lived(house: &TestHouse) -> Out {
    let out = Out::live(house).await;
    let app = &house.app;
    let rung = Qualifying {
        rung: Some(Rung::National),
        reason: "vu dans un car de nuit".to_owned(),
        ..Qualifying::default()
    };
    app.qualify(&out.approver, out.case, &rung).await.unwrap();
    let later = [(Field::Nature, "forced"), (Field::ChildAge, "12")];
    house.answer(&out.officer, out.case, &later).await;
    let room = house.room().await;
    let tip = app.tell(&out.code, telling("vu au port"), None, None).await;
    app.link_tip(&room, tip.unwrap().tip).await.unwrap();
    house.clock.advance(3 * 60 * 60 * 1000);
    out.dark(house).await;
    app.close_case(&out.officer, out.case).await.unwrap();
    out
}

#[tokio::test]
async fn a_years_figures_are_the_same_before_and_after_an_erasure() {
    let house = TestHouse::new().await;
    let out = lived(&house).await;
    let officer = house.officer().await;
    house.received_case(&officer).await;
    let (room, app) = (house.room().await, &house.app);
    let before = figures(&house, &room, Version::Exact).await;
    let rows = app.figure_rows(&room, this_year(&house)).await.unwrap();
    let first = &rows[0];
    let told = [Code::Nature, Code::Age, Code::Sex, Code::Rung, Code::Ending];
    let told = told.map(|code| first.code(code));
    assert_eq!(told, ["forced", "12_14", "girl", "national", "alive"]);
    assert_eq!(first.amount(Amount::Linked), 1);
    assert!(first.at(Moment::Dark).is_some() && first.at(Moment::Located).is_some());
    assert_eq!(count(&before, "received.rung.national"), (Some(1), Some(2)));
    assert_eq!(count(&before, "closed.outcome.found"), (Some(1), Some(1)));

    let second = house.prosecutor().await;
    let asked = app.request_erasure(&out.officer, out.case, "délai écoulé");
    let asked = asked.await.unwrap();
    app.confirm_erasure(&second, asked).await.unwrap();
    let state = app.case_row(out.case).await.unwrap().state;
    assert_eq!(state, CaseState::Erased);
    assert_eq!(figures(&house, &room, Version::Exact).await, before);
    let after = app.figure_rows(&room, this_year(&house)).await.unwrap();
    assert_eq!(after, rows);
}

#[tokio::test]
async fn a_file_erased_without_having_been_closed_is_counted_as_its_items_say() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    out.dark(&house).await;
    let (room, second) = (house.room().await, house.prosecutor().await);
    let open = figures(&house, &room, Version::Exact).await;
    assert_eq!(count(&open, "open"), (Some(1), Some(1)));
    let asked = house
        .app
        .request_erasure(&out.officer, out.case, "délai écoulé");
    let asked = asked.await.unwrap();
    house.app.confirm_erasure(&second, asked).await.unwrap();
    let gone = figures(&house, &room, Version::Exact).await;
    assert_eq!(count(&gone, "open").0, Some(0));
    assert_eq!(count(&gone, "found.by.police"), (Some(1), Some(1)));
}

#[tokio::test]
async fn an_officer_counts_the_own_district_and_the_administrator_sees_what_is_published() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    house.received_case(&officer).await;
    let foreign = house.actor(tifli_domain::Role::Officer, "fes").await;
    let own = figures(&house, &officer, Version::Exact).await;
    assert_eq!(count(&own, "received"), (Some(1), Some(1)));
    let other = figures(&house, &foreign, Version::Exact).await;
    assert_eq!(count(&other, "received"), (Some(0), Some(0)));
    let app = &house.app;
    let rows = app.figure_rows(&foreign, this_year(&house)).await.unwrap();
    assert_eq!(rows, []);
    let administrator = house.administrator().await;
    assert_eq!(app.usual_figures(&administrator), Version::Published);
    let refused = app
        .period_figures(&administrator, this_year(&house), Version::Exact)
        .await;
    assert_eq!(refused.unwrap_err().code, "role");
    let refused = app.figure_rows(&administrator, this_year(&house)).await;
    assert_eq!(refused.unwrap_err().code, "role");
    let year = this_year(&house);
    let early = app
        .period_figures(&administrator, year, Version::Published)
        .await;
    assert_eq!(early.unwrap_err().code, "period_runs");
    house.clock.advance(366 * 86_400_000);
    let published = app
        .period_figures(&administrator, year, Version::Published)
        .await;
    let published = published.unwrap().figures;
    let received = published.iter().find(|figure| figure.key == "received");
    assert_eq!(received.unwrap().shown, Shown::Small);
    let told = published.iter().filter(|figure| figure.value == Some(1));
    assert_eq!(told.count(), 0, "one case shows nowhere");
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_disarmed() {
    for cell in ["=1+1", "+212", "-1", "@x", "\tx", "\rx"] {
        assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
    }
    assert_eq!(harmless("RBT-0042".to_owned()), "RBT-0042");
    let mut row = Row::new("=cmd|' /C calc'!A0");
    row.say(Code::District, "a,\"b\"");
    row.put(Moment::Received, Some(1_700_000_000_123));
    let file = cases_csv(&[row], Mark::Bom).unwrap();
    let line = file.lines().nth(1).unwrap();
    assert!(file.starts_with("\u{feff}case,district,"));
    assert!(line.starts_with("'=cmd|' /C calc'!A0,\"a,\"\"b\"\"\","));
    assert!(line.contains("2023-11-14T22:13:20.123Z"), "{line}");
    let span = Period::Year(2026).span(&jiff::tz::TimeZone::UTC).unwrap();
    let file = figures_csv(&[], &span, Mark::None).unwrap();
    assert_eq!(
        file.lines().nth(1),
        Some("period_from,utc,2026-01-01T00:00:00.000Z,,,,exact")
    );
}

#[tokio::test]
async fn a_week_is_published_from_its_last_moment_on_and_marked_for_the_house_until_then() {
    let house = TestHouse::new().await;
    let (room, app) = (house.room().await, &house.app);
    let week = app.present_week();
    assert_eq!(app.usual_period(Version::Exact), week);
    let usual = app.usual_period(Version::Published);
    assert_eq!(Some(usual), week.find_earlier());
    let read = async |period, version| app.period_figures(&room, period, version).await;
    assert!(!read(usual, Version::Published).await.unwrap().running);
    let exact = read(week, Version::Exact).await.unwrap();
    assert!(exact.running);
    house
        .clock
        .advance(exact.span.to_ms - 1 - house.clock.now_ms());
    let early = read(week, Version::Published).await;
    assert_eq!(early.unwrap_err().code, "period_runs");
    house.clock.advance(1);
    assert!(!read(week, Version::Published).await.unwrap().running);
    assert!(!read(week, Version::Exact).await.unwrap().running);
    let next = read(app.present_week(), Version::Published).await;
    assert_eq!(next.unwrap_err().code, "period_runs");
}
