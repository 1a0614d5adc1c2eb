//! A security service in the directory: who receives every bulletin, and under which address.
//!
//! The country pack fills the directory once; after that the administrator keeps it. Not for: who
//! belongs to a service, nor what it was sent.

use crate::id::IdError;
use crate::text;
use std::fmt;
use std::str::FromStr;

/// The most characters of a name or a region.
const NAME: usize = 120;
/// The most characters of an address (RFC 5321, 4.5.3.1.3, without the angle brackets).
const ADDRESS: usize = 254;
/// The most characters of a telephone number.
const PHONE: usize = 24;

/// A service by its slug: lower-case letters, digits and hyphens, as in `police-rabat-agdal`.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct ServiceId(String);

impl ServiceId {
    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ServiceId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let ok = (2..=48).contains(&text.len()) && text.bytes().all(plain);
        ok.then(|| Self(text.to_owned())).ok_or(IdError)
    }
}

impl TryFrom<String> for ServiceId {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<ServiceId> for String {
    fn from(id: ServiceId) -> Self {
        id.0
    }
}

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A line of the directory as it is typed or read from a file; [`Typed::check`] makes a [`Service`].
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// Its slug.
    pub id: String,
    /// Its kind, a code of the country pack's services.
    pub kind: String,
    /// Its name in Arabic.
    pub name_ar: String,
    /// Its name in French.
    pub name_fr: String,
    /// Its name in English.
    pub name_en: String,
    /// The region it works in, in words; may be empty.
    pub region: String,
    /// The district it works in, a slug of the country pack; empty for a national service.
    pub district: String,
    /// Where its bulletins are announced.
    pub email: String,
    /// Whom the room calls when it stays silent.
    pub phone: String,
    /// `yes`, or `no` for one that receives nothing at present; empty is `yes`.
    pub active: String,
}

/// A service of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its slug.
    pub id: ServiceId,
    /// Its kind, a code of the country pack's services.
    pub kind: String,
    /// Its names: Arabic, French, English.
    pub names: [String; 3],
    /// The region it works in, in words; may be empty.
    pub region: String,
    /// The district it works in; empty for a national service.
    pub district: String,
    /// Where its bulletins are announced; empty where it reads them signed in only.
    pub email: String,
    /// Whom the room calls when it stays silent.
    pub phone: String,
    /// Whether it receives bulletins at present.
    pub active: bool,
}

/// What is wrong with one column of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    /// The column.
    pub field: &'static str,
    /// A code that pages and the API word.
    pub code: &'static str,
}

/// What the directory is checked against: the country's codes.
pub struct Known<'k> {
    /// The kinds of service.
    pub kinds: &'k [&'k str],
    /// The districts.
    pub districts: &'k [&'k str],
}

impl Service {
    /// The name in the language of this tag, or in another.
    pub fn name(&self, language: &str) -> &str {
        let place = match language {
            "ar" => 0,
            "fr" => 1,
            _ => 2,
        };
        let own = self.names[place].as_str();
        let any = self.names.iter().find(|name| !name.is_empty());
        match (own.is_empty(), any) {
            (true, Some(any)) => any,
            _ => own,
        }
    }

    /// The line that [`Typed::check`] reads back as this service.
    pub fn typed(&self) -> Typed {
        let [name_ar, name_fr, name_en] = self.names.clone();
        Typed {
            id: self.id.to_string(),
            kind: self.kind.clone(),
            name_ar,
            name_fr,
            name_en,
            region: self.region.clone(),
            district: self.district.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            active: if self.active { "yes" } else { "no" }.to_owned(),
        }
    }
}

impl Typed {
    /// Every column in the order of a file.
    pub const COLUMNS: [&'static str; 10] = [
        "id", "kind", "name_ar", "name_fr", "name_en", "region", "district", "email", "phone",
        "active",
    ];

    /// Its cells in the order of [`Typed::COLUMNS`].
    pub fn cells(self) -> [String; 10] {
        [
            self.id,
            self.kind,
            self.name_ar,
            self.name_fr,
            self.name_en,
            self.region,
            self.district,
            self.email,
            self.phone,
            self.active,
        ]
    }

