//! What is out now as one picture, for screens and sites that take no page; and the picture that takes a card's place
//! after the end. Drawn from the present state; a picture with a child on it is kept no longer than its alert is out.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tifli_domain::id::PublicCode;
use tifli_paper::{Pixels, Screen, Tone, screen};
use tifli_photo::Bitmap;

use super::PublicAlert;
use crate::codes::sha256;
use crate::media::Rendition;
use crate::{App, AppError, AppResult, Kind};

/// How long each of several alerts stands on the picture, in milliseconds: long enough to read, and a screen that asks
/// as often as it may (every five seconds) misses none.
pub const TURN_MS: i64 = 10_000;

/// Pictures without a child that are kept; there is one a language and country.
const KEPT: usize = 64;

type Jpeg = Arc<[u8]>;
type Digest = [u8; 32];

/// Pictures of alerts that are out, by alert and what is on them.
#[derive(Default)]
pub struct Pictures {
    held: RwLock<HashMap<(PublicCode, Digest), Jpeg>>,
    /// Who draws now: everybody else waits for what is drawn instead of drawing it too, for all screens ask at once
    /// when an alert has gone out.
    drawing: tokio::sync::Mutex<()>,
}

/// Words of the page that the country pack does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentWords {
    /// The language of the picture.
    pub language: String,
    /// The name of the service.
    pub name: String,
    /// That nothing is out.
    pub nothing: String,
    /// That the number is to be called.
    pub call: String,
    /// What stands before the place.
    pub last_seen: String,
    /// What stands before the time.
    pub missing_since: String,
}

static QUIET: OnceLock<RwLock<HashMap<Digest, Jpeg>>> = OnceLock::new();

impl Pictures {
    /// Forgets the pictures of an alert.
    pub fn forget(&self, code: &PublicCode) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(alert, _), _| alert != code);
    }

    fn find(&self, key: &(PublicCode, Digest)) -> Option<Jpeg> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.get(key).map(Arc::clone)
    }

    fn put(&self, key: (PublicCode, Digest), jpeg: &Jpeg) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= KEPT {
            held.clear();
        }
        held.insert(key, Arc::clone(jpeg));
    }
}

impl App {
    /// What is out now, as a picture of 1280 by 720 pixels; of several alerts each has its turn.
    pub async fn current_picture(&self, words: &CurrentWords) -> AppResult<Jpeg> {
        let alerts = self.current_alerts().await?;
        let count = i64::try_from(alerts.len()).unwrap_or(i64::MAX);
        let turn = (self.now_ms() / TURN_MS).checked_rem(count);
        let turn = turn.and_then(|turn| usize::try_from(turn).ok());
        match turn.and_then(|turn| alerts.get(turn)) {
            Some(alert) => self.picture_of(alert, words).await,
            None => self.quiet(Screen {
                language: words.language.clone(),
                tone: Tone::Neutral,
                band: self.marked(words.name.clone(), &words.language)?,
                title: words.nothing.clone(),
                lines: Vec::new(),
                call: String::new(),
                place: format!("{}/{}", self.base_url(), words.language),
                code: None,
                photo: None,
            }),
        }
    }

    /// The picture that stands where a card stood: the alert has ended, in every language of the alerts.
    pub(super) fn ended_picture(&self) -> AppResult<Jpeg> {
        let mut said = Vec::new();
        for language in self.alert_languages() {
            let ended = self.pack().render_ended(language);
            let ended = ended.map_err(|_| AppError::internal("ended_template"))?;
            said.push(ended.headline);
        }
        let language = self
            .alert_languages()
            .next()
            .unwrap_or(tifli_pack::LanguageTag::AR);
        let mut lines = said.into_iter();
        self.quiet(Screen {
            language: language.as_str().to_owned(),
            tone: Tone::Neutral,
            band: self.marked(
                self.pack().authority().name.get(language).to_owned(),
                language.as_str(),
            )?,
            title: lines.next().unwrap_or_default(),
            lines: lines.collect(),
            call: String::new(),
            place: self.base_url().to_owned(),
            code: None,
            photo: None,
        })
    }

