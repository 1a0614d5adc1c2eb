//! The kit: everything a partner is given about one version, made from the frozen, approved message
//! alone. It has no field for anything that is not public. Not here: the files it is packed into.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use tifli_domain::Realm;
use tifli_domain::message::{Message, PublicText};
use tifli_domain::partner::first_lines;
use tifli_geo::{Shape, distance};
use tifli_pack::{LanguageTag, Partner};
use tifli_units::{Position, Radius};

use crate::{App, AppError, AppResult};

/// What every kit says it is; a reader refuses another.
const FORMAT: &str = "tifli hand-over 1";

/// What is handed over, as machines read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kit {
    /// What this is.
    pub format: &'static str,
    /// `live`, `drill` or `demo`: only `live` is the real thing.
    pub realm: Realm,
    /// Country pack.
    pub country: String,
    /// For whom: the partner's code.
    pub partner: String,
    /// Public code of the alert.
    pub alert: String,
    /// Identifier of the message, the same as in CAP.
    pub identifier: String,
    /// Its version.
    pub version: u32,
    /// `Alert`, `Update`, or `Cancel`: then everything published is to be taken down.
    pub message_type: &'static str,
    /// The requesting authority, by language.
    pub authority: BTreeMap<String, String>,
    /// The number to call, as it is dialled.
    pub number_to_call: String,
    /// The live page, by language: it says at any moment whether the alert stands.
    pub link: BTreeMap<String, String>,
    /// From when it stands, UTC.
    pub valid_from: String,
    /// Until when it stands, UTC.
    pub valid_until: String,
    /// From when, in the country's time.
    pub valid_from_local: String,
    /// Until when, in the country's time.
    pub valid_until_local: String,
    /// That time's zone.
    pub time_zone: String,
    /// Where; none once the alert has ended.
    pub area: Option<KitArea>,
    /// The words by language.
    pub texts: BTreeMap<String, KitText>,
    /// The photo, where the partner may have it.
    pub photo: Option<KitPhoto>,
}

/// Where it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KitArea {
    /// Center, degrees north, WGS 84.
    pub center_latitude: f64,
    /// Center, degrees east.
    pub center_longitude: f64,
    /// Radius in kilometres. Never another unit.
    pub radius_km: Radius,
    /// In words, by language.
    pub words: BTreeMap<String, String>,
}

/// The words in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KitText {
    /// What stands before the fold: 125 characters at most, the number included.
    pub first_lines: String,
    /// Headline.
    pub headline: String,
    /// Description.
    pub description: String,
    /// What to do.
    pub instruction: String,
}

/// The photo's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KitPhoto {
    /// Its name in the archive.
    pub file: &'static str,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// The photo's name in the archive.
pub(super) const PHOTO: &str = "photo.jpg";

impl App {
    /// The kit of `message` for `partner`; `picture` is the photo that may go with it.
    pub(super) fn kit(
        &self,
        message: &Message,
        partner: &Partner,
        picture: Option<&tifli_domain::message::PublicPhoto>,
    ) -> AppResult<Kit> {
        let texts = texts_for(message, partner);
        let by_language = |value: &dyn Fn(&PublicText) -> String| {
            texts
                .iter()
                .map(|t| (t.language.clone(), value(t)))
                .collect::<BTreeMap<_, _>>()
        };
        let mark = self.realm_mark(message.realm)?;
        let kit_text = |text: &PublicText| {
            let headline = match mark.get(&text.language) {
                Some(word) => format!("{word} - {}", text.headline),
                None => text.headline.clone(),
            };
            let number = &message.number_to_call;
            KitText {
                first_lines: first_lines(&headline, &text.place, number),
                headline,
                description: text.description.clone(),
                instruction: text.instruction.clone(),
            }
        };
        Ok(Kit {
            format: FORMAT,
            realm: message.realm,
            country: message.pack.clone(),
            partner: partner.id.clone(),
            alert: message.alert.to_string(),
            identifier: message.identifier.clone(),
            version: message.version,
            message_type: message.msg_type.as_str(),
            authority: by_language(&|t| t.sender_name.clone()),
            number_to_call: message.number_to_call.clone(),
            link: by_language(&|t| {
                format!("{}/{}/a/{}", self.base_url(), t.language, message.alert)
            }),
            valid_from: utc(message.sent_ms)?,
            valid_until: utc(message.expires_ms)?,
            valid_from_local: self.local(message.sent_ms)?,
            valid_until_local: self.local(message.expires_ms)?,
            time_zone: self.pack().zone_name().to_owned(),
            area: match message.child {
                Some(_) => Some(self.kit_area(message, by_language(&|t| t.area.clone()))?),
                None => None,
            },
            texts: texts
                .iter()
                .map(|t| (t.language.clone(), kit_text(t)))
                .collect(),
            photo: picture.map(|photo| KitPhoto {
                file: PHOTO,
                sha256: photo.sha256.clone(),
                size: photo.size,
            }),
        })
    }

