//! The first page: the cases a person may see with what comes next, and what waits for them; and taking a new report.

use std::collections::BTreeMap;

use serde::Deserialize;
use tifli_app::alert::AlertSummary;
use tifli_app::duty::DutyLine;
use tifli_app::report::{CaseFilter, CaseSummary, ChildLine};
use tifli_domain::alert::{AlertState, CONFIRM_WITHIN, EndReason, VersionState};
use tifli_domain::case::CaseState;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;

use super::desk::{Desk, Names, Sent, go_to};
use super::step::Floor;
use crate::console::cases::{
    CaseRow, CasesHome, EndedAlert, LiveAlert, WaitingAlarm, WaitingAlert,
};
use crate::i18n::Locale;
use crate::layout::Shell;
use crate::problem::{Answer, Refused};
use crate::request::QueryOf;
use crate::server::moment;

/// Cases on one page.
const PAGE: usize = 50;

/// The query of the list. What is searched for never stands in an address: it names people.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    page: usize,
}

/// What the rows of the page are made of.
struct Stuff {
    floor: Floor,
    names: Names,
    numbers: BTreeMap<CaseId, String>,
    children: BTreeMap<CaseId, ChildLine>,
}

/// `GET /console/cases`.
pub async fn list(desk: Desk, QueryOf(query): QueryOf<ListQuery>) -> Answer {
    home(&desk, String::new(), query.page).await
}

/// `POST /console/cases/search`: the list of what the words of the form find.
pub async fn search(Sent { desk, form }: Sent) -> Answer {
    let page = form.text("page").parse().unwrap_or_default();
    home(&desk, form.text("q").to_owned(), page).await
}

/// A page of the list; every case where nothing is searched for.
async fn home(desk: &Desk, words: String, page: usize) -> Answer {
    let app = desk.app();
    let filter = CaseFilter {
        query: words.clone(),
        state: None,
    };
    let cases = app.list_cases(&desk.actor, &filter).await?;
    let start = page.saturating_mul(PAGE).min(cases.len());
    let end = (start + PAGE).min(cases.len());
    let shown = &cases[start..end];
    let floor = Floor::of(desk).await?;
    let mut wanted: Vec<CaseId> = shown.iter().map(|case| case.case).collect();
    wanted.extend(floor.alerts.keys());
    let duties = match desk.may(Act::ReadBoard) {
        true => app.board(&desk.actor).await?,
        false => Vec::new(),
    };
    let waits = |duty: &&DutyLine| duty.kind == DutyKind::TakeOverAlarm;
    let open_alarms: Vec<&DutyLine> = duties.iter().filter(waits).collect();
    wanted.extend(open_alarms.iter().map(|duty| duty.case));
    let mut numbers: BTreeMap<CaseId, String> = cases
        .iter()
        .map(|case| (case.case, case.label.clone()))
        .collect();
    for case in floor.alerts.keys() {
        if !numbers.contains_key(case) {
            numbers.insert(*case, app.case_summary(&desk.actor, *case).await?.label);
        }
    }
    let children = app.child_lines(&desk.actor, &wanted).await?;
    let stuff = Stuff {
        floor,
        names: desk.names().await?,
        numbers,
        children,
    };
    let mut rows = Vec::with_capacity(shown.len());
    for case in shown {
        rows.push(row(desk, &stuff, case).await?);
    }
    let tips_waiting = match desk.may(Act::TriageTips) {
        true => Some(app.all_waiting_tips(&desk.actor).await?),
        false => None,
    };
    let mut alarms = Vec::with_capacity(open_alarms.len());
    for duty in open_alarms {
        alarms.push(alarm(desk, &stuff, duty).await?);
    }
    let view = CasesHome {
        alarms,
        now: desk.now,
        query: words,
        cases: rows,
        more: (end < cases.len()).then(|| page + 1),
        key: desk.state.random_hex(16),
        may_report: desk.may(Act::TakeReport) && !desk.actor.district.is_empty(),
        waiting: waiting(desk, &stuff).await?,
        live: live(desk, &stuff).await?,
        ended: ended(desk, &stuff),
        tips_waiting,
        shell: Shell {
            path: "/console/cases".to_owned(),
            ..desk.shell.clone()
        },
    };
    Ok(desk.page(&view))
}

/// `POST /console/cases`: the same form sent twice opens one report.
pub async fn start(Sent { desk, form }: Sent) -> Answer {
    let typed = form.text("key");
    let key = if typed.is_empty() {
        desk.state.random_hex(16)
    } else {
        typed.to_owned()
    };
    let case = desk.app().start_report(&desk.actor, &key).await?;
    Ok(go_to(format!("/console/cases/{case}/report")))
}

/// A child's first name in the script of the page, or in the only one there is.
pub fn first_name(locale: Locale, ar: &str, latin: &str) -> String {
    let own = if locale == Locale::Ar { ar } else { latin };
    let other = if locale == Locale::Ar { latin } else { ar };
    if own.is_empty() {
        other.to_owned()
    } else {
        own.to_owned()
    }
}