    async fn picture_of(&self, alert: &PublicAlert, words: &CurrentWords) -> AppResult<Jpeg> {
        let message = &alert.message;
        let parts = message.text(&words.language).zip(message.child.as_ref());
        let (text, child) = parts.ok_or_else(|| AppError::internal("message"))?;
        let said = [
            words.language.as_str(),
            &words.call,
            &message.version.to_string(),
        ];
        let key = (message.alert.clone(), sha256(said.join("\0").as_bytes()));
        if let Some(jpeg) = self.pictures().find(&key) {
            return Ok(jpeg);
        }
        let _alone = self.pictures().drawing.lock().await;
        if let Some(jpeg) = self.pictures().find(&key) {
            return Ok(jpeg);
        }
        let photo = match &child.photo {
            Some(_) => self.photo_for_picture(&message.alert).await?,
            None => None,
        };
        let jpeg = draw(Screen {
            language: text.language.clone(),
            tone: Tone::Active,
            band: self.marked(text.event.clone(), &text.language)?,
            title: text.headline.clone(),
            lines: vec![
                format!("{} {}", words.last_seen, text.place),
                format!("{} {}", words.missing_since, text.when),
                text.clothes.clone(),
                text.marks.clone(),
            ],
            call: format!("{} {}", words.call, message.number_to_call),
            place: format!("{}/{}/a/{}", self.base_url(), text.language, message.alert),
            code: Some(self.verify_url(&message.alert)),
            photo,
        })
        .await?;
        self.pictures().put(key, &jpeg);
        // Ended while it was drawn: it is not kept, and the next one shows that it is over.
        if !self
            .tombstones()
            .allows(self.alert_id(&message.alert).await?, message.version)
        {
            self.pictures().forget(&message.alert);
        }
        Ok(jpeg)
    }

    /// The photo of an alert that is out. Words without a photo are better than no picture; an end is not overlooked.
    async fn photo_for_picture(&self, code: &PublicCode) -> AppResult<Option<Pixels>> {
        let photo = self.public_photo(code, Rendition::Public).await;
        match photo.and_then(|jpeg| pixels_of(&jpeg)) {
            Ok(pixels) => Ok(Some(pixels)),
            Err(error) if error.kind == Kind::Gone => Err(error),
            Err(error) => {
                tracing::error!(code = %error.code, "a photo is missing on the picture of an alert");
                Ok(None)
            }
        }
    }

    /// Draws a picture without a child once in the life of a process.
    fn quiet(&self, notice: Screen) -> AppResult<Jpeg> {
        let said = format!("{notice:?}");
        let key = sha256(said.as_bytes());
        let held = QUIET.get_or_init(RwLock::default);
        if let Some(jpeg) = held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
        {
            return Ok(Arc::clone(jpeg));
        }
        let jpeg = drawn(&notice)?;
        let mut held = held.write().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= KEPT {
            held.clear();
        }
        held.insert(key, Arc::clone(&jpeg));
        Ok(jpeg)
    }

    fn marked(&self, words: String, language: &str) -> AppResult<String> {
        let mark = self.realm_word(self.realm(), language)?;
        Ok(mark.map_or(words.clone(), |mark| format!("{mark} – {words}")))
    }
}

/// Drawing takes some tens of milliseconds of a processor: elsewhere than where requests wait.
async fn draw(notice: Screen) -> AppResult<Jpeg> {
    let drawn = tokio::task::spawn_blocking(move || drawn(&notice)).await;
    drawn.map_err(|_| AppError::internal("picture"))?
}

fn drawn(notice: &Screen) -> AppResult<Jpeg> {
    let picture = screen(notice).map_err(|error| {
        tracing::error!(%error, "a picture could not be drawn");
        AppError::internal("picture")
    })?;
    let bitmap = Bitmap {
        width: picture.width,
        height: picture.height,
        rgb: picture.rgb,
    };
    let jpeg = bitmap
        .to_jpeg()
        .map_err(|_| AppError::internal("picture"))?;
    Ok(jpeg.into())
}

/// The pixels of a rendition that our own decoder drew.
fn pixels_of(rendition: &[u8]) -> AppResult<Pixels> {
    let bitmap = Bitmap::of_rendition(rendition).map_err(|_| AppError::internal("picture"))?;
    Ok(Pixels {
        width: bitmap.width,
        height: bitmap.height,
        rgb: bitmap.rgb,
    })
}
