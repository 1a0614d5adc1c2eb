//! Samples of the file for the data-protection authority. Country, numbers and people are invented.

use super::{Pages, pick, shell};
use crate::console::data_protection::DataProtectionPage;
use crate::console::papers::PaperPage;
use crate::dataprot::{Document, Facts, KeepRow, LegalRow, compose};
use crate::i18n::{Locale, T};
use crate::layout::ConsoleRole;

/// The page, and each of its papers.
pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    let shell = shell(
        locale,
        Some(ConsoleRole::Operator),
        "/console/data-protection",
    );
    let page = DataProtectionPage {
        facts: facts(locale),
        shell: shell.clone(),
    };
    pages.insert("data-protection", &page)?;
    for document in Document::ALL {
        let page = PaperPage {
            paper: compose(document, &facts(locale)),
            shell: shell.clone(),
        };
        pages.insert(&format!("data-protection-{}", document.as_str()), &page)?;
    }
    Ok(())
}

fn facts(locale: Locale) -> Facts {
    let keep = |name: &str, days: &str, endings: &[&str]| KeepRow {
        name: name.to_owned(),
        from: if endings.is_empty() { "entry" } else { "close" },
        days: days.to_owned(),
        endings: endings.iter().map(|word| (*word).to_owned()).collect(),
    };
    Facts {
        t: T::new(locale),
        country: pick(
            locale,
            "المملكة المغربية",
            "Royaume du Maroc",
            "Kingdom of Morocco",
        )
        .to_owned(),
        authority: pick(
            locale,
            "المديرية العامة للأمن الوطني",
            "Direction générale de la sûreté nationale",
            "General Directorate for National Security",
        )
        .to_owned(),
        law: pick(locale, "القانون رقم 09-08", "Loi n° 09-08", "Law 09-08").to_owned(),
        regulator: pick(
            locale,
            "لجنة مفترضة",
            "Commission inventée",
            "Invented commission",
        )
        .to_owned(),
        realm: "demo",
        channels: vec![
            channel(locale, "usable"),
            channel(locale, "invented"),
            closed(locale),
        ],
        keeps: vec![
            keep(
                pick(
                    locale,
                    "ملف طفل عُثر عليه",
                    "Dossier d'un enfant retrouvé",
                    "File of a found child",
                ),
                "365",
                &["alive", "unseen"],
            ),
            keep(
                pick(locale, "سجل الأفعال", "Journal des actes", "Record of acts"),
                "1825",
                &[],
            ),
        ],
        day: pick(
            locale,
            "22 نونبر 2026",
            "22 novembre 2026",
            "22 November 2026",
        )
        .to_owned(),
        reader: super::author(locale),
    }
}

fn channel(locale: Locale, status: &'static str) -> LegalRow {
    LegalRow {
        name: pick(locale, "الصفحة العمومية", "Page publique", "Public page").to_owned(),
        controller: pick(locale, "جهة مفترضة", "Organisme inventé", "Invented body").to_owned(),
        destination: pick(locale, "المغرب", "Maroc", "Morocco").to_owned(),
        basis: pick(
            locale,
            "موافقة صريحة من ولي الأمر",
            "Consentement exprès du représentant légal",
            "Express consent of the legal guardian",
        )
        .to_owned(),
        authorization: "DEMO-A-0101/2026".to_owned(),
        status,
    }
}

fn closed(locale: Locale) -> LegalRow {
    LegalRow {
        name: pick(locale, "شركات الاتصالات", "Opérateurs", "Operators").to_owned(),
        controller: String::new(),
        destination: String::new(),
        basis: String::new(),
        authorization: String::new(),
        status: "disabled",
    }
}
