//! The impact assessment: filled with what the system knows, open where only the operator can say.

use tifli_domain::dpia::{Level, MEASURES, RISKS, Whose};
use tifli_paper::{Block, Fact, Signature, Table};

use super::{Facts, channels, comma, frame, keeps, word};
use crate::i18n::T;

pub(super) fn blocks(facts: &Facts) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(facts.t.get("dp-dpia-intro"))];
    blocks.extend(description(facts));
    blocks.extend(necessity(facts));
    blocks.extend(risks(facts.t));
    blocks.extend(measures(facts.t));
    blocks.extend(judgement(facts.t));
    blocks
}

fn description(facts: &Facts) -> Vec<Block> {
    let t = facts.t;
    vec![
        heading(t, "dp-dpia-description"),
        Block::Paragraph(t.get("dp-dpia-description-words")),
        frame(facts),
        Block::Facts(vec![
            Fact::new(t.get("dp-dpia-flows"), abroad(facts)),
            open(t, "dp-dpia-officer"),
            open(t, "dp-dpia-hosting"),
            open(t, "dp-dpia-volume"),
        ]),
        heading(t, "dp-channels"),
        channels(facts),
        heading(t, "dp-document-retention"),
        keeps(facts),
    ]
}

/// Destinations of the legal lines, each once.
fn abroad(facts: &Facts) -> String {
    let mut places: Vec<&str> = Vec::new();
    for row in facts.channels.iter().filter(|row| row.status != "disabled") {
        let place = row.destination.as_str();
        if !place.is_empty() && !places.contains(&place) {
            places.push(place);
        }
    }
    places.join(&comma(facts.t))
}

fn necessity(facts: &Facts) -> Vec<Block> {
    let t = facts.t;
    let points = [
        "dp-dpia-necessity-one",
        "dp-dpia-necessity-two",
        "dp-dpia-necessity-three",
        "dp-dpia-necessity-four",
        "dp-dpia-necessity-five",
    ];
    vec![
        heading(t, "dp-dpia-necessity"),
        Block::List(points.map(|key| t.get(key)).to_vec()),
        Block::Facts(vec![open(t, "dp-dpia-rights")]),
    ]
}

fn risks(t: T) -> Vec<Block> {
    let mut blocks = vec![
        heading(t, "dp-dpia-risks"),
        Block::Paragraph(t.get("dp-dpia-scale")),
    ];
    for whose in Whose::ALL {
        blocks.push(Block::Heading(word(t, "dp-whose-{}", whose.as_str())));
        let level = |level: Level| word(t, "dp-level-{}", level.as_str());
        let rows = RISKS.iter().filter(|risk| risk.whose == whose).map(|risk| {
            let done = risk.measures.iter().map(|id| word(t, "dp-measure-{}", id));
            vec![
                word(t, "dp-risk-{}", risk.id),
                level(risk.severity),
                level(risk.likelihood),
                done.collect::<Vec<_>>().join("\n"),
                level(risk.residual),
            ]
        });
        blocks.push(Block::Table(Table {
            head: [
                "dp-col-risk",
                "dp-col-severity",
                "dp-col-likelihood",
                "dp-col-measures",
                "dp-col-residual",
            ]
            .map(|key| t.get(key))
            .to_vec(),
            widths: vec![5, 3, 3, 7, 3],
            rows: rows.collect(),
        }));
    }
    blocks
}

fn measures(t: T) -> Vec<Block> {
    let rows = MEASURES.iter().map(|measure| {
        let test = measure.test.replace('_', " ");
        vec![word(t, "dp-measure-{}", measure.id), test]
    });
    vec![
        heading(t, "dp-measures"),
        Block::Paragraph(t.get("dp-measures-words")),
        Block::Table(Table {
            head: vec![t.get("dp-col-measure"), t.get("dp-col-test")],
            widths: vec![1, 1],
            rows: rows.collect(),
        }),
    ]
}

fn judgement(t: T) -> Vec<Block> {
    let sign = |key: &str| Signature {
        label: t.get(key),
        name: String::new(),
    };
    vec![
        heading(t, "dp-dpia-residual"),
        Block::Paragraph(t.get("dp-dpia-residual-words")),
        Block::Facts(vec![open(t, "dp-dpia-judgement")]),
        Block::Ruled(3),
        heading(t, "dp-dpia-consultation"),
        Block::Facts(vec![
            open(t, "dp-dpia-consulted-regulator"),
            open(t, "dp-dpia-consulted-families"),
            open(t, "dp-dpia-consulted-staff"),
        ]),
        heading(t, "dp-dpia-signatures"),
        Block::Signatures(vec![
            sign("dp-sign-controller"),
            sign("dp-sign-officer"),
            sign("dp-sign-security"),
        ]),
    ]
}

fn heading(t: T, key: &str) -> Block {
    Block::Heading(t.get(key))
}

/// A field that only the operator can fill in.
fn open(t: T, key: &str) -> Fact {
    Fact::new(t.get(key), t.get("dp-open-field"))
}
