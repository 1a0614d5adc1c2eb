//! Receipts: made of the form they answer, and kept as a keyed hash only.

use tifli_domain::id::ReceiptCode;
use tifli_domain::ports::Entropy;

use crate::codes::{hex, keyed_hash};

/// What is stored of a receipt.
pub(crate) fn stored(pepper: &[u8; 32], receipt: &ReceiptCode) -> [u8; 32] {
    keyed_hash(pepper, "receipt", receipt.digits())
}

/// What is looked for when somebody types a receipt; what cannot be one is looked for too, in vain.
pub(super) fn sought(pepper: &[u8; 32], typed: &str) -> [u8; 32] {
    match ReceiptCode::typed(typed) {
        Ok(receipt) => stored(pepper, &receipt),
        Err(_) => keyed_hash(pepper, "receipt", ""),
    }
}

/// The receipt of a form: the same form sent again gets the same receipt, so that none is stored.
/// Other words under the same token are another form, and nothing that was told is dropped.
pub(crate) fn of_form(pepper: &[u8; 32], token: &str, content: &[u8; 32]) -> ReceiptCode {
    let form = format!("{token}\0{}", hex(content));
    ReceiptCode::new(&Derived(keyed_hash(pepper, "receipt-of", &form)))
}

/// Bytes that follow from a keyed hash.
struct Derived([u8; 32]);

impl Entropy for Derived {
    fn fill(&self, bytes: &mut [u8]) {
        let endless = self.0.iter().cycle();
        bytes
            .iter_mut()
            .zip(endless)
            .for_each(|(to, from)| *to = *from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_one_receipt_and_other_words_another() {
        let receipt = |pepper: u8, token: &str, content: u8| {
            of_form(&[pepper; 32], token, &[content; 32])
                .digits()
                .to_owned()
        };
        assert_eq!(receipt(1, "t", 1), receipt(1, "t", 1));
        assert_ne!(receipt(1, "t", 1), receipt(1, "t", 2));
        assert_ne!(receipt(1, "t", 1), receipt(1, "u", 1));
        assert_ne!(
            receipt(1, "t", 1),
            receipt(2, "t", 1),
            "only the house can derive it"
        );
    }

    #[test]
    fn a_receipt_is_sought_as_it_is_stored_however_it_is_typed() {
        let receipt = ReceiptCode::typed("1234567890123456").unwrap();
        let pepper = [9; 32];
        assert_eq!(
            sought(&pepper, "1234 5678-9012 ٣٤٥٦"),
            stored(&pepper, &receipt)
        );
        assert_eq!(sought(&pepper, "not one"), sought(&pepper, ""));
    }
}
