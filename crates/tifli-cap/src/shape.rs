//! Points, polygons and circles as CAP writes them: latitude first, degrees of WGS 84, radius in
//! kilometres.
//!
//! For: building well-formed shapes, and keeping received ones verbatim, since real services send
//! broken ones that must not cost the whole alert. Not for: geometry (area, inside, crossing).

use std::fmt;
use std::str::FromStr;

/// The largest radius that is written, in kilometres: half the Earth's girth.
pub const MAX_RADIUS_KM: f64 = 20_000.0;

/// A place on the Earth, in degrees of WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

/// A ring of points, kept as text: `lat,lon lat,lon …` with the first point repeated at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Polygon(String);

/// A centre and a radius in kilometres, kept as text: `lat,lon radius`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Circle(String);

/// A decimal number kept as text, for altitude and ceiling (feet above mean sea level).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(String);

/// Why a shape cannot be used. It never tells the coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// The text is not made of decimal numbers in the expected order.
    #[error("not of the form that CAP gives this shape")]
    Form,
    /// A latitude outside -90 to 90 or a longitude outside -180 to 180.
    #[error("a coordinate is out of range")]
    OutOfRange,
    /// Fewer than four points, the repeated first one counted.
    #[error("a polygon needs four points or more")]
    TooFewPoints,
    /// The last point is not the first.
    #[error("the polygon is not closed")]
    NotClosed,
    /// A radius that is not above 0 and at most [`MAX_RADIUS_KM`].
    #[error("the radius is not above 0 and at most 20000 km")]
    Radius,
}

impl Point {
    /// The place at this latitude and longitude, in degrees.
    ///
    /// # Errors
    /// [`ShapeError::OutOfRange`], also for what is not a number.
    pub fn new(latitude: f64, longitude: f64) -> Result<Point, ShapeError> {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return Err(ShapeError::OutOfRange);
        }
        // Adding zero turns -0 into 0, so that no "-0" is ever written.
        Ok(Point {
            latitude: latitude + 0.0,
            longitude: longitude + 0.0,
        })
    }

    /// Degrees north of the equator.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich.
    pub fn longitude(self) -> f64 {
        self.longitude
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.latitude, self.longitude)
    }
}

impl FromStr for Point {
    type Err = ShapeError;

    fn from_str(text: &str) -> Result<Point, ShapeError> {
        let (latitude, longitude) = text.split_once(',').ok_or(ShapeError::Form)?;
        Point::new(number(latitude)?, number(longitude)?)
    }
}

impl Polygon {
    /// The ring through these points; the first is to be repeated at the end.
    ///
    /// # Errors
    /// [`ShapeError::TooFewPoints`] or [`ShapeError::NotClosed`].
    pub fn new(ring: &[Point]) -> Result<Polygon, ShapeError> {
        let words: Vec<String> = ring.iter().map(Point::to_string).collect();
        check_ring(ring)?;
        Ok(Polygon(words.join(" ")))
    }

    /// A polygon as received, sound or not; only its white space is made even.
    pub fn from_text(text: &str) -> Polygon {
        Polygon(even(text))
    }

    /// The points, the first repeated at the end.
    ///
    /// # Errors
    /// What keeps the text from being a ring.
    pub fn points(&self) -> Result<Vec<Point>, ShapeError> {
        let ring = self
            .0
            .split(' ')
            .map(str::parse)
            .collect::<Result<Vec<Point>, _>>()?;
        check_ring(&ring)?;
        Ok(ring)
    }

    /// The text as CAP carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Circle {
    /// The circle around a centre with a radius in **kilometres**.
    ///
    /// # Errors
    /// [`ShapeError::Radius`] for a radius that is not above 0 and at most [`MAX_RADIUS_KM`].
    pub fn with_radius_km(center: Point, radius_km: f64) -> Result<Circle, ShapeError> {
        check_radius(radius_km)?;
        Ok(Circle(format!("{center} {radius_km}")))
    }

    /// A circle as received, sound or not; only its white space is made even.
    pub fn from_text(text: &str) -> Circle {
        Circle(even(text))
    }

