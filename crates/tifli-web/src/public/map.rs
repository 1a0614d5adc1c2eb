//! The map of an alert: a picture drawn by the server as SVG text and placed into the page as it is. Only checks that
//! nothing in it can run or load; it does not draw.

use std::fmt;

/// SVG text that is safe to place into a page: no script, no event attribute, no foreign or linked content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapSvg(String);

impl MapSvg {
    /// Accepts a drawing, or gives `None` when it holds anything that could run or load.
    #[must_use]
    pub fn parse(svg: String) -> Option<Self> {
        let lower = svg.to_ascii_lowercase();
        let foreign = [
            "<script",
            "<foreignobject",
            "<style",
            "<image",
            "<use",
            "<iframe",
            "href",
            "javascript:",
            "<!",
            "style=",
        ];
        let harmless =
            !foreign.iter().any(|word| lower.contains(word)) && !has_event_attribute(&lower);
        (lower.trim_start().starts_with("<svg") && harmless).then_some(Self(svg))
    }
}

impl fmt::Display for MapSvg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn has_event_attribute(lower: &str) -> bool {
    lower
        .split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\''))
        .any(|word| word.starts_with("on") && word.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_drawing_is_accepted_as_it_is() {
        let svg =
            "<svg viewBox=\"0 0 9 9\"><path class=\"area\" d=\"M0 0h9\"/><text>Rabat</text></svg>";
        assert_eq!(
            MapSvg::parse(svg.to_owned()).expect("harmless").to_string(),
            svg
        );
    }

    #[test]
    fn a_drawing_that_could_run_or_load_something_is_refused() {
        for inner in [
            "<script>x</script>",
            "<a href=\"x\"/>",
            "<path onload=\"x\"/>",
            "<path/onclick=x />",
            "<foreignObject/>",
            "<image xlink:href=\"x\"/>",
        ] {
            assert_eq!(
                MapSvg::parse(format!("<svg>{inner}</svg>")),
                None,
                "{inner}"
            );
        }
        assert_eq!(MapSvg::parse("<p>".to_owned()), None);
    }
}
