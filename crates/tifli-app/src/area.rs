//! The area of an alert: from what a person asked for to the frozen form, and who lives inside.
//!
//! Counting, sending and checking all go through [`tifli_geo::Target`]; nothing else decides who is
//! inside.

use std::sync::OnceLock;

use tifli_domain::area::AreaSpec;
use tifli_geo::{Area, Cell, Clip, Shape, ShapeError, Target, foreign_share};
use tifli_store::{Reads, counter, subscriber};

use crate::codes::{hex, sha256};
use crate::{App, AppError, AppResult};

/// Who an area reaches.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Subscribers inside.
    pub subscribers: u64,
    /// The subscription sequence at which they were counted.
    pub at_seq: i64,
    /// Residents inside by census.
    pub residents: u64,
    /// Share of the shape that lies abroad or at sea, 0 to 1.
    pub foreign: f64,
}

impl App {
    /// Freezes what was asked for: refuses a shape that is none, and one wholly outside the country.
    pub fn freeze_area(&self, spec: &AreaSpec) -> AppResult<Area> {
        let shape = match spec {
            AreaSpec::Circle { center, radius } => Shape::circle(*center, *radius),
            AreaSpec::Polygon { ring } => Shape::polygon(ring.clone())
                .map_err(|error| AppError::field("area", shape_code(error)))?,
            AreaSpec::Regions { ids } => self.shape_of_regions(ids)?,
        };
        let area = Area::new(shape, Some(self.clip()?));
        match area.to_cap(Some(self.pack().outline())) {
            Ok(_) => Ok(area),
            Err(_) => Err(AppError::field("area", "area_outside_country")),
        }
    }

    /// The area prepared for questions; refuses one frozen against another outline.
    pub fn target(&self, area: &Area) -> AppResult<Target<'_>> {
        match area.clip() {
            Some(clip) if *clip == self.clip()? => area
                .target(Some(self.pack().outline()))
                .map_err(|_| AppError::internal("clip")),
            _ => Err(AppError::internal("foreign_outline")),
        }
    }

    /// Reads a frozen area back from its canonical form.
    pub fn read_area(&self, canonical: &str) -> AppResult<Area> {
        Area::parse_canonical(canonical).map_err(|_| AppError::internal("area_damaged"))
    }

    /// Counts who is inside now.
    pub async fn figures(&self, area: &Area) -> AppResult<Figures> {
        let (cells, at_seq) = self
            .db()
            .read("count_inside", (), |reads, ()| {
                Box::pin(async move {
                    let seq = counter::last(reads, "subscription").await?;
                    let cells = subscriber::list_cells(reads, 0, seq).await?;
                    Ok::<_, AppError>((cells, seq))
                })
            })
            .await?;
        let target = self.target(area)?;
        Ok(Figures {
            subscribers: count(&target, &cells)?,
            at_seq,
            residents: self.pack().residents(&target),
            foreign: self.foreign(area),
        })
    }

    /// The share of an area that lies abroad or at sea, 0 to 1. A region of the country has no such part: where its
    /// simplified border says otherwise, that is how it is drawn.
    pub(crate) fn foreign(&self, area: &Area) -> f64 {
        match area.shape() {
            Shape::Regions(_) => 0.0,
            shape => foreign_share(shape, self.pack().outline()),
        }
    }

    /// Counts who was inside at the sequence `at_seq`, as far as they have not moved since.
    pub(crate) async fn count_in(
        &self,
        reads: &mut impl Reads,
        area: &Area,
        at_seq: i64,
    ) -> AppResult<u64> {
        let cells = subscriber::list_cells(reads, 0, at_seq).await?;
        count(&self.target(area)?, &cells)
    }

    fn clip(&self) -> AppResult<Clip> {
        static DIGESTS: OnceLock<std::sync::Mutex<std::collections::HashMap<String, String>>> =
            OnceLock::new();
        let mut digests = DIGESTS
            .get_or_init(Default::default)
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let code = self.pack().code();
        let digest = digests
            .entry(code.to_owned())
            .or_insert_with(|| hex(&sha256(&self.pack().outline().canonical_bytes())));
        Clip::new(code, digest).map_err(|_| AppError::internal("clip"))
    }
}

/// The hash of a canonical area, as approvals bind it.
pub(crate) fn area_hash(canonical: &str) -> String {
    hex(&sha256(canonical.as_bytes()))
}

fn count(target: &Target<'_>, cells: &[(i64, u64)]) -> AppResult<u64> {
    let mut inside = 0;
    for (raw, held) in cells {
        let cell = Cell::from_i64(*raw).map_err(|_| AppError::internal("cell"))?;
        if target.covers(cell) {
            inside += held;
        }
    }
    Ok(inside)
}

fn shape_code(error: ShapeError) -> &'static str {
    match error {
        ShapeError::Empty => "area_empty",
        ShapeError::TooFewPoints => "area_too_few_points",
        ShapeError::SelfCrossing => "area_self_crossing",
        ShapeError::ZeroArea => "area_zero",
        _ => "area_invalid",
    }
}