async fn row(desk: &Desk, stuff: &Stuff, case: &CaseSummary) -> Result<CaseRow, Refused> {
    let (next, next_href) = stuff.floor.next(case.case, case.state);
    let told = matches!(
        case.state,
        CaseState::Alerted | CaseState::Recalling | CaseState::Dark | CaseState::Closed
    );
    let tips_waiting = match told {
        true => desk.app().waiting_tips(&desk.actor, case.case).await?,
        false => 0,
    };
    let (child, age) = stuff.child(desk, case.case);
    Ok(CaseRow {
        id: case.case.to_string(),
        number: case.label.clone(),
        child,
        age,
        state: case.state,
        next,
        next_href,
        district: desk.district(&case.district),
        started: moment(case.clocks.started_ms),
        deadline: case
            .ceiling_left_ms
            .map(|left| moment(desk.now.as_millisecond() + left)),
        tips_waiting,
    })
}

async fn alarm(desk: &Desk, stuff: &Stuff, duty: &DutyLine) -> Result<WaitingAlarm, Refused> {
    let case = desk.app().case_summary(&desk.actor, duty.case).await?;
    let (child, age) = stuff.child(desk, duty.case);
    Ok(WaitingAlarm {
        case: duty.case.to_string(),
        number: case.label,
        child,
        age,
        district: desk.district(&duty.district),
        since: moment(duty.opened_ms),
        due: moment(duty.due_ms),
        mine: desk.may_in(Act::TakeOverAlarm, &duty.district),
    })
}

async fn waiting(desk: &Desk, stuff: &Stuff) -> Result<Vec<WaitingAlert>, Refused> {
    if !desk.may(Act::ApproveAlert) {
        return Ok(Vec::new());
    }
    let mut waiting = Vec::new();
    for alert in desk.app().list_waiting(&desk.actor).await? {
        let versions = desk.app().alert_versions(&desk.actor, alert.alert).await?;
        let Some(version) = versions
            .into_iter()
            .find(|line| line.state == VersionState::Submitted)
        else {
            continue;
        };
        let case = desk.app().case_summary(&desk.actor, alert.case).await?;
        let (child, age) = stuff.child(desk, alert.case);
        waiting.push(WaitingAlert {
            alert: alert.alert.to_string(),
            number: case.label,
            child,
            age,
            author: stuff.names.of(version.author),
            submitted: moment(version.submitted_ms.unwrap_or(version.at_ms)),
            deadline: case
                .ceiling_left_ms
                .map(|left| moment(desk.now.as_millisecond() + left)),
            version: version.version,
            subscribers: version.subscribers,
        });
    }
    Ok(waiting)
}

async fn live(desk: &Desk, stuff: &Stuff) -> Result<Vec<LiveAlert>, Refused> {
    let mut live = Vec::new();
    for alert in stuff.floor.in_state(AlertState::Live) {
        let (mut handed, mut inside) = (0, 0);
        let watches = desk.may_in(Act::ReadDeliveries, &alert.district);
        if watches {
            let progress = desk.app().progress(&desk.actor, alert.alert).await?;
            for channel in progress
                .channels
                .iter()
                .filter(|channel| channel.channel == "web_push")
            {
                handed = channel.handed.unsigned_abs();
                inside = channel.inside.unsigned_abs();
            }
        }
        live.push(LiveAlert {
            href: match watches {
                true => format!("/console/alerts/{}/delivery", alert.alert),
                false => format!("/console/cases/{}", alert.case),
            },
            alert: alert.alert.to_string(),
            number: stuff.number(alert.case),
            child: stuff.child(desk, alert.case).0,
            since: moment(alert.live_ms.unwrap_or_default()),
            expires: moment(alert.expires_ms.unwrap_or_default()),
            handed,
            inside,
        });
    }
    Ok(live)
}

fn ended(desk: &Desk, stuff: &Stuff) -> Vec<EndedAlert> {
    let ended = stuff.floor.in_state(AlertState::Ended).into_iter();
    let mine = ended.filter(|alert| desk.may_in(Act::ConfirmEnd, &alert.district));
    mine.map(|alert| {
        let at = alert.ended_ms.unwrap_or_default();
        EndedAlert {
            alert: alert.alert.to_string(),
            number: stuff.number(alert.case),
            child: stuff.child(desk, alert.case).0,
            reason: alert.end_reason.unwrap_or(EndReason::Expired),
            by: alert
                .ended_by
                .map(|by| stuff.names.of(by))
                .unwrap_or_default(),
            ended: moment(at),
            confirm_until: moment(at + CONFIRM_WITHIN.as_millis()),
        }
    })
    .collect()
}

impl Floor {
    fn in_state(&self, state: AlertState) -> Vec<&AlertSummary> {
        let mut alerts: Vec<_> = self
            .alerts
            .values()
            .filter(|alert| alert.state == state)
            .collect();
        alerts.sort_by_key(|alert| std::cmp::Reverse(alert.live_ms));
        alerts
    }
}

impl Stuff {
    fn number(&self, case: CaseId) -> String {
        self.numbers.get(&case).cloned().unwrap_or_default()
    }

    fn child(&self, desk: &Desk, case: CaseId) -> (String, Option<i64>) {
        let Some(line) = self.children.get(&case) else {
            return (String::new(), None);
        };
        let name = first_name(desk.shell.locale(), &line.first_name_ar, &line.first_name);
        (name, line.age)
    }
}
