//! Invented examples of every public page, for the rendering tests and the gallery. Nothing here is ever served.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{
    AboutPage, Age, AlertCard, AlertPage, AlertView, AnswerView, CallNumber, CreditLine,
    CurrentAlertsPage, DialogueLine, EmbedPage, EndedPage, FamilyEnterPage, FamilyFollowPage,
    FeedLine, FeedLink, FeedsPage, LettersPage, LettersStep, LettersStepPage, MapSvg, MissingTime,
    OfficerView, PhotoView, Problem, ProblemPage, PublishedView, Said, Sex, Speaker, SubscribePage,
    TipDialoguePage, TipForm, TipPage, TipProgress, TipReturnPage, TipThanksPage, VerifyPage,
};
use tifli_app::alert::{Note, Verdict};

use crate::format::Formats;
use crate::forms::{Choice, FormErrors};
use crate::i18n::{Locale, T};
use crate::layout::{PublicShell, RealmBanner};

/// A rendered page with a name for files and test messages.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Short name, unique among samples.
    pub name: String,
    /// The whole HTML.
    pub html: String,
}

/// A text somebody hostile might type; it has to come out as plain text everywhere.
pub const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

/// Renders every public page in a language.
///
/// # Errors
/// When a template fails to render.
pub fn render_all(locale: Locale) -> askama::Result<Vec<Sample>> {
    let mut list = Vec::new();
    let mut insert = |name: &str, html: askama::Result<String>| -> askama::Result<()> {
        list.push(Sample {
            name: name.to_owned(),
            html: html?,
        });
        Ok(())
    };
    use askama::Template as _;
    insert("alert", alert(locale).render())?;
    insert("letters", letters(locale, Some("Rabat")).render())?;
    insert("letters-wrong", letters(locale, Some(HOSTILE)).render())?;
    insert("letters-absent", letters(locale, None).render())?;
    for step in LettersStep::ALL {
        let name = format!("letters-{}", step.as_str());
        insert(&name, letters_step(locale, step).render())?;
    }
    insert("alert-bare", bare_alert(locale).render())?;
    insert(
        "ended",
        EndedPage {
            shell: shell(locale, "/a/k7m2q9x4"),
        }
        .render(),
    )?;
    insert("current", current(locale).render())?;
    insert(
        "current-none",
        CurrentAlertsPage {
            shell: shell(locale, "/"),
            alerts: Vec::new(),
        }
        .render(),
    )?;
    insert("tip", tip(locale).render())?;
    insert("tip-errors", tip_with_errors(locale).render())?;
    insert("tip-thanks", thanks(locale).render())?;
    insert("tip-return", tip_return(locale).render())?;
    insert("tip-dialogue", dialogue(locale).render())?;
    insert("family-enter", family_enter(locale).render())?;
    insert("family", family(locale, "alert_out").render())?;
    insert("family-silent", family(locale, "received").render())?;
    insert("subscribe", subscribe(locale, None).render())?;
    insert("subscribe-found", subscribe(locale, Some("Salé")).render())?;
    insert("verify", verify(locale, None).render())?;
    for (name, verdict, note) in ANSWERS {
        insert(name, verify(locale, Some((verdict, note))).render())?;
    }
    insert("verify-too-long", verify_too_long(locale).render())?;
    insert("embed", embed(locale, current(locale).alerts).render())?;
    insert("embed-none", embed(locale, Vec::new()).render())?;
    insert("feeds", feeds(locale).render())?;
    insert("about", about(locale).render())?;
    for problem in Problem::ALL {
        let page = ProblemPage {
            shell: shell(locale, "/"),
            problem,
            reference: Some("01K9-4TQ2".to_owned()),
        };
        insert(
            &format!("problem-{}", problem.status().as_u16()),
            page.render(),
        )?;
    }
    Ok(list)
}

const ANSWERS: [(&str, Verdict, Option<Note>); 7] = [
    ("verify-active", Verdict::Active, None),
    ("verify-outdated", Verdict::Active, Some(Note::Outdated)),
    ("verify-ended", Verdict::Ended, None),
    ("verify-not-ours", Verdict::NotOurs, None),
    ("verify-differs", Verdict::NotOurs, Some(Note::Differs)),
    (
        "verify-foreign",
        Verdict::NotOurs,
        Some(Note::ForeignAddress),
    ),
    ("verify-exercise", Verdict::Exercise, None),
];

