//! Samples of drafting, deciding, delivering and ending an alert. Not served.

use askama::Template as _;
use tifli_domain::approval::NotApprovable;
use tifli_domain::channel::capability::Recall as Can;
use tifli_domain::delivery::DeliveryState;
use tifli_domain::message::MsgType;
use tifli_domain::partner::HandoverState;
use tifli_domain::publication::Blocker;
use tifli_domain::qualify::Rung;

use super::super::approval::{
    AbroadLine, ApprovalPage, ConsentLine, Offer, ProfileLine, SeenBinding, Untargeted,
};
use super::super::delivery::{
    ChannelRow, DarkBy, DarkRow, DeliveryFigures, DeliveryList, DeliveryListRow, DeliveryPage,
    FailureRow, Figures, Recall, ReceiptRow,
};
use super::super::draft::{
    AlertDraft, AreaKind, DraftArea, DraftText, PhotoChoice, PublicPreview, Reach, ReachPanel,
    ReachWarning, RegionChoice, Returned,
};
use super::super::ledger::LedgerRow;
use super::super::obstacles::Obstacle;
use super::super::problems::of_code;
use super::super::weighing::{Change, Run, SentPreview};
use super::super::wrong::Wrong;
use super::{HOSTILE, Pages, at, author, map, now, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::{ConsoleRole, Shell};

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    let previews = previews()?;
    pages.insert("draft", &draft(locale))?;
    pages.insert("draft-regions", &draft_regions(locale))?;
    pages.insert("draft-preview", &draft_returned(locale, previews.clone()))?;
    pages.insert("approval", &approval(locale, Offer::Open, previews.clone()))?;
    for offer in [
        Offer::Blocked,
        Offer::OwnDraft,
        Offer::OwnUnit,
        Offer::Expired,
        Offer::Stale,
        Offer::NotYours,
    ] {
        pages.insert(
            &format!("approval-{}", offer.as_str()),
            &approval(locale, offer, previews.clone()),
        )?;
    }
    pages.insert("delivery", &delivery(locale, figures(locale)))?;
    pages.insert(
        "delivery-dark",
        &DeliveryPage {
            refresh: true,
            case: None,
            ..delivery(locale, dark_figures(locale))
        },
    )?;
    pages.insert("delivery-list", &delivery_list(locale))
}

pub(super) fn insert_parts(locale: Locale, parts: &mut Pages) -> askama::Result<()> {
    let shell = || {
        shell(
            locale,
            Some(ConsoleRole::Officer),
            "/console/alerts/alert_1/draft",
        )
    };
    parts.insert(
        "reach",
        &ReachPanel {
            shell: shell(),
            reach: reach(locale),
            map: map(),
        },
    )?;
    parts.insert(
        "figures",
        &DeliveryFigures {
            shell: shell(),
            alert: "alert_1".to_owned(),
            figures: figures(locale),
        },
    )
}

fn previews() -> askama::Result<Vec<PublicPreview>> {
    let mut list = Vec::new();
    for locale in [Locale::Ar, Locale::Fr] {
        let page = crate::public::samples::alert(locale).render()?;
        list.extend(PublicPreview::of_page(locale, &page));
    }
    Ok(list)
}

fn reach(locale: Locale) -> Reach {
    Reach {
        subscribers: Some(41_250),
        residents: Some(4_580_866),
        foreign_percent: Some(1),
        source: pick(locale, "إحصاء 2024", "RGPH 2024", "Census of 2024").to_owned(),
        area: pick(
            locale,
            "160 كيلومترا حول تابريكت، سلا، داخل المغرب",
            "160 kilomètres autour de Tabriquet, Salé, au Maroc",
            "160 kilometres around Tabriquet, Salé, within Morocco",
        )
        .to_owned(),
        month_tenths: Some(13),
        month_most: 4,
        warnings: vec![ReachWarning::Clipped],
    }
}

