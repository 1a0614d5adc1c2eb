//! Kilometres, minutes, and the radius of an alert as a person types it.
//!
//! A Qatari announcement once printed "160 م" (metres) for a search area of 160 km. Here a radius
//! is typed in kilometres, a stated unit other than kilometres is refused, and so is any value
//! outside what a country-wide alert can mean.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A distance in kilometres: finite, zero or more.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kilometres(f64);

impl Kilometres {
    /// A distance of `value` kilometres; a negative or non-finite value becomes `None`.
    pub fn new(value: f64) -> Option<Self> {
        (value.is_finite() && value >= 0.0).then_some(Self(value))
    }

    /// The distance as a number of kilometres.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl std::ops::Add for Kilometres {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

/// A whole number of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub u32);

impl Minutes {
    /// The same span in milliseconds.
    pub fn as_millis(self) -> i64 {
        i64::from(self.0) * 60_000
    }
}

/// The radius of an alert's circle: at least 1 km, at most 1 000 km.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Radius(Kilometres);

/// Why a typed radius is refused. The caller words it beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RadiusError {
    /// Nothing was typed.
    #[error("a radius is needed")]
    Missing,
    /// Not a number.
    #[error("the radius is not a number of kilometres")]
    NotANumber,
    /// A unit other than kilometres was typed, metres above all.
    #[error("the radius is in kilometres, not in metres or another unit")]
    NotKilometres,
    /// Below 1 km, or zero.
    #[error("the radius is at least 1 km")]
    TooSmall,
    /// Above 1 000 km.
    #[error("the radius is at most 1000 km")]
    TooLarge,
}

impl Radius {
    /// The smallest radius, in kilometres.
    pub const MIN: f64 = 1.0;
    /// The largest radius, in kilometres.
    pub const MAX: f64 = 1_000.0;

    /// A radius of `km` kilometres within the stated limits.
    pub fn new(km: f64) -> Result<Self, RadiusError> {
        match km {
            _ if !km.is_finite() => Err(RadiusError::NotANumber),
            _ if km < Self::MIN => Err(RadiusError::TooSmall),
            _ if km > Self::MAX => Err(RadiusError::TooLarge),
            _ => Ok(Self(Kilometres(km))),
        }
    }

    /// Reads what a person typed: Western, Arabic or Persian digits, and either no unit or a unit
    /// that means kilometres ("160", "160 km", "١٦٠ كم"). "160 m" and "160 م" are refused.
    pub fn typed(text: &str) -> Result<Self, RadiusError> {
        let text: String = text.trim().chars().map(western_digit).collect();
        if text.is_empty() {
            return Err(RadiusError::Missing);
        }
        let split = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let number: f64 = number
            .replace(',', ".")
            .parse()
            .map_err(|_| RadiusError::NotANumber)?;
        match unit.trim().to_lowercase().as_str() {
            "" | "km" | "kms" | "كم" | "كلم" | "كيلومتر" | "kilomètres" | "kilometres"
            | "kilometers" => Self::new(number),
            _ => Err(RadiusError::NotKilometres),
        }
    }

    /// The radius as a distance.
    pub fn kilometres(self) -> Kilometres {
        self.0
    }
}

impl TryFrom<f64> for Radius {
    type Error = RadiusError;
    fn try_from(km: f64) -> Result<Self, RadiusError> {
        Self::new(km)
    }
}

impl From<Radius> for f64 {
    fn from(radius: Radius) -> f64 {
        radius.0.0
    }
}

impl fmt::Display for Kilometres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} km", self.0)
    }
}

/// Turns Arabic-Indic and Persian digits into ASCII ones, the Arabic decimal comma into a point, blanks that do not
/// break into plain ones.
pub fn western_digit(c: char) -> char {
    match c {
        '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
        '\u{6f0}'..='\u{6f9}' => char::from(b'0' + (c as u32 - 0x6f0) as u8),
        '\u{66b}' => '.',
        '\u{a0}' | '\u{202f}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radius_is_typed_in_kilometres_and_metres_are_refused() {
        for good in ["160", "160 km", "160km", "١٦٠ كم", "160,0", " 160 "] {
            assert_eq!(
                Radius::typed(good).map(|r| r.kilometres().get()),
                Ok(160.0),
                "{good}"
            );
        }
        for (bad, why) in [
            ("160 m", RadiusError::NotKilometres),
            ("160 م", RadiusError::NotKilometres),
            ("160 miles", RadiusError::NotKilometres),
            ("160000", RadiusError::TooLarge),
            ("0", RadiusError::TooSmall),
            ("0.16", RadiusError::TooSmall),
            ("-5", RadiusError::TooSmall),
            ("", RadiusError::Missing),
            ("wide", RadiusError::NotANumber),
            ("1 60", RadiusError::NotKilometres),
        ] {
            assert_eq!(Radius::typed(bad), Err(why), "{bad}");
        }
    }
}
