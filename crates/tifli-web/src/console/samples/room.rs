//! Samples of the ranked queue, the live board and the wall. Not served.

use tifli_domain::case::CaseState;
use tifli_domain::risk::{Raise, Risk};
use tifli_domain::tip::TipState;
use tifli_domain::triage::{Band, Info, Reach, Same, Source, Tag, Why};

use super::super::queue::{BandTile, FoldedRow, Holder, Queue, QueueRow, QueueRows};
use super::super::room::{ChannelRow, RoomAlertRow, RoomCaseRow, RoomPage, RoomParts, WallPage};
use super::super::tips::{TipRow, dismissals};
use super::{HOSTILE, Pages, at, author, map, now, pick, shell};
use crate::forms::Choice;
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("queue", &queue(locale, rows(locale)))?;
    let empty = Queue {
        said: None,
        more: None,
        ..queue(locale, Vec::new())
    };
    pages.insert("queue-none", &empty)?;
    let page = |parts: RoomParts| RoomPage {
        shell: parts.shell.clone(),
        parts,
    };
    pages.insert("room", &page(parts(locale)))?;
    pages.insert("room-none", &page(quiet(locale)))?;
    let wall = parts(locale);
    let shell = wall.shell.clone();
    pages.insert("wall", &WallPage { parts: wall, shell })
}

pub(super) fn insert_parts(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    let queue = queue(locale, rows(locale));
    let part = QueueRows {
        shell: queue.shell,
        now: queue.now,
        bands: queue.bands,
        rows: queue.rows,
    };
    pages.insert("queue-rows", &part)?;
    pages.insert("room-parts", &parts(locale))
}

fn queue(locale: Locale, rows: Vec<QueueRow>) -> Queue {
    let shell = shell(locale, Some(ConsoleRole::Room), "/console/tips");
    Queue {
        now: now(),
        bands: bands(),
        said: Some(shell.word("queue-said-{}", "undone")),
        more: Some("/console/tips?skip=60".to_owned()),
        rows,
        shell,
    }
}

fn bands() -> Vec<BandTile> {
    let counts = [(2, 1), (5, 0), (14, 3), (31, 0)];
    let tile = |(band, (waiting, late)): (&Band, (u64, u64))| BandTile {
        band: *band,
        waiting,
        late,
    };
    Band::ALL.iter().zip(counts).map(tile).collect()
}

fn tip(locale: Locale, id: &str, words: &str) -> TipRow {
    TipRow {
        id: id.to_owned(),
        number: "SLE-26-0003".to_owned(),
        child: pick(locale, "ياسمين", "Yasmine", "Yasmine").to_owned(),
        state: TipState::Received,
        received: at("14:47:00"),
        seen: pick(locale, "الآن", "en ce moment", "right now").to_owned(),
        place: pick(
            locale,
            "محطة سلا المدينة",
            "Gare de Salé-Ville",
            "Salé-Ville station",
        )
        .to_owned(),
        words: words.to_owned(),
        language: "ar".to_owned(),
        photo: false,
        unread: 0,
    }
}

fn row(locale: Locale, id: &str, words: &str) -> QueueRow {
    let shell = shell(locale, Some(ConsoleRole::Room), "/console/tips");
    QueueRow {
        tip: tip(locale, id, words),
        band: Band::Live,
        why: vec![Why::Now, Why::Place],
        due: at("14:49:00"),
        late: true,
        holder: None,
        source: None,
        info: None,
        tag: None,
        apart: false,
        reach: Reach::Walking,
        journey: Some((3, 95)),
        folded: Vec::new(),
        reasons: dismissals(&shell, ""),
        colleagues: vec![Choice::new("person_1", author(locale))],
    }
}