fn text(locale: Locale) -> DraftText {
    let arabic = locale == Locale::Ar;
    DraftText {
        language: locale.tag().to_owned(),
        language_name: locale.own_name().to_owned(),
        dir: if arabic { "rtl" } else { "ltr" },
        first_name: pick(locale, "ياسمين", "Yasmine", "Yasmine").to_owned(),
        place: pick(
            locale,
            "حي تابريكت، سلا",
            "Quartier Tabriquet, Salé",
            "Tabriquet district, Salé",
        )
        .to_owned(),
        when: pick(
            locale,
            "الأحد 22 نونبر حوالي 13:15",
            "Dimanche 22 novembre vers 13 h 15",
            "Sunday 22 November around 13:15",
        )
        .to_owned(),
        clothes: pick(
            locale,
            "معطف أحمر، سروال جينز أزرق",
            "Manteau rouge, jean bleu",
            "Red coat, blue jeans",
        )
        .to_owned(),
        marks: String::new(),
        headline: pick(
            locale,
            "طفلة مختفية: ياسمين، 7 سنوات",
            "Enfant disparue : Yasmine, 7 ans",
            "Missing girl: Yasmine, 7 years old",
        )
        .to_owned(),
        description: pick(
            locale,
            "شوهدت آخر مرة وهي تخرج من المدرسة.",
            "Vue pour la dernière fois à la sortie de l’école.",
            "Last seen leaving school.",
        )
        .to_owned(),
        instruction: pick(
            locale,
            "إذا رأيتموها فاتصلوا فورا.",
            "Si vous la voyez, appelez aussitôt.",
            "If you see her, call at once.",
        )
        .to_owned(),
        optional: locale == Locale::En,
    }
}

fn draft(locale: Locale) -> AlertDraft {
    let choice = |media: &str, chosen| PhotoChoice {
        media: media.to_owned(),
        src: "portrait.svg".to_owned(),
        chosen,
    };
    let words = shell(
        locale,
        Some(ConsoleRole::Officer),
        "/console/alerts/alert_1/draft",
    );
    AlertDraft {
        shell: words.clone(),
        alert: "alert_1".to_owned(),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        child: text(locale).first_name,
        version: 1,
        base: "7f3a0c".to_owned(),
        consent_given: true,
        photos: vec![choice("media_1", true), choice("media_2", false)],
        texts: Locale::ALL.map(text).to_vec(),
        names_adult: AlertDraft::named(&words, "no"),
        names_plate: AlertDraft::named(&words, "not_said"),
        obstacles: Vec::new(),
        area: DraftArea {
            radius_km: "160".to_owned(),
            lat: "34.05310".to_owned(),
            lon: "-6.79846".to_owned(),
            regions: regions(locale),
            ..DraftArea::default()
        },
        hours: "12".to_owned(),
        hours_most: 72,
        reach: reach(locale),
        map: map(),
        returned: None,
        previews: Vec::new(),
        saved: Some(at("14:31:00")),
        errors: FormErrors::none(),
    }
}

/// Two regions, one with provinces.
fn regions(locale: Locale) -> Vec<RegionChoice> {
    let choice = |value: &str, words: [&str; 3], chosen| Choice {
        value: value.to_owned(),
        label: pick(locale, words[0], words[1], words[2]).to_owned(),
        chosen,
    };
    let rabat = [
        "الرباط-سلا-القنيطرة",
        "Rabat-Salé-Kénitra",
        "Rabat-Sale-Kenitra",
    ];
    let fez = ["فاس-مكناس", "Fès-Meknès", "Fez-Meknes"];
    let provinces = vec![
        choice("p04281", ["القنيطرة", "Kénitra", "Kenitra"], false),
        choice("p04441", ["سلا", "Salé", "Sale"], true),
    ];
    vec![
        RegionChoice {
            region: choice("r03", fez, true),
            provinces: Vec::new(),
        },
        RegionChoice {
            region: choice("r04", rabat, false),
            provinces,
        },
    ]
}