/// A shell as a Moroccan demo would have it.
#[must_use]
pub fn shell(locale: Locale, path: &str) -> PublicShell {
    let zone = TimeZone::get("Africa/Casablanca").unwrap_or(TimeZone::UTC);
    let authority = pick(
        locale,
        "المديرية العامة للأمن الوطني",
        "Direction générale de la Sûreté nationale",
        "National police",
    );
    PublicShell {
        t: T::new(locale),
        formats: Formats::for_country(locale, "ma", zone),
        realm: RealmBanner::Demo,
        path: path.to_owned(),
        origin: "https://tifli.example".to_owned(),
        authority: authority.to_owned(),
    }
}

/// An alert with every field filled.
#[must_use]
pub fn alert(locale: Locale) -> AlertPage {
    let said = |ar, fr, en| Some(Said::new(locale.tag(), pick(locale, ar, fr, en)));
    let alert = AlertView {
        clothes: said(
            "معطف أحمر، سروال جينز أزرق، حذاء رياضي أبيض",
            "Manteau rouge, jean bleu, baskets blanches",
            "Red coat, blue jeans, white trainers",
        ),
        marks: said(
            "شامة صغيرة على الخد الأيسر، تحمل حقيبة ظهر عليها قطة",
            "Petit grain de beauté sur la joue gauche, sac à dos avec un chat",
            "Small mole on the left cheek, backpack with a cat on it",
        ),
        languages: said("الدارجة، الفرنسية", "Darija, français", "Darija, French"),
        description: said(
            "شوهدت آخر مرة وهي تخرج من المدرسة مشيا على الأقدام في اتجاه محطة الترامواي.",
            "Vue pour la dernière fois à la sortie de l’école, à pied, en direction de la station de tramway.",
            "Last seen leaving school on foot towards the tram stop.",
        ),
        instruction: said(
            "إذا رأيتموها فابقوا قريبين منها واتصلوا فورا. لا تحاولوا نقلها بأنفسكم.",
            "Si vous la voyez, restez près d’elle et appelez aussitôt. Ne la déplacez pas vous-même.",
            "If you see her, stay near and call at once. Do not take her anywhere yourself.",
        ),
        photo: Some(PhotoView {
            src: "portrait.svg".to_owned(),
            width: 480,
            height: 600,
        }),
        updated_at: Some(at("2026-11-22T15:40:00Z")),
        map: MapSvg::parse(SAMPLE_MAP.to_owned()),
        regions: vec![
            Said::new(
                locale.tag(),
                pick(
                    locale,
                    "الرباط-سلا-القنيطرة",
                    "Rabat-Salé-Kénitra",
                    "Rabat-Sale-Kenitra",
                ),
            ),
            Said::new(
                locale.tag(),
                pick(locale, "فاس-مكناس", "Fès-Meknès", "Fez-Meknes"),
            ),
        ],
        ..bare(locale)
    };
    AlertPage {
        shell: shell(locale, "/a/k7m2q9x4"),
        alert,
    }
}

fn bare_alert(locale: Locale) -> AlertPage {
    let alert = AlertView {
        first_name: HOSTILE.to_owned(),
        sex: Sex::Unsaid,
        age: Some(Age::Months(20)),
        missing: MissingTime::Between(at("2026-11-22T08:00:00Z"), at("2026-11-22T09:30:00Z")),
        description: Some(Said::new("en", HOSTILE)),
        ..bare(locale)
    };
    AlertPage {
        shell: shell(locale, "/a/k7m2q9x4"),
        alert,
    }
}

fn bare(locale: Locale) -> AlertView {
    AlertView {
        code: "k7m2q9x4".to_owned(),
        verify_code: "TF-4827".to_owned(),
        photo: None,
        first_name: pick(locale, "ياسمين", "Yasmine", "Yasmine").to_owned(),
        age: Some(Age::Years(7)),
        sex: Sex::Girl,
        missing: MissingTime::Around(at("2026-11-22T12:15:00Z")),
        place: Said::new(
            locale.tag(),
            pick(
                locale,
                "حي تابريكت، سلا",
                "Quartier Tabriquet, Salé",
                "Tabriquet district, Salé",
            ),
        ),
        clothes: None,
        marks: None,
        languages: None,
        description: None,
        instruction: None,
        call: call(),
        map: None,
        regions: Vec::new(),
        issued_at: at("2026-11-22T13:05:00Z"),
        updated_at: None,
        version: 2,
        expires_at: at("2026-11-24T13:05:00Z"),
    }
}

