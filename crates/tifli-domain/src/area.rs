//! The area of an alert as a person asks for it. Its geometry is `tifli-geo`'s.

use serde::{Deserialize, Serialize};
use tifli_units::{Position, Radius};

/// What the author asks for. There is no default and no "everywhere".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "lowercase")]
pub enum AreaSpec {
    /// Everything within `radius` of `center`, clipped to the country.
    Circle {
        /// The middle, usually where the child was last seen.
        center: Position,
        /// How far around it.
        radius: Radius,
    },
    /// Everything inside a ring of at least three corners, clipped to the country.
    Polygon {
        /// The corners in order.
        ring: Vec<Position>,
    },
    /// Everything inside of some regions or provinces of the country, chosen by name.
    Regions {
        /// Their ids in the country pack; at least one, none twice.
        ids: Vec<String>,
    },
}