/// Regions, of which none was ticked.
fn draft_regions(locale: Locale) -> AlertDraft {
    let mut page = draft(locale);
    page.area.kind = AreaKind::Regions;
    page.errors
        .insert("regions", of_code(&page.shell, "regions_none"));
    page
}

fn draft_returned(locale: Locale, previews: Vec<PublicPreview>) -> AlertDraft {
    let mut page = draft(locale);
    page.version = 2;
    page.consent_given = false;
    page.obstacles = Obstacle::list(&page.shell, "case_1", &Blocker::ALL, |_| true);
    page.photos = Vec::new();
    page.previews = previews;
    page.reach = Reach {
        warnings: ReachWarning::ALL.to_vec(),
        ..Reach::unknown()
    };
    page.map = None;
    page.area = DraftArea {
        kind: AreaKind::Polygon,
        radius_km: "160 m".to_owned(),
        polygon: HOSTILE.to_owned(),
        ..DraftArea::default()
    };
    page.returned = Some(Returned {
        by: HOSTILE.to_owned(),
        at: at("14:40:00"),
        reason: HOSTILE.to_owned(),
        rung: "local",
        open: true,
    });
    for (field, wrong) in [
        (
            "headline.fr",
            Wrong::Text(tifli_domain::text::TextError::Missing),
        ),
        (
            "headline.en",
            Wrong::Text(tifli_domain::text::TextError::Markup),
        ),
        ("radius_km", Wrong::Radius),
        ("polygon", Wrong::Area),
        ("hours", Wrong::Hours),
        ("photo", Wrong::PhotoBroken),
    ] {
        let words = wrong.say(&page.shell);
        page.errors.insert(field, words);
    }
    page
}

fn untargeted(locale: Locale, offer: Offer) -> Untargeted {
    Untargeted {
        value: "public_page,cap_feed".to_owned(),
        names: channels(locale),
        named: offer != Offer::Open,
    }
}

fn profile_lines(shell: &Shell) -> Vec<ProfileLine> {
    let line = |code: &str, withholds| ProfileLine {
        profile: shell.word("cap-profile-{}", "ipaws"),
        withholds,
        words: shell.word("cap-unmet-{}", code),
        at: "/alert/info[1]".to_owned(),
    };
    vec![
        line("profile-area-code", true),
        line("profile-start-ignored", false),
    ]
}

fn approval(locale: Locale, offer: Offer, previews: Vec<PublicPreview>) -> ApprovalPage {
    let mut page = ApprovalPage {
        shell: shell(
            locale,
            Some(ConsoleRole::Approver),
            "/console/alerts/alert_1/approval",
        ),
        now: now(),
        alert: "alert_1".to_owned(),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        child: text(locale).first_name,
        age: Some(7),
        version: 1,
        previews,
        map: map(),
        reach: reach(locale),
        obstacles: Vec::new(),
        rung: Rung::Area,
        abroad: vec![abroad(locale)],
        consent: consent(locale, offer),
        changes: Vec::new(),
        author: author(locale),
        submitted: at("14:58:00"),
        deadline: Some(at("23:31:20")),
        expires: at("23:59:00"),
        channels: channels(locale),
        untargeted: Some(untargeted(locale, offer)),
        sent: sent(locale),
        weighing: super::weighing::weighing(locale),
        profile_findings: Vec::new(),
        binding: SeenBinding {
            json: HOSTILE.to_owned(),
            message_hash: "9f".repeat(32),
            area_hash: "3a".repeat(32),
            count: 41_250,
            at_seq: 90_412,
        },
        offer,
        ask_password: true,
        reason: String::new(),
        errors: FormErrors::none(),
    };
    page.profile_findings = profile_lines(&page.shell);
    if offer != Offer::Open {
        page.version = 2;
        page.ask_password = false;
        if offer == Offer::Blocked {
            let all = Obstacle::list(&page.shell, "case_1", &Blocker::ALL, |_| true);
            page.obstacles = Obstacle::outside_draft(all);
        }
        page.reason = HOSTILE.to_owned();
        page.changes = vec![Change {
            what: page.shell.word("text-{}", "headline"),
            language: locale.tag().to_owned(),
            dir: "auto",
            runs: runs(&text(locale)),
        }];
        let words = Wrong::Reason.say(&page.shell);
        if offer.may_turn_down() {
            page.errors.insert("reason", words);
        }
    } else {
        let words = Wrong::from(NotApprovable::CountDrifted).say(&page.shell);
        page.errors.insert("decision", words);
        page.errors
            .insert("password", Wrong::Password.say(&page.shell));
    }
    page
}