fn current(locale: Locale) -> CurrentAlertsPage {
    let thumb = Some(PhotoView {
        src: "portrait.svg".to_owned(),
        width: 160,
        height: 200,
    });
    let card = |code: &str, name: &str, age, sex, thumb| AlertCard {
        code: code.to_owned(),
        thumb,
        first_name: name.to_owned(),
        age: Some(age),
        sex,
        place: bare(locale).place,
        missing: MissingTime::At(at("2026-11-22T12:15:00Z")),
    };
    let boy = pick(locale, "أنس", "Anas", "Anas");
    let alerts = vec![
        card(
            "k7m2q9x4",
            &bare(locale).first_name,
            Age::Years(7),
            Sex::Girl,
            thumb,
        ),
        card("p3w8z5n6", boy, Age::Years(13), Sex::Boy, None),
        card("d9t2h7v8", HOSTILE, Age::Years(2), Sex::Unsaid, None),
    ];
    CurrentAlertsPage {
        shell: shell(locale, "/"),
        alerts,
    }
}

fn tip(locale: Locale) -> TipPage {
    TipPage {
        shell: shell(locale, "/a/k7m2q9x4/tip"),
        about: Some(bare(locale).first_name),
        action: "/a/k7m2q9x4/tip".to_owned(),
        form: TipForm {
            key: "b1946ac9".to_owned(),
            ..TipForm::default()
        },
        errors: FormErrors::none(),
        call: call(),
    }
}

fn tip_with_errors(locale: Locale) -> TipPage {
    let mut page = tip(locale);
    page.form.seen = HOSTILE.to_owned();
    page.form.place = HOSTILE.to_owned();
    page.form.when = "2026-11-22T14:00".to_owned();
    page.form.places = places(locale);
    page.errors.insert("seen", HOSTILE);
    page.errors
        .insert("photo", page.shell.t.get("problem-too-large"));
    page
}

fn thanks(locale: Locale) -> TipThanksPage {
    TipThanksPage {
        shell: shell(locale, "/tip"),
        receipt: "4827159036471825".to_owned(),
        call: call(),
    }
}

fn tip_return(locale: Locale) -> TipReturnPage {
    let mut errors = FormErrors::none();
    errors.insert("receipt", HOSTILE);
    TipReturnPage {
        shell: shell(locale, "/tip/return"),
        receipt: HOSTILE.to_owned(),
        errors,
    }
}

fn dialogue(locale: Locale) -> TipDialoguePage {
    let line = |speaker, when: &str, text: &str| DialogueLine {
        speaker,
        at: at(when),
        text: text.to_owned(),
    };
    let question = pick(
        locale,
        "هل تتذكرون لون السيارة؟",
        "Vous souvenez-vous de la couleur de la voiture ?",
        "Do you remember the color of the car?",
    );
    TipDialoguePage {
        shell: shell(locale, "/tip/return"),
        receipt: "4827159036471825".to_owned(),
        progress: TipProgress::BeingLookedAt,
        may_answer: true,
        lines: vec![
            line(Speaker::Sender, "2026-11-22T14:02:00Z", HOSTILE),
            line(Speaker::Police, "2026-11-22T14:20:00Z", question),
        ],
        answer: String::new(),
        errors: FormErrors::none(),
    }
}

fn family_enter(locale: Locale) -> FamilyEnterPage {
    let shell = shell(locale, "/family");
    let mut errors = FormErrors::none();
    errors.insert("pin", shell.t.get("family-pin-unknown"));
    FamilyEnterPage {
        shell,
        pin: HOSTILE.to_owned(),
        errors,
    }
}

fn family(locale: Locale, progress: &'static str) -> FamilyFollowPage {
    let out = progress == "alert_out";
    FamilyFollowPage {
        shell: shell(locale, "/family"),
        pin: "4827159036471825".to_owned(),
        progress,
        received: Some(at("2026-11-22T09:02:00Z")),
        officer: OfficerView {
            name: HOSTILE.to_owned(),
            unit: "Agdal 2".to_owned(),
            district: "Rabat".to_owned(),
        },
        published: out.then(|| PublishedView {
            href: format!("/{locale}/a/k7m2q9x4"),
            at: at("2026-11-22T10:00:00Z"),
            until: at("2026-11-23T10:00:00Z"),
        }),
        code_word: out.then(|| HOSTILE.to_owned()),
        kept: if out { "memory" } else { "" },
        withdrawal: out.then(|| at("2026-11-22T11:00:00Z")),
        memory: HOSTILE.to_owned(),
        wish: String::new(),
        errors: FormErrors::none(),
        call: CallNumber {
            shown: "19".to_owned(),
            dialled: "19".to_owned(),
        },
    }
}

fn subscribe(locale: Locale, query: Option<&str>) -> SubscribePage {
    SubscribePage {
        shell: shell(locale, "/subscribe"),
        query: query.map(str::to_owned),
        places: query.map(|_| places(locale)).unwrap_or_default(),
        letters: query.is_some(),
        vapid_public_key: query.map(|_| "BNbxGYNMhEIi9zrneh7mqV4oUanjLUK3m-mYZBc62frMKrEoMk88r3Lk596T0ck9xlT-aok0fO1KXBLV4-XqxYM".to_owned()),
    }
}

