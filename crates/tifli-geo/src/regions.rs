//! Whole regions of a country as one search area: several polygons, each with the id of its region.
//!
//! For: an area chosen by name. Not for: the names, nor for saying where a region's border runs: the
//! country pack says both, and what it drew is taken as it is.

use crate::outline::{Outline, densified};
use crate::ring::{self, ShapeError};
use tifli_units::Position;

/// The most regions an area may name.
pub const MAX_REGIONS: usize = 100;
/// The most points all regions of an area may have together.
const MOST_POINTS: usize = 30_000;
/// The longest id of a region.
const LONGEST_ID: usize = 16;

/// The rings of a polygon, the outer first, the first point not repeated.
type Rings = Vec<Vec<Position>>;

/// Some regions of a country, in the order of their ids, none twice. Their edges are straight in
/// longitude and latitude, as those of an [`Outline`] are, so that neighbours keep one border.
#[derive(Debug, Clone, PartialEq)]
pub struct Regions {
    parts: Vec<RegionPart>,
}

/// One region: its id and its land.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionPart {
    id: String,
    polygons: Vec<Rings>,
}

impl Regions {
    /// Regions by id and outline. Points are rounded to the grid of shapes.
    pub(crate) fn new<'a>(
        regions: impl IntoIterator<Item = (&'a str, &'a Outline)>,
    ) -> Result<Self, ShapeError> {
        let part = |(id, outline): (&str, &Outline)| (id.to_owned(), outline.polygons().to_vec());
        Self::of_parts(regions.into_iter().map(part).collect())
    }

    /// Regions by id and polygons.
    pub(crate) fn of_parts(parts: Vec<(String, Vec<Rings>)>) -> Result<Self, ShapeError> {
        if parts.is_empty() {
            return Err(ShapeError::Empty);
        }
        if parts.len() > MAX_REGIONS {
            return Err(ShapeError::TooManyPoints);
        }
        let part = |(id, polygons): (String, Vec<Rings>)| RegionPart::new(id, &polygons);
        let mut parts: Vec<RegionPart> = parts.into_iter().map(part).collect::<Result<_, _>>()?;
        parts.sort_by(|a, b| a.id.cmp(&b.id));
        if parts.windows(2).any(|two| two[0].id == two[1].id) {
            return Err(ShapeError::RepeatedRegion);
        }
        let regions = Self { parts };
        if regions.points().count() > MOST_POINTS {
            return Err(ShapeError::TooManyPoints);
        }
        Ok(regions)
    }

    /// The regions, in the order of their ids.
    pub fn parts(&self) -> &[RegionPart] {
        &self.parts
    }

    /// Every point of every ring.
    pub fn points(&self) -> impl Iterator<Item = Position> + '_ {
        let polygons = self.parts.iter().flat_map(|part| &part.polygons);
        polygons.flatten().flatten().copied()
    }

    /// All polygons with edges short enough to be great circles.
    pub(crate) fn dense(&self) -> Vec<Rings> {
        self.parts.iter().flat_map(RegionPart::dense).collect()
    }

    /// `region r01 ring 35.1,-5.5 … hole … region r02 ring …`: the words of the frozen text.
    pub(crate) fn words(&self) -> String {
        let mut words = Vec::new();
        for part in &self.parts {
            words.push(format!("region {}", part.id));
            for rings in &part.polygons {
                for (index, ring) in rings.iter().enumerate() {
                    words.push(if index == 0 { "ring" } else { "hole" }.to_owned());
                    words.extend(ring.iter().copied().map(ring::position_text));
                }
            }
        }
        words.join(" ")
    }

    /// Reads what [`Regions::words`] wrote; `point` reads a word that is a point.
    pub(crate) fn read<E: From<ShapeError>>(
        words: &[&str],
        point: impl Fn(&str) -> Result<Position, E>,
    ) -> Result<Self, E> {
        let mut parts: Vec<(String, Vec<Rings>)> = Vec::new();
        let mut words = words.iter();
        let lost = || E::from(ShapeError::BadRegion);
        while let Some(&word) = words.next() {
            if word == "region" {
                let id = words.next().ok_or_else(lost)?;
                parts.push(((*id).to_owned(), Vec::new()));
                continue;
            }
            let (_, polygons) = parts.last_mut().ok_or_else(lost)?;
            match word {
                "ring" => polygons.push(vec![Vec::new()]),
                "hole" => polygons.last_mut().ok_or_else(lost)?.push(Vec::new()),
                pair => {
                    let ring = polygons.last_mut().and_then(|rings| rings.last_mut());
                    ring.ok_or_else(lost)?.push(point(pair)?);
                }
            }
        }
        Ok(Self::of_parts(parts)?)
    }
}

impl RegionPart {
    fn new(id: String, polygons: &[Rings]) -> Result<Self, ShapeError> {
        let plain =
            (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
        if !plain || polygons.is_empty() {
            return Err(ShapeError::BadRegion);
        }
        let snapped = |rings: &Rings| rings.iter().map(|ring| ring::snapped(ring)).collect();
        let polygons = polygons.iter().map(snapped);
        Ok(Self {
            id,
            polygons: polygons.collect::<Result<_, _>>()?,
        })
    }

    /// Its id in the country pack.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its polygons: rings of points, outer first, the first point not repeated.
    pub fn polygons(&self) -> &[Vec<Vec<Position>>] {
        &self.polygons
    }

    pub(crate) fn dense(&self) -> Vec<Rings> {
        let dense = |rings: &Rings| rings.iter().map(|ring| densified(ring)).collect();
        self.polygons.iter().map(dense).collect()
    }
}