fn sent(locale: Locale) -> Vec<SentPreview> {
    vec![SentPreview {
        channel: channels(locale).remove(0),
        language: "العربية".to_owned(),
        limit: Some(80),
        recall: "best_effort",
        fields: vec![("data.texts.1.headline".to_owned(), HOSTILE.to_owned())],
        text: HOSTILE.to_owned(),
        runs: runs(&text(locale)),
    }]
}

fn runs(text: &DraftText) -> Vec<Run> {
    let run = |fate, text: &str| Run {
        fate,
        text: text.to_owned(),
    };
    vec![
        run("kept", &text.headline),
        run("gone", HOSTILE),
        run("added", &text.place),
    ]
}

fn consent(locale: Locale, offer: Offer) -> ConsentLine {
    ConsentLine {
        given: offer != Offer::Blocked,
        by: pick(
            locale,
            "الأم، أمام ضابط المداومة، محضر موقع",
            "La mère, devant l’officier de permanence, PV signé",
            "The mother, before the officer on duty, signed",
        )
        .to_owned(),
        at: Some(at("09:25:00")),
    }
}

fn abroad(locale: Locale) -> AbroadLine {
    AbroadLine {
        country: pick(locale, "الجزائر", "Algérie", "Algeria").to_owned(),
        square_km: 5_310,
        percent: 7,
    }
}

fn channels(locale: Locale) -> Vec<String> {
    let shell = shell(locale, None, "/");
    ["public_page", "web_push", "cap_feed"]
        .map(|word| shell.channel(word))
        .to_vec()
}

fn channel_row(shell: &Shell, channel: &str, state: DeliveryState) -> ChannelRow {
    ChannelRow {
        channel: shell.channel(channel),
        version: 1,
        kind: MsgType::Alert,
        state,
        inside: 41_250,
        handed: 36_104,
        failed: 12,
        gone: 331,
        retrying: 88,
        rate: 9_870,
        first: Some(at("15:04:50")),
        last: Some(at("15:04:58")),
        loud: Some(("normal", "sound")),
    }
}

fn figures(locale: Locale) -> Figures {
    let shell = shell(locale, None, "/");
    let failure = |who: &str, code: &str, next| FailureRow {
        who: who.to_owned(),
        channel: shell.channel("web_push"),
        host: "push.example.net".to_owned(),
        code: code.to_owned(),
        attempts: 3,
        at: at("15:04:40"),
        next,
    };
    Figures {
        now: now(),
        inside: 41_250,
        handed: 36_104,
        failed: 12,
        retrying: 88,
        all_tried_after: None,
        to_relay: 0,
        rows: vec![
            channel_row(&shell, "web_push", DeliveryState::Sending),
            ChannelRow {
                inside: 2,
                handed: 1,
                failed: 0,
                gone: 0,
                retrying: 1,
                rate: 0,
                last: None,
                loud: None,
                ..channel_row(&shell, "webhook", DeliveryState::Retrying)
            },
            ChannelRow {
                inside: 0,
                handed: 0,
                failed: 0,
                gone: 0,
                retrying: 0,
                rate: 0,
                first: None,
                last: None,
                loud: None,
                kind: MsgType::Update,
                ..channel_row(&shell, "sms", DeliveryState::Pending)
            },
        ],
        failures: vec![
            failure("48 213", "503", Some(at("15:05:10"))),
            failure(HOSTILE, "400 BadRequest", None),
        ],
        failures_total: 12,
        receipts: vec![ReceiptRow {
            at: at("15:04:51"),
            channel: shell.channel("webhook"),
            words: HOSTILE.to_owned(),
        }],
        partners: deliveries(locale),
        systems: super::bulletin::systems(locale),
        recall: None,
    }
}

