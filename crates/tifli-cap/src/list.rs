//! Lists inside one element (`addresses`, `incidents`): items apart by white space, an item that
//! holds white space in double quotes.
//!
//! For: reading and writing such lists. Not for: `references`, whose items never hold a blank.

/// The items of a list; a quote that is never closed runs to the end.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (item, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        if !item.trim().is_empty() {
            items.push(item.to_owned());
        }
        rest = after.trim_start();
    }
    items
}

/// The list as one text; no item may hold a double quote.
pub(crate) fn join(items: &[String]) -> String {
    let quote = |item: &String| {
        if item.contains(char::is_whitespace) {
            format!("\"{item}\"")
        } else {
            item.clone()
        }
    };
    items.iter().map(quote).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_with_blanks_travels_in_quotes() {
        let items = [
            "one@example.org".to_owned(),
            "the second of them".to_owned(),
        ];
        assert_eq!(join(&items), "one@example.org \"the second of them\"");
        assert_eq!(split(&join(&items)), items);
    }

    #[test]
    fn blank_items_and_open_quotes_do_no_harm() {
        assert_eq!(split("  \n "), Vec::<String>::new());
        assert_eq!(split("\"\" a \"b c"), ["a", "b c"]);
    }
}
