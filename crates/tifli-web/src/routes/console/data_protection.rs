//! The file for the data-protection authority, for the administrator: the page with its channels and classes, and
//! each paper for the printer and as PDF.

use axum::extract::Path;
use tifli_app::paper::Printed;
use tifli_paper::Paper;

use super::desk::Desk;
use super::papers::pdf_answer;
use crate::console::data_protection::DataProtectionPage;
use crate::console::papers::PaperPage;
use crate::dataprot::{Document, Facts, KeepRow, LegalRow, compose};
use crate::format::Formats;
use crate::i18n::{Locale, T};
use crate::problem::{Answer, Refused};
use crate::request::Page;

/// `GET /console/data-protection`.
pub async fn page(desk: Desk) -> Answer {
    desk.app().permit_data_protection(&desk.actor)?;
    let view = DataProtectionPage {
        facts: facts(&desk, desk.shell.locale()).await?,
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `GET /console/data-protection/{document}/{language}`: for the printer.
pub async fn sheet(desk: Desk, Path(which): Path<(String, String)>) -> Answer {
    let (_, paper) = paper(&desk, &which).await?;
    Ok(desk.page(&PaperPage {
        paper,
        shell: desk.shell.clone(),
    }))
}

/// `GET /console/data-protection/{document}/{language}/pdf`.
pub async fn pdf(desk: Desk, Path(which): Path<(String, String)>) -> Answer {
    let (document, paper) = paper(&desk, &which).await?;
    pdf_answer(Printed {
        file_name: format!("{}-{}", document.as_str(), paper.language),
        paper,
    })
}

async fn paper(
    desk: &Desk,
    (document, language): &(String, String),
) -> Result<(Document, Paper), Refused> {
    desk.app().permit_data_protection(&desk.actor)?;
    let document = Document::find(document).ok_or_else(Refused::not_found)?;
    let locale = Locale::ALL
        .into_iter()
        .find(|locale| locale.tag() == language);
    let locale = locale.ok_or_else(Refused::not_found)?;
    Ok((document, compose(document, &facts(desk, locale).await?)))
}

/// What the system knows of itself, in a language.
async fn facts(desk: &Desk, locale: Locale) -> Result<Facts, Refused> {
    let (app, pack) = (desk.app(), desk.app().pack());
    let page = Page {
        locale,
        path: String::new(),
    };
    let formats = Formats::for_country(locale, pack.code(), pack.zone().clone());
    let lines = app.legal_lines().into_iter().map(|line| LegalRow {
        name: page.label(line.name.iter()),
        controller: line
            .legal
            .map(|legal| page.label(legal.controller.iter()))
            .unwrap_or_default(),
        destination: line
            .legal
            .map(|legal| page.label(legal.destination.iter()))
            .unwrap_or_default(),
        basis: line
            .legal
            .map(|legal| page.label(legal.basis.iter()))
            .unwrap_or_default(),
        authorization: line
            .legal
            .map(|legal| legal.authorization.clone())
            .unwrap_or_default(),
        status: line.status.as_str(),
    });
    let keeps = pack.retention().iter().map(|class| KeepRow {
        name: page.label(class.name.iter()),
        from: class.from.as_str(),
        days: formats.number(i64::from(class.days)),
        endings: class.endings.clone(),
    });
    Ok(Facts {
        t: T::new(locale),
        country: page.label(pack.names().iter()),
        authority: page.label(pack.authority().name.iter()),
        law: page.label(pack.law().name.iter()),
        regulator: page.label(pack.law().regulator.iter()),
        realm: app.realm().as_str(),
        channels: lines.collect(),
        keeps: keeps.collect(),
        day: formats.date(desk.now),
        reader: desk.names().await?.of(desk.actor.person),
    })
}