/// Deliveries to partners, by programs and by people.
fn deliveries(locale: Locale) -> Vec<LedgerRow> {
    let mut rows = super::ledger::systems(locale);
    rows.extend(super::partner::lines(locale));
    rows
}

fn dark_figures(locale: Locale) -> Figures {
    let shell = shell(locale, None, "/");
    let dark = |channel: &str, how, time: Option<&str>| DarkRow {
        channel: shell.channel(channel),
        how,
        stands: None,
        can: (channel != "webhook").then_some(match how {
            DarkBy::Page => Can::Real,
            DarkBy::Letter | DarkBy::Partner | DarkBy::Hand => Can::Nothing,
            DarkBy::Feed | DarkBy::Push => Can::BestEffort,
        }),
        told: match how {
            DarkBy::Page | DarkBy::Feed | DarkBy::Hand => None,
            DarkBy::Push => Some((40_907, 40_912)),
            DarkBy::Letter => Some((311, 312)),
            DarkBy::Partner => Some((0, u64::from(time.is_none()))),
        },
        dark: time.map(at),
        seconds: 4,
    };
    let states = [
        DeliveryState::Done,
        DeliveryState::Withdrawn,
        DeliveryState::Dead,
    ];
    Figures {
        retrying: 0,
        failed: 0,
        all_tried_after: Some(9),
        rows: states
            .map(|state| ChannelRow {
                kind: MsgType::Cancel,
                version: 2,
                retrying: 0,
                handed: 40_907,
                ..channel_row(&shell, "web_push", state)
            })
            .to_vec(),
        failures: Vec::new(),
        failures_total: 0,
        receipts: Vec::new(),
        partners: deliveries(locale)
            .into_iter()
            .filter(|row| !row.waits())
            .collect(),
        recall: Some(Recall {
            ended: at("15:00:00"),
            dark: (locale != Locale::En).then(|| at("15:00:11")),
            seconds: 11,
            channels: vec![
                dark("public_page", DarkBy::Page, Some("15:00:00")),
                dark("cap_feed", DarkBy::Feed, Some("15:00:00")),
                dark("mail_alert", DarkBy::Letter, Some("15:00:09")),
                dark("web_push", DarkBy::Push, Some("15:00:11")),
                dark("webhook", DarkBy::Partner, None),
                dark("email", DarkBy::Partner, Some("15:00:00")),
                DarkRow {
                    can: None,
                    stands: Some(HandoverState::WithdrawalAsked),
                    ..dark("meta", DarkBy::Hand, None)
                },
            ],
            holders: match locale {
                Locale::En => Vec::new(),
                Locale::Ar | Locale::Fr => super::ledger::holders(locale),
            },
        }),
        ..figures(locale)
    }
}

fn delivery(locale: Locale, figures: Figures) -> DeliveryPage {
    DeliveryPage {
        shell: shell(
            locale,
            Some(ConsoleRole::Approver),
            "/console/alerts/alert_1/delivery",
        ),
        alert: "alert_1".to_owned(),
        case: Some("case_1".to_owned()),
        number: "SLE-26-0001".to_owned(),
        child: text(locale).first_name,
        refresh: false,
        figures,
    }
}

fn delivery_list(locale: Locale) -> DeliveryList {
    let row = |live| DeliveryListRow {
        alert: "alert_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        child: text(locale).first_name,
        live,
        sent: at("15:04:50"),
        inside: 41_250,
        handed: 36_104,
        failed: 12,
    };
    DeliveryList {
        shell: shell(locale, Some(ConsoleRole::Approver), "/console/delivery"),
        rows: vec![row(true), row(false)],
    }
}
