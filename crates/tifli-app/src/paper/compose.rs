//! From the answers of a file and the words of the pack to a paper. Pure: what may stand on it was chosen before.

use std::collections::BTreeMap;

use jiff::Zoned;
use tifli_domain::consent::{ChannelAnswer, ChannelConsent};
use tifli_domain::intake::{Field, Kind, Section};
use tifli_domain::paper::PaperKind;
use tifli_pack::papers::{PaperTexts, fill};
use tifli_pack::{LanguageTag, Pack};
use tifli_paper::{Block, Direction, Fact, Footer, Paper, Signature, Table, isolate};
use tifli_store::case::CaseRow;

/// What a paper is made of.
pub(super) struct Facts<'f> {
    pub kind: PaperKind,
    pub texts: &'f PaperTexts,
    pub language: LanguageTag,
    pub now: Zoned,
    /// Only what the kind may hold.
    pub answers: BTreeMap<Field, String>,
    pub consents: Vec<ChannelConsent>,
    /// The number of the statement; empty where none was given yet.
    pub statement: String,
    /// Who has it printed.
    pub reader: String,
    pub unit: String,
    pub row: &'f CaseRow,
}

/// The paper.
pub(super) fn compose(pack: &Pack, facts: &Facts<'_>) -> Paper {
    let words = facts.texts.of(facts.kind);
    let filled = |text: &String| fill(text, |name| value(pack, facts, name));
    let mut blocks: Vec<Block> = words
        .before
        .iter()
        .map(|text| Block::Paragraph(filled(text)))
        .collect();
    if facts.kind != PaperKind::Receipt {
        blocks.extend(parts(pack, facts));
    }
    if facts.kind == PaperKind::Consent {
        blocks.push(Block::Heading(facts.texts.heading.channels.clone()));
        blocks.push(Block::Table(channels(pack, facts)));
    }
    if !words.blanks.is_empty() {
        let blank = |label: &String| Fact::new(label.clone(), "");
        blocks.push(Block::Facts(words.blanks.iter().map(blank).collect()));
    }
    if !words.after.is_empty() {
        blocks.push(Block::List(words.after.iter().map(filled).collect()));
    }
    let sign = |label: &String| Signature {
        label: label.clone(),
        name: String::new(),
    };
    blocks.push(Block::Signatures(
        words.signatures.iter().map(sign).collect(),
    ));
    Paper {
        language: facts.language.as_str().to_owned(),
        direction: match facts.language.direction() {
            tifli_pack::Direction::Ltr => Direction::Ltr,
            tifli_pack::Direction::Rtl => Direction::Rtl,
        },
        letterhead: facts.texts.letterhead.iter().map(filled).collect(),
        reference: reference(facts),
        title: words.title.clone(),
        blocks,
        footer: footer(pack, facts),
    }
}

fn reference(facts: &Facts<'_>) -> Vec<Fact> {
    let head = &facts.texts.head;
    let mut reference = Vec::new();
    if facts.kind == PaperKind::Statement {
        reference.push(Fact::new(&head.number, &facts.statement));
    }
    reference.push(Fact::new(&head.case, facts.row.number.to_string()));
    reference.push(Fact::new(&head.date, date(&facts.now)));
    reference
}

fn footer(pack: &Pack, facts: &Facts<'_>) -> Footer {
    let number = if facts.statement.is_empty() {
        facts.row.number.to_string()
    } else {
        facts.statement.clone()
    };
    Footer {
        number,
        printed: fill(&facts.texts.printed, |name| value(pack, facts, name)),
        reader: [facts.reader.as_str(), facts.unit.as_str()].join(" — "),
        page: facts.texts.page.clone(),
    }
}

/// The answers by section, each under its heading.
fn parts(pack: &Pack, facts: &Facts<'_>) -> Vec<Block> {
    let heading = &facts.texts.heading;
    let sections = [
        (&heading.reporter, [Section::Reporter, Section::Consent]),
        (&heading.child, [Section::Child, Section::Child]),
        (&heading.last_seen, [Section::LastSeen, Section::LastSeen]),
    ];
    let mut blocks = Vec::new();
    for (heading, of) in sections {
        let asked = Field::ALL.iter().copied();
        let lines: Vec<Fact> = asked
            .filter(|field| of.contains(&field.section()) && facts.kind.may_hold(*field))
            .filter_map(|field| {
                let answer = facts.answers.get(&field)?;
                Some(Fact::new(
                    facts.texts.label(field),
                    shown(pack, facts, (field, answer)),
                ))
            })
            .collect();
        if !lines.is_empty() {
            blocks.push(Block::Heading(heading.clone()));
            blocks.push(Block::Facts(lines));
        }
    }
    blocks
}