    fn kit_area(&self, message: &Message, words: BTreeMap<String, String>) -> AppResult<KitArea> {
        let frozen = self.read_area(&message.area)?;
        let (center, radius) = around(frozen.shape())?;
        Ok(KitArea {
            center_latitude: center.lat(),
            center_longitude: center.lon(),
            radius_km: radius,
            words,
        })
    }

    /// The word that marks what is not the real thing, by language; empty in a live house.
    fn realm_mark(&self, realm: Realm) -> AppResult<BTreeMap<String, String>> {
        let mut marks = BTreeMap::new();
        for language in &self.pack().languages().alert {
            let word = match realm {
                Realm::Live => continue,
                Realm::Drill => self.pack().drill_label(*language),
                Realm::Demo => self.pack().demo_label(*language),
            };
            let word = word.map_err(|_| AppError::internal("realm_label"))?;
            marks.insert(language.as_str().to_owned(), word.to_owned());
        }
        Ok(marks)
    }

    /// A moment in the country's time, day first.
    fn local(&self, ms: i64) -> AppResult<String> {
        let zoned = time(ms)?.to_zoned(self.pack().zone().clone());
        Ok(zoned.strftime("%d/%m/%Y %H:%M (UTC%:z)").to_string())
    }
}

/// The message's texts in the partner's languages, or all of them if it has none of those.
pub(super) fn texts_for<'m>(message: &'m Message, partner: &Partner) -> Vec<&'m PublicText> {
    let taken = |language: &LanguageTag| {
        let mut texts = message.texts.iter();
        texts.find(|t| t.language == language.as_str())
    };
    let texts: Vec<&PublicText> = partner.languages.iter().filter_map(taken).collect();
    if texts.is_empty() {
        message.texts.iter().collect()
    } else {
        texts
    }
}

/// A circle that holds the shape: partners take a center and a radius.
fn around(shape: &Shape) -> AppResult<(Position, Radius)> {
    let corners: Vec<Position> = match shape {
        Shape::Circle(circle) => return Ok((circle.center(), circle.radius())),
        Shape::Polygon(polygon) => polygon.corners().to_vec(),
        Shape::Regions(regions) => regions.points().collect(),
    };
    let bounds = shape.bounds();
    let middle = |a: f64, b: f64| ((a + b) / 2.0 * 100_000.0).round() / 100_000.0;
    let center = Position::new(
        middle(bounds.south, bounds.north),
        middle(bounds.west, bounds.east),
    )
    .map_err(|_| AppError::internal("area_damaged"))?;
    let farthest = corners
        .iter()
        .map(|corner| distance(center, *corner).get())
        .fold(0.0, f64::max);
    let radius = farthest.ceil().clamp(Radius::MIN, Radius::MAX);
    let radius = Radius::new(radius).map_err(|_| AppError::internal("area_damaged"))?;
    Ok((center, radius))
}

fn utc(ms: i64) -> AppResult<String> {
    Ok(time(ms)?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn time(ms: i64) -> AppResult<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(|_| AppError::internal("time"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_area_is_handed_over_as_the_circle_that_holds_it_in_whole_kilometres() {
        let at = |lat, lon| Position::new(lat, lon).unwrap();
        let corners = vec![
            at(34.0, -7.0),
            at(34.0, -6.0),
            at(35.0, -6.0),
            at(35.0, -7.0),
        ];
        let shape = Shape::polygon(corners.clone()).unwrap();
        let (center, radius) = around(&shape).unwrap();
        assert_eq!((center.lat(), center.lon()), (34.5, -6.5));
        for corner in corners {
            assert!(distance(center, corner).get() <= radius.kilometres().get());
        }
        assert_eq!(radius.kilometres().get(), radius.kilometres().get().trunc());
        let json = serde_json::to_string(&radius).unwrap();
        assert_eq!(json, "73.0");
    }
}
