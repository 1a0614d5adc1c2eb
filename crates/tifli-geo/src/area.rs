//! A frozen area: what was approved, in one text form that is hashed, signed and read back.
//!
//! For: the area of a message, self-contained but for the outline it names. Not for: computing
//! hashes; the caller gives the outline's digest and compares it when the area is used.

use crate::cap::{self, CapError, CapGeometry, CapPart};
use crate::outline::Outline;
use crate::regions::Regions;
use crate::ring::{ShapeError, position_text};
use crate::shape::Shape;
use crate::target::Target;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use tifli_units::{Position, PositionError, Radius, RadiusError};

/// A shape and the name of the country outline it is clipped to, if it is.
///
/// Its text form is `circle 33.97000,-6.85000 160.000 clip ma:0f3c…` or
/// `polygon 33.00000,-7.00000 33.00000,-6.00000 34.00000,-6.00000` or
/// `region r04 ring 33.00000,-7.00000 … hole … region r05 ring …`: latitude first, degrees with
/// five decimals, kilometres with three. Parsing accepts exactly what writing produces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Area {
    shape: Shape,
    clip: Option<Clip>,
}

/// Which outline an area is clipped to: a short name and the digest of its canonical bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    name: String,
    digest: String,
}

/// Why a text is no frozen area.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreaError {
    /// The words are not those of an area.
    #[error("the text is not an area")]
    NotAnArea,
    /// Readable, but not in the one form that is hashed.
    #[error("the area is not in its canonical form")]
    NotCanonical,
    /// A clip's name or digest has characters it may not have.
    #[error("the clip of the area is not a name and a hexadecimal digest")]
    BadClip,
    /// A point off the globe.
    #[error("a point of the area is not on the globe")]
    Position(#[from] PositionError),
    /// A radius out of its limits.
    #[error("the radius of the area is out of its limits")]
    Radius(#[from] RadiusError),
    /// Corners that make no polygon.
    #[error("the corners of the area make no polygon")]
    Shape(#[from] ShapeError),
}

/// The outline at hand does not fit the area: using it would widen or narrow what was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClipError {
    /// The area names an outline and none was given.
    #[error("the area is clipped to an outline that is not at hand")]
    Missing,
    /// An outline was given for an area that names none.
    #[error("the area is not clipped, yet an outline was given")]
    Unexpected,
}

impl Clip {
    /// A clip by name (`a-z`, `0-9`, `-`, `_`; at most 32) and digest (lower-case hexadecimal, 8 to
    /// 128 digits).
    pub fn new(name: &str, digest: &str) -> Result<Self, AreaError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let good = (1..=32).contains(&name.len())
            && (8..=128).contains(&digest.len())
            && name.chars().all(plain)
            && digest.chars().all(hex);
        if !good {
            return Err(AreaError::BadClip);
        }
        Ok(Self {
            name: name.into(),
            digest: digest.into(),
        })
    }

    /// The short name of the outline.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The digest of the outline's canonical bytes, lower-case hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

impl Area {
    /// The area of a shape and its clip.
    pub fn new(shape: Shape, clip: Option<Clip>) -> Self {
        Self { shape, clip }
    }

    /// The shape as drawn.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The outline the area is clipped to.
    pub fn clip(&self) -> Option<&Clip> {
        self.clip.as_ref()
    }

    /// The area prepared for questions. The outline must be given exactly when the area names
    /// one; that its digest agrees is for the caller to check.
    pub fn target<'a>(&self, outline: Option<&'a Outline>) -> Result<Target<'a>, ClipError> {
        self.check_clip(outline)?;
        Ok(Target::new(&self.shape, outline))
    }

    /// The area as CAP says it: a circle, or polygons where the country cuts the shape.
    pub fn to_cap(&self, outline: Option<&Outline>) -> Result<CapGeometry, CapError> {
        self.check_clip(outline)?;
        CapGeometry::of(&self.shape, outline)
    }

    /// The area as the `area` blocks of a CAP `info`: one for each region, one for any other shape.
    pub fn to_cap_parts(&self, outline: Option<&Outline>) -> Result<Vec<CapPart>, CapError> {
        self.check_clip(outline)?;
        cap::parts(&self.shape, outline)
    }

    /// The text that is hashed and stored; see the type for its form.
    pub fn to_canonical(&self) -> String {
        let mut text = match &self.shape {
            Shape::Circle(c) => {
                let center = position_text(c.center());
                format!("circle {center} {:.3}", c.radius().kilometres().get())
            }
            Shape::Polygon(p) => {
                let corners: Vec<String> = p.corners().iter().copied().map(position_text).collect();
                format!("polygon {}", corners.join(" "))
            }
            Shape::Regions(regions) => regions.words(),
        };
        if let Some(Clip { name, digest }) = &self.clip {
            text.push_str(&format!(" clip {name}:{digest}"));
        }
        text
    }

    /// Reads what [`Area::to_canonical`] wrote, and nothing else.
    pub fn parse_canonical(text: &str) -> Result<Self, AreaError> {
        let words: Vec<&str> = text.split(' ').collect();
        let (words, clip) = match words.as_slice() {
            [rest @ .., "clip", label] => {
                let (name, digest) = label.split_once(':').ok_or(AreaError::BadClip)?;
                (rest, Some(Clip::new(name, digest)?))
            }
            all => (all, None),
        };
        let shape = match words {
            ["circle", center, radius] => {
                let km: f64 = radius.parse().map_err(|_| AreaError::NotAnArea)?;
                Shape::circle(parse_position(center)?, Radius::new(km)?)
            }
            ["polygon", corners @ ..] => {
                let corners = corners.iter().map(|word| parse_position(word));
                Shape::polygon(corners.collect::<Result<_, _>>()?)?
            }
            ["region", ..] => Shape::Regions(Regions::read(words, parse_position)?),
            _ => return Err(AreaError::NotAnArea),
        };
        let area = Self { shape, clip };
        if area.to_canonical() != text {
            return Err(AreaError::NotCanonical);
        }
        Ok(area)
    }

    fn check_clip(&self, outline: Option<&Outline>) -> Result<(), ClipError> {
        match (&self.clip, outline) {
            (Some(_), None) => Err(ClipError::Missing),
            (None, Some(_)) => Err(ClipError::Unexpected),
            _ => Ok(()),
        }
    }
}

fn parse_position(word: &str) -> Result<Position, AreaError> {
    let (lat, lon) = word.split_once(',').ok_or(AreaError::NotAnArea)?;
    let number = |text: &str| text.parse::<f64>().map_err(|_| AreaError::NotAnArea);
    Ok(Position::new(number(lat)?, number(lon)?)?)
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_canonical())
    }
}

impl FromStr for Area {
    type Err = AreaError;
    fn from_str(text: &str) -> Result<Self, AreaError> {
        Self::parse_canonical(text)
    }
}

impl TryFrom<String> for Area {
    type Error = AreaError;
    fn try_from(text: String) -> Result<Self, AreaError> {
        Self::parse_canonical(&text)
    }
}

impl From<Area> for String {
    fn from(area: Area) -> String {
        area.to_canonical()
    }
}
