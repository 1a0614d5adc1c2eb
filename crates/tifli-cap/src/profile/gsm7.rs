//! The default alphabet of GSM, 7 bits a character, and how long a text is in it.
//!
//! For: texts that must fit phones. Not for: packing them into octets.
//!
//! Source: 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1.

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

const EXTENDED: &str = "^{}\\[~]|€\u{C}";

/// How many places the text takes; none when it holds a character outside of the alphabet.
pub(super) fn length(text: &str) -> Option<usize> {
    let places = |c| match c {
        c if BASIC.contains(c) => Some(1),
        c if EXTENDED.contains(c) => Some(2),
        _ => None,
    };
    text.chars().map(places).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_the_extension_count_twice() {
        assert_eq!(length("Été à 5 €"), Some(10));
        assert_eq!(length("[19]"), Some(6));
        assert_eq!(length(""), Some(0));
    }

    #[test]
    fn ordinary_french_and_arabic_do_not_fit() {
        for text in ["enlevé à l’école", "forêt", "ç", "طفلة", "ⴰⵔⴱⴰ"] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn the_basic_alphabet_has_127_places_besides_the_escape() {
        assert_eq!(BASIC.chars().count(), 127);
    }
}
