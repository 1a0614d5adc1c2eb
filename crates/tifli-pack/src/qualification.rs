//! What a country says about qualification: its thresholds, its night, the look of its plates, its
//! neighbors, and the words that explain a refusal. Not for: the tables themselves (the domain's).

use crate::PackError;
use crate::language::Labels;
use serde::Deserialize;
use tifli_domain::attention::Budget;
use tifli_domain::plate::Shape;
use tifli_domain::qualify::Thresholds;
use tifli_geo::Outline;
use tifli_units::Radius;

/// The section `qualification` of a pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Qualification {
    /// Below this age a child is young, in years.
    pub young_below: i64,
    /// From so many hours after the last sight a disappearance is long.
    pub long_hours: i64,
    /// The largest radius of a local alert.
    pub local_km: Radius,
    /// The largest radius of an area alert.
    pub area_km: Radius,
    /// When people sleep.
    pub night: Night,
    /// How many alerts people bear.
    pub attention: Budget,
    /// What plates look like.
    pub plates: Vec<Shape>,
    /// What the guardian is told when only the bulletin goes out.
    pub explanation: Labels,
}

/// Hours of the day in which people sleep, local time.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Night {
    /// The hour it begins, 0 to 23.
    pub from: i8,
    /// The hour it ends, 0 to 23.
    pub until: i8,
}

/// A country across a border, as a pack writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeighborSettings {
    pub id: String,
    pub name: Labels,
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// A country across a border, drawn roughly: enough to name it, not to say where the border runs.
#[derive(Debug, Clone)]
pub struct Neighbor {
    /// Its code.
    pub id: String,
    /// What it is called.
    pub name: Labels,
    /// Its land near the border.
    pub land: Outline,
}

impl Qualification {
    /// The numbers as the domain takes them.
    pub fn thresholds(&self) -> Thresholds {
        Thresholds {
            young_below: self.young_below,
            long_hours: self.long_hours,
            local: self.local_km,
            area: self.area_km,
        }
    }

    pub(crate) fn check(&self) -> Result<(), PackError> {
        let hour = |hour| (0..24).contains(&hour);
        if !hour(self.night.from) || !hour(self.night.until) {
            return Err(PackError::rule("qualification.night", "an hour is 0 to 23"));
        }
        if !(1..=18).contains(&self.young_below) || self.long_hours < 1 {
            return Err(PackError::rule(
                "qualification",
                "young_below is 1 to 18, long_hours at least 1",
            ));
        }
        if self.attention.alerts < 1 || !(1..=100).contains(&self.attention.percent) {
            return Err(PackError::rule(
                "qualification.attention",
                "at least one alert, and 1 to 100 percent",
            ));
        }
        if self.local_km > self.area_km {
            return Err(PackError::rule(
                "qualification.local_km",
                "a local alert reaches no farther than an area alert",
            ));
        }
        Ok(())
    }
}

impl Night {
    /// Whether people sleep at this hour of the day.
    pub fn holds(self, hour: i8) -> bool {
        if self.from <= self.until {
            (self.from..self.until).contains(&hour)
        } else {
            hour >= self.from || hour < self.until
        }
    }
}

impl NeighborSettings {
    pub(crate) fn read(&self) -> Result<Neighbor, PackError> {
        let polygons: Vec<_> = self
            .rings
            .iter()
            .map(|ring| {
                let closed = ring.iter().chain(ring.first());
                vec![closed.map(|(lat, lon)| [*lon, *lat]).collect::<Vec<_>>()]
            })
            .collect();
        let json = serde_json::json!({ "type": "MultiPolygon", "coordinates": polygons });
        Ok(Neighbor {
            id: self.id.clone(),
            name: self.name.clone(),
            land: Outline::from_geojson(&json.to_string())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_goes_over_midnight_or_does_not() {
        let night = Night { from: 22, until: 7 };
        assert!(night.holds(23) && night.holds(0) && night.holds(6));
        assert!(!night.holds(7) && !night.holds(21));
        let siesta = Night {
            from: 13,
            until: 15,
        };
        assert!(siesta.holds(14) && !siesta.holds(15) && !siesta.holds(3));
    }
}