    /// The centre and the radius in kilometres.
    ///
    /// # Errors
    /// What keeps the text from being a circle that has an inside.
    pub fn center_and_radius_km(&self) -> Result<(Point, f64), ShapeError> {
        let (center, radius) = self.0.split_once(' ').ok_or(ShapeError::Form)?;
        let (center, radius_km) = (center.parse()?, number(radius)?);
        check_radius(radius_km)?;
        Ok((center, radius_km))
    }

    /// The text as CAP carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Decimal {
    /// The number as CAP carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Decimal {
    type Err = ShapeError;

    fn from_str(text: &str) -> Result<Decimal, ShapeError> {
        number(text).map(|_| Decimal(text.to_owned()))
    }
}

fn check_ring(ring: &[Point]) -> Result<(), ShapeError> {
    if ring.len() < 4 {
        return Err(ShapeError::TooFewPoints);
    }
    if ring.first() != ring.last() {
        return Err(ShapeError::NotClosed);
    }
    Ok(())
}

fn check_radius(radius_km: f64) -> Result<(), ShapeError> {
    if radius_km > 0.0 && radius_km <= MAX_RADIUS_KM {
        Ok(())
    } else {
        Err(ShapeError::Radius)
    }
}

/// Plain decimals only: Rust would also take `inf`, `NaN` and exponents.
pub(crate) fn number(text: &str) -> Result<f64, ShapeError> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return Err(ShapeError::Form);
    }
    text.parse().map_err(|_| ShapeError::Form)
}

fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_written_latitude_first_with_its_radius_in_kilometres() {
        let circle = Circle::with_radius_km(Point::new(33.97, -6.85).unwrap(), 160.0).unwrap();
        assert_eq!(circle.as_str(), "33.97,-6.85 160");
        let (center, radius_km) = circle.center_and_radius_km().unwrap();
        assert_eq!(
            (center.latitude(), center.longitude(), radius_km),
            (33.97, -6.85, 160.0)
        );
    }

    #[test]
    fn a_radius_in_metres_is_refused() {
        let center = Point::new(33.97, -6.85).unwrap();
        for radius in [160_000.0, 20_000.1, 0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(
                Circle::with_radius_km(center, radius),
                Err(ShapeError::Radius)
            );
        }
        assert!(Circle::with_radius_km(center, MAX_RADIUS_KM).is_ok());
    }

    #[test]
    fn a_ring_must_be_closed_and_have_four_points() {
        let [a, b, c] = [(33.0, -7.0), (34.0, -7.0), (34.0, -6.0)]
            .map(|(latitude, longitude)| Point::new(latitude, longitude).unwrap());
        assert_eq!(Polygon::new(&[a, b, a]), Err(ShapeError::TooFewPoints));
        assert_eq!(Polygon::new(&[a, b, c, b]), Err(ShapeError::NotClosed));
        let ring = Polygon::new(&[a, b, c, a]).unwrap();
        assert_eq!(ring.as_str(), "33,-7 34,-7 34,-6 33,-7");
        assert_eq!(ring.points().unwrap(), [a, b, c, a]);
    }

    #[test]
    fn received_shapes_are_kept_but_only_sound_ones_are_read() {
        for (text, why) in [
            ("", ShapeError::Form),
            ("1,2 3,4) 5,6 1,2", ShapeError::Form),
            ("1,2 3,1e2 5,6 1,2", ShapeError::Form),
            ("1,2 3,inf 5,6 1,2", ShapeError::Form),
            ("1,2 99,4 5,6 1,2", ShapeError::OutOfRange),
            ("1,2 3,4 5,6 7,8", ShapeError::NotClosed),
            ("1,2 3,4 1,2", ShapeError::TooFewPoints),
        ] {
            let kept = Polygon::from_text(text);
            assert_eq!(kept.as_str(), text);
            assert_eq!(kept.points(), Err(why), "{text}");
        }
        assert_eq!(
            Circle::from_text(" 1,2\n 0 ").center_and_radius_km(),
            Err(ShapeError::Radius)
        );
    }

    #[test]
    fn very_small_degrees_are_written_without_an_exponent() {
        assert_eq!(Point::new(1e-7, -0.0).unwrap().to_string(), "0.0000001,0");
    }
}
