//! Text and numbers inside of SVG.
//!
//! For: escaping, and paths in few bytes. Not for: building whole documents.

use geo::{Coord, LineString};
use std::fmt::Write as _;

/// Escapes text for element content and quoted attributes; characters XML 1.0 forbids are dropped.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

/// A pixel with at most one decimal.
pub(crate) fn number(pixels: f64) -> String {
    tenths((pixels * 10.0).round() as i64)
}

/// Appends a closed ring to path data, in tenths of pixels and relative steps.
pub(crate) fn push_ring(path: &mut String, ring: &LineString) {
    let mut points: Vec<(i64, i64)> = ring.coords().map(|c| tenth(*c)).collect();
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 {
        return;
    }
    let mut at = points[0];
    write!(path, "M{}{}", tenths(at.0), spaced(at.1)).expect("writing to a string cannot fail");
    path.push('l');
    for (i, &(x, y)) in points.iter().enumerate().skip(1) {
        let step = tenths(x - at.0);
        if i > 1 && !step.starts_with('-') {
            path.push(' ');
        }
        path.push_str(&step);
        path.push_str(&spaced(y - at.1));
        at = (x, y);
    }
    path.push('z');
}

fn tenth(c: Coord) -> (i64, i64) {
    ((c.x * 10.0).round() as i64, (c.y * 10.0).round() as i64)
}

/// A number of tenths, without a needless zero or point.
fn tenths(value: i64) -> String {
    let (sign, size) = (if value < 0 { "-" } else { "" }, value.abs());
    match (size / 10, size % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, rest) => format!("{sign}.{rest}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

/// A second number after a first: a minus sign parts them by itself.
fn spaced(value: i64) -> String {
    let text = tenths(value);
    if text.starts_with('-') {
        text
    } else {
        format!(" {text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn rings_are_written_in_few_bytes() {
        let mut path = String::new();
        let ring = vec![
            (10.04, 0.0),
            (9.5, 0.5),
            (0.0, -3.0),
            (0.01, -3.01),
            (10.04, 0.0),
        ];
        push_ring(&mut path, &LineString::from(ring));
        push_ring(
            &mut path,
            &LineString::from(vec![(0.0, 0.0), (0.01, 0.0), (1.0, 0.0)]),
        );
        expect!["M10 0l-.5 .5-9.5-3.5z"].assert_eq(&path);
    }

    #[test]
    fn text_cannot_leave_its_element() {
        expect!["&lt;/title&gt;&lt;b a=&#39;&quot;&#39;&gt; &amp;amp; طفلي"]
            .assert_eq(&escaped("</title><b a='\"'>\u{1}\n&amp; طفلي"));
    }
}
