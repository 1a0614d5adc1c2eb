//! The part of an area that the outline cuts off, by the country it lies in; asking that country is
//! a duty, not a wish.

use tifli_domain::duty::DutyKind;
use tifli_domain::id::CaseId;
use tifli_geo::{Area, square_km, square_km_abroad};
use tifli_store::Tx;

use crate::{App, AppResult, duty};

/// Less than this share of an area is how roughly neighbors are drawn.
const LEAST_SHARE: f64 = 0.002;

/// The part of an area that lies in one neighboring country.
#[derive(Debug, Clone, PartialEq)]
pub struct PartAbroad {
    /// The neighbor's code in the pack.
    pub neighbor: String,
    /// Square kilometres.
    pub square_km: f64,
    /// Share of the whole shape, 0 to 1.
    pub share: f64,
}

impl App {
    /// The parts of an area across each border, the largest first. What lies at sea is in none.
    pub fn parts_abroad(&self, area: &Area) -> Vec<PartAbroad> {
        let (shape, country) = (area.shape(), self.pack().outline());
        if self.foreign(area) < LEAST_SHARE {
            return Vec::new();
        }
        let whole = square_km(shape);
        let neighbors = self.pack().neighbors().iter();
        let mut parts: Vec<PartAbroad> = neighbors
            .map(|neighbor| {
                let there = square_km_abroad(shape, country, &neighbor.land);
                PartAbroad {
                    neighbor: neighbor.id.clone(),
                    square_km: there,
                    share: there / whole,
                }
            })
            .filter(|part| part.share >= LEAST_SHARE)
            .collect();
        parts.sort_by(|a, b| b.square_km.total_cmp(&a.square_km));
        parts
    }
}

/// Opens the duty to ask each neighbor.
pub(crate) async fn ask_neighbors(
    tx: &mut Tx,
    app: &App,
    case: CaseId,
    parts: &[PartAbroad],
) -> AppResult<()> {
    for part in parts {
        duty::open(tx, app, (case, DutyKind::AskNeighbor, &part.neighbor)).await?;
    }
    Ok(())
}