    /// The service this line describes; otherwise everything that is wrong with it.
    pub fn check(&self, known: &Known<'_>) -> Result<Service, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut refuse = |field, code| wrong.push(Wrong { field, code });
        let id = self.id.trim().parse::<ServiceId>();
        if id.is_err() {
            refuse("id", "not_a_slug");
        }
        let mut line = |field, typed: &str, limit| match text::plain(typed, limit) {
            Ok(kept) if kept.contains(['\n', '\r', '\t']) => {
                refuse(field, "hidden_characters");
                String::new()
            }
            Ok(kept) => kept,
            Err(error) => {
                refuse(field, text_code(error));
                String::new()
            }
        };
        let names = [
            line("name_ar", &self.name_ar, NAME),
            line("name_fr", &self.name_fr, NAME),
            line("name_en", &self.name_en, NAME),
        ];
        let region = line("region", &self.region, NAME);
        let email = line("email", &self.email, ADDRESS);
        let phone = line("phone", &self.phone, PHONE);
        let typed_names = [&self.name_ar, &self.name_fr, &self.name_en];
        if typed_names.iter().all(|name| name.trim().is_empty()) {
            refuse("name_ar", "missing");
        }
        let (kind, district) = (self.kind.trim(), self.district.trim());
        if !known.kinds.contains(&kind) {
            refuse("kind", "not_an_answer");
        }
        if !district.is_empty() && !known.districts.contains(&district) {
            refuse("district", "not_an_answer");
        }
        if !email.is_empty() && !is_address(&email) {
            refuse("email", "not_an_email");
        }
        if !phone
            .chars()
            .all(|c| c.is_ascii_digit() || "+ -".contains(c))
        {
            refuse("phone", "not_a_phone");
        }
        let active = match self.active.trim() {
            "" | "yes" => true,
            "no" => false,
            _ => {
                refuse("active", "not_an_answer");
                false
            }
        };
        match id {
            Ok(id) if wrong.is_empty() => Ok(Service {
                id,
                kind: kind.to_owned(),
                names,
                region,
                district: district.to_owned(),
                email,
                phone,
                active,
            }),
            _ => Err(wrong),
        }
    }
}

fn text_code(error: text::TextError) -> &'static str {
    match error {
        text::TextError::Missing => "missing",
        text::TextError::TooLong { .. } => "too_long",
        text::TextError::HiddenCharacters => "hidden_characters",
        text::TextError::Markup => "markup",
    }
}

/// Whether a text can be written to: one `@`, a local part and a domain of plain characters.
fn is_address(text: &str) -> bool {
    let plain = |part: &str, also: &[u8]| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || also.contains(&byte))
    };
    text.split_once('@').is_some_and(|(local, domain)| {
        local.len() <= 64 && plain(local, b"._+-") && plain(domain, b".-") && domain.contains('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Known<'_> = Known {
        kinds: &["police", "borders"],
        districts: &["fes"],
    };

    fn typed() -> Typed {
        Typed {
            id: "police-fes".to_owned(),
            kind: "police".to_owned(),
            name_ar: "ولاية أمن فاس".to_owned(),
            district: "fes".to_owned(),
            email: "fes@police.example.org".to_owned(),
            phone: "+212 500 00 00 01".to_owned(),
            ..Typed::default()
        }
    }

    fn wrong(change: impl FnOnce(&mut Typed)) -> Vec<(&'static str, &'static str)> {
        let mut line = typed();
        change(&mut line);
        let refused = line.check(&KNOWN).err().unwrap_or_default();
        refused.iter().map(|one| (one.field, one.code)).collect()
    }

    #[test]
    fn a_line_that_is_right_reads_back_as_it_was_written() {
        let service = typed().check(&KNOWN).unwrap();
        assert!(service.active);
        assert_eq!(
            service.name("fr"),
            "ولاية أمن فاس",
            "any name is better than none"
        );
        assert_eq!(service.typed().check(&KNOWN), Ok(service));
    }

    #[test]
    fn each_wrong_column_is_named() {
        assert_eq!(wrong(|l| l.id = "Fès".into()), [("id", "not_a_slug")]);
        assert_eq!(
            wrong(|l| l.kind = "navy".into()),
            [("kind", "not_an_answer")]
        );
        assert_eq!(
            wrong(|l| l.district = "x".into()),
            [("district", "not_an_answer")]
        );
        assert_eq!(wrong(|l| l.name_ar.clear()), [("name_ar", "missing")]);
        assert_eq!(
            wrong(|l| l.name_en = "a".repeat(121)),
            [("name_en", "too_long")]
        );
        assert_eq!(
            wrong(|l| l.phone = "call me".into()),
            [("phone", "not_a_phone")]
        );
        assert_eq!(
            wrong(|l| l.active = "maybe".into()),
            [("active", "not_an_answer")]
        );
        for email in [
            "a",
            "a@b",
            "a b@c.org",
            "a@@b.org",
            "a@b..org",
            "@b.org",
            ".a@b.org",
        ] {
            assert_eq!(
                wrong(|l| l.email = email.into()),
                [("email", "not_an_email")],
                "{email}"
            );
        }
        assert_eq!(
            wrong(|l| l.email.clear()),
            [],
            "a service may read signed in only"
        );
    }
}
