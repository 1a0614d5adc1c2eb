//! The kit as files: one archive that people download and give to a partner, the same bytes each
//! time for the same version. After the end it holds the notice of withdrawal and nothing of the child.

use std::io::{Cursor, Write as _};

use tifli_domain::Actor;
use tifli_domain::id::{HandoverId, MediaId};
use tifli_domain::message::{Message, MsgType, PublicPhoto, PublicText};
use tifli_domain::permission::Act;
use tifli_pack::{LanguageTag, Partner, PartnerKind, ScriptKind};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::handover::HandoverRow;
use tifli_store::message::{self, MessageRow};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::kit::{PHOTO, texts_for};
use super::sign::KIND;
use super::{Kit, partner_of};
use crate::media::Rendition;
use crate::{App, AppError, AppResult};

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitFile {
    /// Its name, made of codes only.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a hand-over's kit is made from.
struct Source {
    row: HandoverRow,
    signed: MessageRow,
    message: std::sync::Arc<Message>,
}

impl App {
    /// The archive of a hand-over: post, card, scripts, photo where it may go, signed JSON. Once the
    /// alert is over, the notice of withdrawal instead. One audit entry, and one of the consent that was looked at.
    pub async fn handover_zip(&self, actor: &Actor, id: HandoverId) -> AppResult<KitFile> {
        let source = self.kit_source(actor, id).await?;
        let partner = partner_of(self, &source.row)?;
        let photo = picture_of(&source);
        let kit = self.kit(&source.message, partner, photo)?;
        let mut files = self.texts_of(&source, partner, &kit)?;
        if let Some(photo) = photo {
            files.push((PHOTO.to_owned(), self.photo_of_kit(photo).await?));
        }
        let payload = payload(&kit)?;
        files.push((
            "alert.signed.json".into(),
            self.sealed_kit(&source, &payload)?,
        ));
        files.push(("alert.json".into(), payload));
        files.sort();
        self.note_download(actor, &source.row).await?;
        Ok(KitFile {
            name: format!("{}.zip", stem(&source)),
            bytes: archive(&files)?,
        })
    }

    /// The signed JSON of a hand-over alone. Audit entries as [`App::handover_zip`].
    pub async fn handover_json(&self, actor: &Actor, id: HandoverId) -> AppResult<KitFile> {
        let source = self.kit_source(actor, id).await?;
        let partner = partner_of(self, &source.row)?;
        let kit = self.kit(&source.message, partner, picture_of(&source))?;
        let bytes = self.sealed_kit(&source, &payload(&kit)?)?;
        self.note_download(actor, &source.row).await?;
        Ok(KitFile {
            name: format!("{}.signed.json", stem(&source)),
            bytes,
        })
    }

    /// The message a kit is made from: the version itself while the alert is live, and consent to
    /// publish and to the partner stands; its end afterwards, whatever was consented to.
    async fn kit_source(&self, actor: &Actor, id: HandoverId) -> AppResult<Source> {
        let row = self.handover_row(id).await?;
        self.permit(actor, Act::WorkPartnerDesk, &row.district)?;
        if let Some(error) = self.missing_consent(actor, &row).await? {
            return Err(error);
        }
        let messages = self
            .db()
            .read("kit_source", row.alert, |reads, alert| {
                Box::pin(
                    async move { Ok::<_, AppError>(message::list_by_alert(reads, *alert).await?) },
                )
            })
            .await?;
        let newest = messages.into_iter().next_back();
        let newest = newest.ok_or_else(AppError::not_found)?;
        if row.live && newest.message != row.message {
            return Err(AppError::conflict("newer_version"));
        }
        let message = self.open_message(&newest).await?;
        Ok(Source {
            row,
            signed: newest,
            message,
        })
    }

    fn sealed_kit(&self, source: &Source, payload: &[u8]) -> AppResult<Vec<u8>> {
        let binding = self.verified(&source.signed)?;
        self.envelope(KIND, (&binding, &source.signed.signature), payload)
    }

    /// Posts, cards and scripts in the partner's languages.
    fn texts_of(
        &self,
        source: &Source,
        partner: &Partner,
        kit: &Kit,
    ) -> AppResult<Vec<(String, Vec<u8>)>> {
        let over = source.message.msg_type == MsgType::Cancel;
        let kinds: &[ScriptKind] = match (over, partner.kind) {
            (true, _) => &[ScriptKind::Withdrawal],
            (false, PartnerKind::Media) => &[
                ScriptKind::Card,
                ScriptKind::Post,
                ScriptKind::Radio,
                ScriptKind::Television,
            ],
            (false, _) => &[ScriptKind::Card, ScriptKind::Post],
        };
        let mut files = Vec::new();
        for text in texts_for(&source.message, partner) {
            for kind in kinds {
                let words = self.script(source, kit, (text, *kind))?;
                let name = format!("{}-{}.txt", kind.as_str(), text.language);
                files.push((name, words.into_bytes()));
            }
        }
        Ok(files)
    }

    fn script(
        &self,
        source: &Source,
        kit: &Kit,
        (text, kind): (&PublicText, ScriptKind),
    ) -> AppResult<String> {
        let refused = |_| AppError::internal("script");
        let language: LanguageTag = text
            .language
            .parse()
            .map_err(|_| AppError::internal("script"))?;
        let own = kit.texts.get(&text.language);
        let own = own.ok_or_else(|| AppError::internal("script"))?;
        let spoken = self.pack().spoken_number(language, &kit.number_to_call);
        let spoken = spoken.map_err(refused)?;
        let area = kit.area.as_ref();
        let center = area.map_or_else(String::new, |a| {
            format!("{:.5}, {:.5}", a.center_latitude, a.center_longitude)
        });
        let radius = area.map_or_else(String::new, |a| number(a.radius_km.kilometres().get()));
        let version = source.message.version.to_string();
        let until_utc = kit.valid_until.replace(['T', 'Z'], " ");
        let link = kit.link.get(&text.language).cloned().unwrap_or_default();
        let desk = self.pack().desk();
        let value = |name: &str| {
            Some(match name {
                "headline" => own.headline.as_str(),
                "description" => &own.description,
                "instruction" => &own.instruction,
                "first_lines" => &own.first_lines,
                "area" => &text.area,
                "authority" => &text.sender_name,
                "number" => &kit.number_to_call,
                "number_spoken" => &spoken,
                "link" => &link,
                "code" => &kit.alert,
                "from" => &kit.valid_from_local,
                "until" => &kit.valid_until_local,
                "until_utc" => until_utc.trim(),
                "center" => &center,
                "radius_km" => &radius,
                "version" => &version,
                "desk_mail" => &desk.mail,
                "desk_phone" => &desk.phone,
                _ => return None,
            })
        };
        let script = self.pack().render_script(language, kind, value);
        let script = script.map_err(refused)?;
        Ok(match script.seconds {
            0 => script.words.trim_start().to_owned(),
            seconds => format!("≈ {seconds} s\n\n{}", script.words.trim_start()),
        })
    }

    async fn photo_of_kit(&self, photo: &PublicPhoto) -> AppResult<Vec<u8>> {
        let media: MediaId = photo
            .media
            .parse()
            .map_err(|_| AppError::internal("photo"))?;
        self.photo_bytes(media, Rendition::Public).await
    }

    async fn note_download(&self, actor: &Actor, row: &HandoverRow) -> AppResult<()> {
        let detail = Detail::none()
            .with("handover", row.handover)
            .with("partner", &row.partner)
            .with("version", row.version);
        let object = ObjectId::new("alert", row.alert);
        let entry = Entry::new(actor.person, "partner.download", object).with_detail(detail);
        self.db()
            .write("note_download", entry, |tx, entry| {
                Box::pin(async move { Ok::<_, AppError>(tx.audit(entry.clone())?) })
            })
            .await
    }
}

/// The photo, where this hand-over may hold it and the alert still shows one.
fn picture_of(source: &Source) -> Option<&PublicPhoto> {
    let child = source.message.child.as_ref().filter(|_| source.row.picture);
    child.and_then(|child| child.photo.as_ref())
}

fn payload(kit: &Kit) -> AppResult<Vec<u8>> {
    serde_json::to_vec(kit).map_err(|_| AppError::internal("kit"))
}

/// `k7m2…-v2-meta`.
fn stem(source: &Source) -> String {
    let message = &source.message;
    format!(
        "{}-v{}-{}",
        message.alert, message.version, source.row.partner
    )
}

/// A number of kilometres without needless decimals.
fn number(km: f64) -> String {
    let text = format!("{km:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A ZIP of these files, stored as they are, all of the same day: equal files make equal bytes.
fn archive(files: &[(String, Vec<u8>)]) -> AppResult<Vec<u8>> {
    let broken = |_| AppError::internal("archive");
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).map_err(broken)?;
        zip.write_all(bytes)
            .map_err(|_| AppError::internal("archive"))?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_files_make_equal_archives_that_open_again() {
        let files = [("a.txt".to_owned(), b"words".to_vec())];
        let first = archive(&files).unwrap();
        assert_eq!(first, archive(&files).unwrap());
        let mut zip = zip::ZipArchive::new(Cursor::new(first)).unwrap();
        let mut words = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("a.txt").unwrap(), &mut words).unwrap();
        assert_eq!(words, "words");
    }

    #[test]
    fn kilometres_are_written_without_needless_decimals() {
        assert_eq!(
            [number(160.0), number(1.5), number(0.25)],
            ["160", "1.5", "0.25"]
        );
    }
}