fn rows(locale: Locale) -> Vec<QueueRow> {
    let coat = "رأيت طفلة بمعطف أحمر تجلس وحدها قرب شباك التذاكر، وهي هناك الآن.";
    let again = FoldedRow {
        tip: tip(locale, "tip_2", coat),
        why: Same::Words,
    };
    let phone = FoldedRow {
        tip: tip(locale, "tip_3", HOSTILE),
        why: Same::Phone,
    };
    let first = QueueRow {
        folded: vec![again, phone],
        ..row(locale, "tip_1", coat)
    };
    let mine = QueueRow {
        band: Band::Fresh,
        why: vec![Why::Detail, Why::SeenRecently, Why::Place, Why::Photo],
        due: at("15:20:00"),
        late: false,
        holder: Some(Holder {
            name: author(locale),
            me: true,
        }),
        source: Some(Source::B),
        info: Some(Info::Possible),
        tag: Some(Tag::Detail),
        reach: Reach::Car,
        journey: Some((86, 120)),
        ..row(
            locale,
            "tip_4",
            "كانت تحمل حقيبة عليها قطة، في محطة الحافلات.",
        )
    };
    let theirs = QueueRow {
        band: Band::Past,
        why: vec![Why::SeenEarlier, Why::NoPlace],
        due: at("15:47:00"),
        late: false,
        holder: Some(Holder {
            name: author(locale),
            me: false,
        }),
        apart: true,
        reach: Reach::Impossible,
        journey: Some((540, 60)),
        ..row(locale, "tip_5", HOSTILE)
    };
    let opinion = QueueRow {
        band: Band::Opinion,
        why: vec![Why::NothingToFollow],
        due: at("18:47:00"),
        late: false,
        reach: Reach::Unknown,
        journey: None,
        ..row(locale, "tip_6", "أظن أنها عند أحد أقاربها.")
    };
    vec![first, mine, theirs, opinion]
}

fn parts(locale: Locale) -> RoomParts {
    let case = |n: usize, risk, why: &[Raise], state| RoomCaseRow {
        id: format!("case_{n}"),
        number: format!("SLE-26-000{n}"),
        child: pick(locale, "ياسمين", "Yasmine", "Yasmine").to_owned(),
        age: Some(6 + n as i64),
        state,
        risk,
        why: why.to_vec(),
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        deadline: (n < 3).then(|| at("18:00:00")),
    };
    let channel = |name: &str, handed, failed, withdrawn| ChannelRow {
        name: name.to_owned(),
        handed,
        inside: 412_300,
        failed,
        withdrawn,
    };
    let push = pick(locale, "إشعارات المتصفح", "Notifications", "Web push");
    let alert = |n: usize, live: bool| RoomAlertRow {
        href: format!("/console/alerts/alert_{n}/delivery"),
        number: format!("SLE-26-000{n}"),
        live,
        expires: live.then(|| at("20:00:00")),
        channels: vec![
            channel(push, 398_112, u64::from(live) * 14, !live),
            channel(HOSTILE, 412_300, 0, !live),
        ],
    };
    RoomParts {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/room"),
        now: now(),
        cases: vec![
            case(
                1,
                Risk::High,
                &[Raise::Force, Raise::Young],
                CaseState::Received,
            ),
            case(2, Risk::Medium, &[], CaseState::Alerted),
            case(3, Risk::High, &[Raise::Medicine], CaseState::Alerted),
            case(4, Risk::Medium, &[], CaseState::Recalling),
        ],
        beyond: 3,
        alerts: vec![alert(2, true), alert(4, false)],
        bands: bands(),
        late: 4,
        map: map(),
        tips_href: "/console/tips",
    }
}

fn quiet(locale: Locale) -> RoomParts {
    let calm = bands().into_iter().map(|tile| BandTile {
        waiting: 0,
        late: 0,
        ..tile
    });
    RoomParts {
        cases: Vec::new(),
        beyond: 0,
        alerts: Vec::new(),
        bands: calm.collect(),
        late: 0,
        map: None,
        tips_href: "",
        ..parts(locale)
    }
}
