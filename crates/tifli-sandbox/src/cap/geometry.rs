//! What a place may look like: latitude first, on the globe, closed.

/// `latitude,longitude radius`, the radius in kilometres.
pub(super) fn is_circle(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    let (Some(center), Some(radius), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    point(center).is_some() && number(radius).is_some_and(|km| km >= 0.0)
}

/// Four points at least, the last the same as the first.
pub(super) fn is_polygon(text: &str) -> bool {
    let points: Option<Vec<_>> = text.split_whitespace().map(point).collect();
    points.is_some_and(|points| points.len() >= 4 && points.first() == points.last())
}

fn point(text: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = text.split_once(',')?;
    let (latitude, longitude) = (number(latitude)?, number(longitude)?);
    let on_the_globe = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    on_the_globe.then_some((latitude, longitude))
}

/// A decimal number without an exponent.
fn number(text: &str) -> Option<f64> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    text.chars().all(digits).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_has_a_center_on_the_globe_and_a_radius() {
        for (text, good) in [
            ("33.97,-6.85 160", true),
            ("32.9525,-115.5527 0", true),
            ("33.97,-6.85", false),
            ("33.97 -6.85 160", false),
            ("33.97,-6.85 -1", false),
            ("33.97,-6.85 160 km", false),
            ("-115.5527,32.9525 10", false),
            ("33.97,-6.85 inf", false),
            ("3e1,-6.85 160", false),
        ] {
            assert_eq!(is_circle(text), good, "{text}");
        }
    }

    #[test]
    fn a_polygon_is_closed_and_has_four_points() {
        for (text, good) in [
            ("33,-6 34,-6 34,-5 33,-6", true),
            ("33,-6 34,-6 33,-6", false),
            ("33,-6 34,-6 34,-5 33,-5", false),
            ("33,-6 34,-6) 34,-5 33,-6", false),
            ("", false),
        ] {
            assert_eq!(is_polygon(text), good, "{text}");
        }
    }
}
