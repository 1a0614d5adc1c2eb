//! A subscriber's place: an H3 cell, never finer than resolution 7.
//!
//! For: turning a point into a cell once, asking a cell where it is and how far it reaches, and
//! making a cell coarser until enough people share it. Not for: keeping points; a point is
//! forgotten as soon as its cell is known.

use crate::sphere::{haversine_km, kilometres};
use h3o::{CellIndex, LatLng, Resolution};
use serde::{Deserialize, Serialize};
use tifli_units::{Kilometres, Position};

/// An H3 cell of resolution 0 to 7 (at 7 about 5 km2, some 1.4 km from centre to corner).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Cell(CellIndex);

/// Why a number is no cell of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CellError {
    /// Not an H3 cell index.
    #[error("the number is not an H3 cell index")]
    NotACell,
    /// A cell finer than resolution 7, which would say too much about a person.
    #[error("the cell is finer than resolution 7")]
    TooFine,
}

impl Cell {
    /// The finest resolution there is here.
    pub const FINEST: u8 = 7;

    /// The cell of resolution 7 that holds a point.
    pub fn at(p: Position) -> Self {
        let place = LatLng::new(p.lat(), p.lon()).expect("a position's coordinates are finite");
        Self(place.to_cell(Resolution::Seven))
    }

    /// The cell with this H3 index.
    pub fn from_raw(raw: u64) -> Result<Self, CellError> {
        let index = CellIndex::try_from(raw).map_err(|_| CellError::NotACell)?;
        if u8::from(index.resolution()) > Self::FINEST {
            return Err(CellError::TooFine);
        }
        Ok(Self(index))
    }

    /// The cell from a signed database column; see [`Cell::as_i64`].
    pub fn from_i64(raw: i64) -> Result<Self, CellError> {
        u64::try_from(raw)
            .map_err(|_| CellError::NotACell)
            .and_then(Self::from_raw)
    }

    /// The H3 index.
    pub fn raw(self) -> u64 {
        self.0.into()
    }

    /// The H3 index as a signed number: its highest bit is always zero, so nothing is lost and
    /// the order of cells stays the same.
    pub fn as_i64(self) -> i64 {
        i64::try_from(self.raw()).expect("the highest bit of an H3 index is zero")
    }

    /// The resolution, 0 (coarse) to 7.
    pub fn resolution(self) -> u8 {
        self.0.resolution().into()
    }

    /// The cell one step coarser, or `None` at resolution 0.
    pub fn parent(self) -> Option<Self> {
        let coarser = self.0.resolution().pred()?;
        self.0.parent(coarser).map(Self)
    }

    /// Whether `other` is this cell or lies below it in the hierarchy.
    pub fn holds(self, other: Self) -> bool {
        other.0.parent(self.0.resolution()) == Some(self.0)
    }

    /// The centre of the cell.
    pub fn center(self) -> Position {
        position(LatLng::from(self.0))
    }

    /// The distance from the centre to the farthest corner of this very cell.
    pub fn circumradius(self) -> Kilometres {
        let center = self.center();
        let corners = self.0.boundary();
        let far = corners
            .iter()
            .map(|&corner| haversine_km(center, position(corner)));
        kilometres(far.fold(0.0, f64::max))
    }
}

/// The cell itself, or the first ancestor of it that at least `k` people share; at worst the
/// ancestor of resolution 0. `count` says how many people live in a cell or below it.
pub fn coarsen(fine: Cell, count: impl Fn(Cell) -> u64, k: u64) -> Cell {
    let mut cell = fine;
    while count(cell) < k {
        match cell.parent() {
            Some(parent) => cell = parent,
            None => break,
        }
    }
    cell
}

impl TryFrom<u64> for Cell {
    type Error = CellError;
    fn try_from(raw: u64) -> Result<Self, CellError> {
        Self::from_raw(raw)
    }
}

impl From<Cell> for u64 {
    fn from(cell: Cell) -> u64 {
        cell.raw()
    }
}

fn position(place: LatLng) -> Position {
    Position::new(
        place.lat().clamp(-90.0, 90.0),
        place.lng().clamp(-180.0, 180.0),
    )
    .expect("H3 gives finite coordinates")
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn cell(lat: f64, lon: f64) -> Cell {
        Cell::at(Position::new(lat, lon).unwrap())
    }

    #[test]
    fn a_cell_of_each_resolution_knows_its_center_and_reach() {
        let mut lines = Vec::new();
        let mut next = Some(cell(33.97, -6.85));
        while let Some(c) = next {
            let (p, reach) = (c.center(), c.circumradius().get());
            lines.push(format!(
                "{} {:x} {:.5},{:.5} {reach:.3}",
                c.resolution(),
                c.raw(),
                p.lat(),
                p.lon()
            ));
            next = c.parent();
        }
        expect![[r#"
            7 8739ab9b5ffffff 33.96821,-6.83755 1.484
            6 8639ab9b7ffffff 33.94590,-6.84523 3.944
            5 8539ab9bfffffff 33.94040,-6.77426 10.385
            4 8439ab9ffffffff 33.97935,-6.59084 27.578
            3 8339abfffffffff 33.58963,-6.38769 72.580
            2 8239affffffffff 34.40812,-7.29685 193.575
            1 8139bffffffffff 31.90705,-9.29352 515.308
            0 8039fffffffffff 33.71101,-0.53452 1314.169"#]]
        .assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_number_that_is_no_cell_or_too_fine_is_refused() {
        let fine = u64::from(
            LatLng::new(33.97, -6.85)
                .unwrap()
                .to_cell(Resolution::Eight),
        );
        assert_eq!(Cell::from_raw(fine), Err(CellError::TooFine));
        assert_eq!(Cell::from_raw(0), Err(CellError::NotACell));
        assert_eq!(Cell::from_i64(-1), Err(CellError::NotACell));
        let c = cell(33.97, -6.85);
        assert_eq!(Cell::from_i64(c.as_i64()), Ok(c));
        let json = serde_json::to_string(&c).unwrap();
        assert_eq!(json, c.raw().to_string());
        assert_eq!(serde_json::from_str::<Cell>(&json).unwrap(), c);
        assert!(serde_json::from_str::<Cell>(&fine.to_string()).is_err());
    }

    #[test]
    fn a_cell_is_coarsened_until_enough_people_share_it() {
        let home = cell(33.97, -6.85);
        let sharing = |c: Cell| 12 * u64::from(8 - c.resolution());
        for (k, resolution) in [(0, 7), (12, 7), (13, 6), (48, 4), (96, 0), (97, 0)] {
            let shared = coarsen(home, sharing, k);
            assert_eq!(shared.resolution(), resolution, "k = {k}");
            assert!(shared.holds(home));
        }
        assert!(!home.holds(home.parent().unwrap()));
    }
}
