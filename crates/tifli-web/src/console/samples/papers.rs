//! Samples of the papers of a case. Not served.

use tifli_domain::consent::ChannelAnswer;
use tifli_domain::intake::Tier;
use tifli_domain::paper::{AskedState, PaperKind};
use tifli_paper::{Block, Check, Direction, Fact, Footer, Paper, Picture, Signature, Table};

use super::super::paper_form::{self, PaperForms};
use super::super::papers::{
    AskedRow, ChannelRow, PaperPage, PapersPage, PrintRow, SubstitutionRow, Typed,
};
use super::{HOSTILE, Pages, at, author, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("papers", &papers(locale, ConsoleRole::Officer))?;
    let mut asked = papers(locale, ConsoleRole::Prosecutor);
    for field in ["scan", "given_by", "name", "reason"] {
        asked.errors.insert(field, asked.shell.say("wrong-missing"));
    }
    (asked.may_write, asked.may_substitute) = (true, true);
    pages.insert("papers-wrong", &asked)?;
    let page = PaperPage {
        shell: shell(locale, Some(ConsoleRole::Officer), "/console/cases"),
        paper: paper(locale),
    };
    pages.insert("paper", &page)?;
    let officer = || shell(locale, Some(ConsoleRole::Officer), "/console/paper-forms");
    pages.insert("paper-forms", &PaperForms { shell: officer() })?;
    for tier in Tier::ALL {
        let form = PaperPage {
            paper: paper_form::compose(&officer(), (locale, tier), "authority"),
            shell: officer(),
        };
        pages.insert(&format!("paper-form-{}", tier.as_str()), &form)?;
    }
    Ok(())
}

fn papers(locale: Locale, role: ConsoleRole) -> PapersPage {
    let shell = shell(locale, Some(role), "/console/cases");
    let languages = vec![("ar", "العربية"), ("fr", "Français")];
    let prints = PaperKind::ALL.map(|kind| PrintRow {
        kind,
        languages: languages.clone(),
    });
    let substitution = SubstitutionRow {
        article: pick(locale, "المادة 40", "Article 40", "Article 40").to_owned(),
        name: HOSTILE.to_owned(),
        reason: HOSTILE.to_owned(),
        at: at("14:20:00"),
    };
    PapersPage {
        case: "case_1".to_owned(),
        number: "SLE-26-0003".to_owned(),
        prints: prints.to_vec(),
        asked: asked(locale),
        channels: channels(locale),
        substitution: (role == ConsoleRole::Prosecutor).then_some(substitution),
        may_write: role == ConsoleRole::Officer,
        may_substitute: role == ConsoleRole::Prosecutor,
        typed: typed(locale),
        errors: FormErrors::none(),
        shell,
    }
}

fn asked(locale: Locale) -> Vec<AskedRow> {
    let row = |state: AskedState| AskedRow {
        label: pick(
            locale,
            "نسخة من رسم الولادة",
            "Extrait d'acte de naissance",
            "Birth extract",
        )
        .to_owned(),
        state,
        by: author(locale),
        at: (state != AskedState::Missing).then(|| at("13:40:00")),
        scan: match state {
            AskedState::Scanned => "/console/cases/case_1/scans/2".to_owned(),
            _ => String::new(),
        },
    };
    AskedState::ALL.map(row).to_vec()
}

fn channels(locale: Locale) -> Vec<ChannelRow> {
    let row = |answer: ChannelAnswer| ChannelRow {
        label: pick(
            locale,
            "فيسبوك وإنستغرام",
            "Facebook et Instagram",
            "Facebook and Instagram",
        )
        .to_owned(),
        says: pick(
            locale,
            "الصورة والاسم الشخصي والسن",
            "Photo, prénom et âge",
            "Photo, first name and age",
        )
        .to_owned(),
        answer,
        given_by: HOSTILE.to_owned(),
        before: author(locale),
        at: (answer != ChannelAnswer::NotAsked).then(|| at("13:42:00")),
        scan: String::new(),
    };
    ChannelAnswer::ALL.map(row).to_vec()
}

fn typed(locale: Locale) -> Typed {
    let one = |code: &str| vec![Choice::new(code, pick(locale, "اختيار", "Choix", "Choice"))];
    Typed {
        documents: one("photo"),
        states: one("seen"),
        channels: one("meta"),
        answers: one("given"),
        articles: one("data_4"),
        given_by: HOSTILE.to_owned(),
        ..Typed::default()
    }
}

/// One block of every kind.
fn paper(locale: Locale) -> Paper {
    let word = || pick(locale, "كلمة", "mot", "word").to_owned();
    let blocks = vec![
        Block::Heading(word()),
        Block::Paragraph(HOSTILE.to_owned()),
        Block::Facts(vec![Fact::new(word(), "06 12 34 56 78")]),
        Block::Table(Table {
            head: vec![word()],
            widths: vec![1],
            rows: vec![vec![HOSTILE.to_owned()]],
        }),
        Block::List(vec![word()]),
        Block::Picture(Picture {
            jpeg: vec![0xff, 0xd8],
            caption: word(),
        }),
        Block::Checks(vec![Check {
            label: word(),
            ticked: true,
        }]),
        Block::Ruled(2),
        Block::NewPage,
        Block::Signatures(vec![Signature {
            label: word(),
            name: author(locale),
        }]),
    ];
    Paper {
        language: locale.tag().to_owned(),
        direction: match locale {
            Locale::Ar => Direction::Rtl,
            _ => Direction::Ltr,
        },
        letterhead: vec![
            pick(
                locale,
                "المملكة المغربية",
                "Royaume du Maroc",
                "Kingdom of Morocco",
            )
            .to_owned(),
        ],
        reference: vec![Fact::new(word(), "SAL/2026/00017")],
        title: pick(
            locale,
            "محضر استماع بشأن اختفاء طفل",
            "Procès-verbal d'audition",
            "Statement on a disappearance",
        )
        .to_owned(),
        blocks,
        footer: Footer {
            number: "SAL/2026/00017".to_owned(),
            printed: "22/11/2026".to_owned(),
            reader: author(locale),
            page: "{page}/{pages}".to_owned(),
        },
    }
}