/// One row a channel: what leaves by it, and a mark where an answer stands already.
fn channels(pack: &Pack, facts: &Facts<'_>) -> Table {
    let mark = |answer: Option<ChannelAnswer>, of: ChannelAnswer| {
        if answer == Some(of) {
            "[ × ]"
        } else {
            "[     ]"
        }
        .to_owned()
    };
    let rows = pack.consent_channels().iter().map(|channel| {
        let stands = facts.consents.iter().find(|one| one.channel == channel.id);
        let answer = stands.map(|one| match one.answer {
            ChannelAnswer::Withdrawn => ChannelAnswer::Refused,
            other => other,
        });
        vec![
            channel.name.get(facts.language).to_owned(),
            channel.says.get(facts.language).to_owned(),
            mark(answer, ChannelAnswer::Given),
            mark(answer, ChannelAnswer::Refused),
        ]
    });
    Table {
        head: facts.texts.heading.columns.to_vec(),
        widths: vec![4, 7, 2, 2],
        rows: rows.collect(),
    }
}

/// An answer in the words of the paper's language.
fn shown(pack: &Pack, facts: &Facts<'_>, (field, answer): (Field, &str)) -> String {
    match field.kind() {
        Kind::PackCode(list) => pack
            .choices(list)
            .and_then(|choices| choices.iter().find(|choice| choice.id == answer))
            .map_or_else(
                || answer.to_owned(),
                |choice| choice.name.get(facts.language).to_owned(),
            ),
        Kind::OneOf(_) => facts.texts.word(answer).to_owned(),
        Kind::Place => pack.places().find(answer).map_or_else(
            || answer.to_owned(),
            |place| place.names.get(facts.language).to_owned(),
        ),
        Kind::LocalTime => answer.parse::<jiff::civil::DateTime>().map_or_else(
            |_| answer.to_owned(),
            |at| at.strftime("%d/%m/%Y %H:%M").to_string(),
        ),
        Kind::Date => answer.parse::<jiff::civil::Date>().map_or_else(
            |_| answer.to_owned(),
            |on| on.strftime("%d/%m/%Y").to_string(),
        ),
        Kind::YesNo => facts.texts.word(answer).to_owned(),
        Kind::Line(_) | Kind::Words(_) | Kind::Told(_) | Kind::Whole(..) | Kind::Degrees => {
            answer.to_owned()
        }
    }
}

/// What a name in braces stands for, set apart from the words around it.
fn value(pack: &Pack, facts: &Facts<'_>, name: &str) -> String {
    let answer = |field: Field| facts.answers.get(&field).cloned().unwrap_or_default();
    let either = |one: String, other: String| if one.is_empty() { other } else { one };
    let value = match name {
        "district" => pack
            .district(&facts.row.district)
            .map_or_else(String::new, |district| {
                district.name.get(facts.language).to_owned()
            }),
        "date" => date(&facts.now),
        "time" => facts.now.strftime("%H:%M").to_string(),
        "officer" => facts.reader.clone(),
        "unit" => facts.unit.clone(),
        "number" => facts.statement.clone(),
        "case" => facts.row.number.to_string(),
        "reporter" => answer(Field::ReporterName),
        "child" if facts.language == LanguageTag::AR => either(
            answer(Field::ChildFirstNameAr),
            answer(Field::ChildFirstName),
        ),
        "child" => either(
            answer(Field::ChildFirstName),
            answer(Field::ChildFirstNameAr),
        ),
        "call" => pack.call().number.clone(),
        "authority" => pack.authority().name.get(facts.language).to_owned(),
        _ => String::new(),
    };
    isolate(&value)
}

fn date(now: &Zoned) -> String {
    now.strftime("%d/%m/%Y").to_string()
}