fn letters(locale: Locale, query: Option<&str>) -> LettersPage {
    let shell = shell(locale, "/letters");
    let mut errors = FormErrors::none();
    if query == Some(HOSTILE) {
        errors.insert("address", shell.t.get("problem-not_an_address"));
    }
    LettersPage {
        offered: query.is_some(),
        places: query.map(|_| places(locale)).unwrap_or_default(),
        languages: Choice::select(
            vec![Choice::new("ar", "العربية"), Choice::new("fr", "Français")],
            locale.tag(),
        ),
        address: query.unwrap_or_default().to_owned(),
        query: query.map(str::to_owned),
        errors,
        shell,
    }
}

fn letters_step(locale: Locale, step: LettersStep) -> LettersStepPage {
    LettersStepPage {
        shell: shell(locale, "/letters/step"),
        step,
        action: "/letters/step".to_owned(),
    }
}

fn verify(locale: Locale, answer: Option<(Verdict, Option<Note>)>) -> VerifyPage {
    let code = || Some("k7m2q9x4".to_owned());
    VerifyPage {
        shell: shell(locale, "/v"),
        typed: answer.map_or(String::new(), |_| HOSTILE.to_owned()),
        answer: answer.map(|(verdict, note)| AnswerView {
            verdict,
            note,
            alert_code: code().filter(|_| verdict == Verdict::Active),
            signed_code: code().filter(|_| verdict != Verdict::NotOurs),
        }),
        errors: FormErrors::none(),
    }
}

fn about(locale: Locale) -> AboutPage {
    let credits = [("https://www.geonames.org", "GeoNames"), ("", HOSTILE)];
    AboutPage {
        credits: credits
            .map(|(url, text)| CreditLine {
                text: text.to_owned(),
                licence: "CC BY 4.0".to_owned(),
                url: url.to_owned(),
            })
            .to_vec(),
        shell: shell(locale, "/about"),
    }
}

fn verify_too_long(locale: Locale) -> VerifyPage {
    let mut page = verify(locale, None);
    let words = page.shell.t.get("verify-too-long");
    page.errors.insert("text", words);
    page
}

fn embed(locale: Locale, alerts: Vec<AlertCard>) -> EmbedPage {
    EmbedPage {
        shell: shell(locale, "/embed/current"),
        alerts,
        again: super::RENEWED_AFTER,
    }
}

fn feeds(locale: Locale) -> FeedsPage {
    let link = |form, locale: Locale| FeedLink {
        form,
        locale,
        href: format!("/{locale}/feed.{}", form.to_lowercase()),
    };
    let both = |locale| [link("Atom", locale), link("RSS", locale)];
    let places = places(locale).into_iter();
    FeedsPage {
        shell: shell(locale, "/feeds"),
        whole: Locale::ALL.into_iter().flat_map(both).collect(),
        regions: places
            .map(|place| FeedLine {
                name: place.label,
                feeds: both(locale).to_vec(),
            })
            .collect(),
        categories: vec!["Geo", "Rescue", "Other"],
    }
}

fn places(locale: Locale) -> Vec<Choice> {
    vec![
        Choice::new(
            "sale",
            pick(
                locale,
                "سلا (عمالة سلا)",
                "Salé (préfecture de Salé)",
                "Salé (prefecture of Salé)",
            ),
        ),
        Choice::new(
            "tabriquet",
            pick(
                locale,
                "تابريكت، سلا",
                "Tabriquet, Salé",
                "Tabriquet in Salé",
            ),
        ),
        Choice::new(
            "sala",
            pick(
                locale,
                "سلا الجديدة",
                "Sala Al Jadida",
                "Sala Al Jadida (new town)",
            ),
        ),
    ]
}

fn call() -> CallNumber {
    CallNumber {
        shown: "19".to_owned(),
        dialled: "19".to_owned(),
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

const fn pick<'a>(locale: Locale, ar: &'a str, fr: &'a str, en: &'a str) -> &'a str {
    match locale {
        Locale::Ar => ar,
        Locale::Fr => fr,
        Locale::En => en,
    }
}

const SAMPLE_MAP: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 320\"><rect width=\"600\" height=\"320\" fill=\"#cfe3ee\"/>\
<path d=\"M170 0 150 60 175 120 130 190 60 260 30 320H600V0Z\" fill=\"#f3efe4\"/><circle cx=\"230\" cy=\"150\" r=\"120\" fill=\"#a3210f\" \
fill-opacity=\".14\" stroke=\"#a3210f\" stroke-width=\"2\"/><circle cx=\"230\" cy=\"150\" r=\"6\" fill=\"#a3210f\"/></svg>";
