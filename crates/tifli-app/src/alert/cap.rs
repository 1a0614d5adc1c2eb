//! A frozen message as a CAP 1.2 document.
//!
//! Built from the message alone: nothing else is looked up.

use jiff::Timestamp;
use tifli_cap as cap;
use tifli_domain::Realm;
use tifli_domain::message::{Message, MsgType, PublicText};
use tifli_geo::{CapGeometry, CapPart};

use crate::{App, AppError, AppResult};

/// What codes of regions and provinces are called in a message.
const ISO_CODES: &str = "ISO 3166-2";

impl App {
    /// The CAP document of a message, unsigned: what is shown before it goes out, and what is signed then.
    pub fn cap_xml(&self, message: &Message) -> AppResult<String> {
        let alert = self.cap_alert(message)?;
        cap::write(&alert).map_err(|error| {
            tracing::error!(faults = %error, "a message cannot be written as CAP");
            AppError::internal("cap")
        })
    }

    /// The stable address of a message's CAP document.
    pub fn cap_url(&self, identifier: &str) -> String {
        format!("{}/cap/{identifier}.xml", self.base_url())
    }

    pub(super) fn cap_alert(&self, message: &Message) -> AppResult<cap::Alert> {
        let key = cap::Reference {
            sender: message.sender.clone(),
            identifier: message.identifier.clone(),
            sent: time(message.sent_ms)?,
        };
        let mut alert = cap::Alert::new(
            key,
            status(message.realm),
            kind(message),
            cap::Scope::Public,
        );
        alert.source = message.texts.first().map(|t| t.sender_name.clone());
        alert.incidents = vec![message.alert.to_string()];
        for earlier in &message.references {
            alert.references.push(cap::Reference {
                sender: earlier.sender.clone(),
                identifier: earlier.identifier.clone(),
                sent: time(earlier.sent_ms)?,
            });
        }
        if message.realm != Realm::Live {
            alert.note = Some(self.realm_note(message.realm)?);
        }
        for text in &message.texts {
            alert.info.push(self.cap_info(message, text)?);
        }
        super::profiles::written_for(message, alert)
    }

    fn cap_info(&self, message: &Message, text: &PublicText) -> AppResult<cap::Info> {
        let ended = message.msg_type == MsgType::Cancel;
        let mut info = cap::Info::new(
            cap::Category::Rescue,
            text.event.clone(),
            if ended {
                cap::Urgency::Past
            } else {
                cap::Urgency::Immediate
            },
            if ended {
                cap::Severity::Minor
            } else {
                cap::Severity::Severe
            },
            if ended {
                cap::Certainty::Observed
            } else {
                cap::Certainty::Likely
            },
        );
        info.language = Some(text.language.clone());
        info.response_type = vec![if ended {
            cap::ResponseType::AllClear
        } else {
            cap::ResponseType::Monitor
        }];
        info.effective = Some(time(message.sent_ms)?);
        info.expires = Some(time(message.expires_ms)?);
        info.sender_name = Some(text.sender_name.clone());
        info.headline = Some(text.headline.clone());
        info.description = Some(text.description.clone());
        info.instruction = Some(text.instruction.clone());
        info.web = Some(format!(
            "{}/{}/a/{}",
            self.base_url(),
            text.language,
            message.alert
        ));
        info.contact = Some(message.number_to_call.clone());
        info.resource = self.cap_resource(message, text);
        info.area = self.cap_areas(message, text)?;
        Ok(info)
    }

    fn cap_resource(&self, message: &Message, text: &PublicText) -> Vec<cap::Resource> {
        let photo = message
            .child
            .as_ref()
            .and_then(|child| child.photo.as_ref());
        let resource = photo.map(|photo| {
            let mut resource = cap::Resource::new(text.first_name.clone(), "image/jpeg");
            resource.size = Some(photo.size);
            resource.uri = Some(format!("{}/a/{}/photo.jpg", self.base_url(), message.alert));
            resource.digest = Some(photo.sha1.clone());
            resource
        });
        resource.into_iter().collect()
    }

    /// One area for each region by its name and code, one for what was drawn.
    fn cap_areas(&self, message: &Message, text: &PublicText) -> AppResult<Vec<cap::Area>> {
        let frozen = self.read_area(&message.area)?;
        let parts = frozen
            .to_cap_parts(Some(self.pack().outline()))
            .map_err(|_| AppError::internal("cap_area"))?;
        parts
            .into_iter()
            .map(|part| self.cap_area(part, text))
            .collect()
    }

    fn cap_area(&self, part: CapPart, text: &PublicText) -> AppResult<cap::Area> {
        let mut area = cap::Area::new(text.area.clone());
        if let Some(id) = part.region {
            let region = self.find_region(&id)?;
            let name = region.as_ref().map(|one| one.name(&text.language));
            area.area_desc = name.unwrap_or(&id).to_owned();
            area.geocode = region
                .and_then(|one| one.iso)
                .map(|iso| cap::Geocode::new(ISO_CODES, iso))
                .into_iter()
                .collect();
        }
        match part.geometry {
            CapGeometry::Circle(circle) => area.circle.push(cap::Circle::from_text(&circle)),
            CapGeometry::Polygons(rings) => {
                for ring in rings {
                    let polygon = tifli_geo::positions_text(&ring);
                    area.polygon.push(cap::Polygon::from_text(&polygon));
                }
            }
        }
        Ok(area)
    }

    pub(crate) fn realm_note(&self, realm: Realm) -> AppResult<String> {
        let language = self
            .alert_languages()
            .next()
            .unwrap_or(tifli_pack::LanguageTag::AR);
        let label = match realm {
            Realm::Drill => self.pack().drill_label(language),
            Realm::Demo | Realm::Live => self.pack().demo_label(language),
        };
        label
            .map(str::to_owned)
            .map_err(|_| AppError::internal("realm_label"))
    }
}

fn kind(message: &Message) -> cap::MsgType {
    match message.msg_type {
        MsgType::Alert => cap::MsgType::Alert,
        MsgType::Update => cap::MsgType::Update,
        MsgType::Cancel => cap::MsgType::Cancel,
    }
}

/// A drill or demonstration never says that it is real.
pub(crate) fn status(realm: Realm) -> cap::Status {
    match realm {
        Realm::Live => cap::Status::Actual,
        Realm::Drill => cap::Status::Exercise,
        Realm::Demo => cap::Status::Test,
    }
}

/// A moment as CAP writes it.
pub(crate) fn time(ms: i64) -> AppResult<cap::CapTime> {
    let instant = Timestamp::from_millisecond(ms).map_err(|_| AppError::internal("time"))?;
    cap::CapTime::utc(instant).map_err(|_| AppError::internal("time"))
}
