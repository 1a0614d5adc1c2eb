//! Reads the layers of a gazetteer in order: the first that says something of a place wins, a later
//! one fills what is empty and may add places. Each layer is a file under one licence, and stays one.

use super::Place;
use crate::language::{Labels, LanguageTag};
use crate::settings::{Gazetteer, Layer};
use crate::{PackError, PackParts};
use serde::Deserialize;
use std::collections::HashMap;
use tifli_units::Position;

/// A row; a layer may leave columns out, and cells empty.
#[derive(Deserialize, Default, Clone)]
#[serde(default, deny_unknown_fields)]
struct Row {
    id: String,
    kind: String,
    parent: String,
    name_ar: String,
    name_fr: String,
    name_en: String,
    name_zgh: String,
    alternates: String,
    population: Option<u64>,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// What is known of a place so far.
struct Draft {
    row: Row,
    names: Labels,
    alternates: Vec<String>,
    file: String,
}

/// Puts all layers together.
pub(super) fn read(settings: &Gazetteer, parts: &PackParts) -> Result<Vec<Place>, PackError> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for layer in &settings.layer {
        for row in rows(layer, parts)? {
            match by_id.get(&row.id) {
                Some(i) => drafts[*i].fill(row),
                None => {
                    by_id.insert(row.id.clone(), drafts.len());
                    drafts.push(Draft::new(row, &layer.file));
                }
            }
        }
    }
    drafts
        .iter()
        .map(|draft| place(draft, &drafts, &by_id, settings))
        .collect()
}

fn rows(layer: &Layer, parts: &PackParts) -> Result<Vec<Row>, PackError> {
    csv::Reader::from_reader(parts.get(&layer.file)?.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .map_err(|source| PackError::Csv {
            file: layer.file.clone(),
            source,
        })
}

impl Draft {
    fn new(row: Row, file: &str) -> Self {
        let mut draft = Self {
            row: Row {
                id: row.id.clone(),
                ..Row::default()
            },
            names: Labels::default(),
            alternates: Vec::new(),
            file: file.to_owned(),
        };
        draft.fill(row);
        draft
    }

    fn fill(&mut self, row: Row) {
        self.names.fill(LanguageTag::AR, &row.name_ar);
        self.names.fill(LanguageTag::FR, &row.name_fr);
        self.names.fill(LanguageTag::EN, &row.name_en);
        self.names.fill(LanguageTag::ZGH, &row.name_zgh);
        let alternates = row.alternates.split('|').filter(|a| !a.is_empty());
        self.alternates.extend(alternates.map(str::to_owned));
        let mine = &mut self.row;
        if mine.kind.is_empty() {
            mine.kind = row.kind;
        }
        if mine.parent.is_empty() {
            mine.parent = row.parent;
        }
        mine.population = mine.population.or(row.population);
        if mine.lat.is_none() || mine.lon.is_none() {
            (mine.lat, mine.lon) = (row.lat, row.lon);
        }
    }

    fn position(&self) -> Option<Position> {
        Position::new(self.row.lat?, self.row.lon?).ok()
    }
}

fn place(
    draft: &Draft,
    drafts: &[Draft],
    by_id: &HashMap<String, usize>,
    settings: &Gazetteer,
) -> Result<Place, PackError> {
    let row = &draft.row;
    let refuse = |problem: &str| {
        Err(PackError::rule(
            format!("{}: {}", draft.file, row.id),
            problem,
        ))
    };
    if !settings.kind.iter().any(|k| k.id == row.kind) {
        return refuse("its kind is not one of gazetteer.kind");
    }
    if draft.names.iter().next().is_none() {
        return refuse("it has no name");
    }
    if !row.parent.is_empty() && !by_id.contains_key(&row.parent) {
        return refuse("its parent is not a place");
    }
    let Some(position) = nearest_known(draft, drafts, by_id) else {
        return refuse("neither it nor a place that holds it has a position");
    };
    Ok(Place {
        id: row.id.clone(),
        kind: row.kind.clone(),
        names: draft.names.clone(),
        alternates: draft.alternates.clone(),
        position,
        exact: draft.position().is_some(),
        population: row.population.unwrap_or(0),
        parent: Some(row.parent.clone()).filter(|p| !p.is_empty()),
    })
}

/// Its own position, or that of the nearest place above it that has one. Gives up after a few
/// steps, so that a ring of parents is no trap.
fn nearest_known(
    draft: &Draft,
    drafts: &[Draft],
    by_id: &HashMap<String, usize>,
) -> Option<Position> {
    let mut at = draft;
    for _ in 0..8 {
        if let Some(position) = at.position() {
            return Some(position);
        }
        at = &drafts[*by_id.get(&at.row.parent)?];
    }
    None
}
