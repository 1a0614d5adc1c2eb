//! A country pack, loaded and checked as a whole: after [`Pack::load`] nothing in it can be missing.
//! Not for: choosing which pack a server runs.

use crate::channel::{self, Channel};
use crate::language::{Digits, Labels, LanguageTag};
use crate::letters::Letters;
use crate::papers::PaperTexts;
use crate::partner::{self, DeskContact, Partner, PartnerFile};
use crate::places::{Places, Residents};
use crate::qualification::{Neighbor, Qualification};
use crate::script::{Script, ScriptKind, Scripts};
use crate::settings::{
    AlertDefaults, Authority, Call, Cap, Choice, ConsentChannel, Credit, District, Languages, Law,
    Retention, Settings, Venue,
};
use crate::telegram::Telegrams;
use crate::text::{AlertFacts, AlertText, AreaFacts, RenderError, TextKind, Texts};
use crate::triage::Triage;
use crate::{PackError, PackParts, check, directory};
use jiff::tz::TimeZone;
use tifli_domain::Realm;
use tifli_domain::case::CeilingEnd;
use tifli_domain::retention::Ending;
use tifli_domain::scrutiny::Vocabulary;
use tifli_domain::service::{Known, Service};
use tifli_geo::{Outline, Target};
use tifli_units::Radius;

/// Everything that differs by country.
#[derive(Debug, Clone)]
pub struct Pack {
    settings: Settings,
    zone: TimeZone,
    texts: Vec<Texts>,
    scripts: Vec<Scripts>,
    channels: Vec<Channel>,
    letters: Letters,
    partners: PartnerFile,
    partner_silence_s: Option<u32>,
    paper_texts: Vec<PaperTexts>,
    places: Places,
    outline: Outline,
    neighbors: Vec<Neighbor>,
    outline_geojson: String,
    regions_geojson: String,
    provinces_geojson: Option<String>,
    pub(crate) directory: Vec<Service>,
    pub(crate) telegrams: Telegrams,
    triage: Triage,
}

impl Pack {
    /// Codes of the packs built into this binary.
    pub fn codes() -> Vec<String> {
        PackParts::codes()
    }

    /// Loads and checks a pack that is built into this binary.
    pub fn load(code: &str) -> Result<Self, PackError> {
        Self::from_parts(code, &PackParts::embedded(code)?)
    }

    /// Loads and checks a pack from its files.
    pub fn from_parts(code: &str, parts: &PackParts) -> Result<Self, PackError> {
        let settings: Settings = parts.toml("pack.toml")?;
        let zone = TimeZone::get(&settings.zone)
            .map_err(|_| PackError::rule("zone", "there is no such time zone"))?;
        let outline_geojson = parts.get("outline.geojson")?.to_owned();
        let outline = Outline::from_geojson(&outline_geojson)?;
        let regions_geojson = geojson(parts.get("regions.geojson")?)?;
        let provinces = parts.get("provinces.geojson").ok();
        let provinces_geojson = provinces.map(geojson).transpose()?;
        check::settings(&settings, code, &outline)?;
        let read = |language: &LanguageTag| {
            let text = parts.get(&crate::text::path(*language))?;
            Texts::read(*language, text, &settings.languages.never_say)
        };
        let kinds = settings.service.iter().map(|kind| kind.id.as_str());
        let kinds: Vec<&str> = kinds.collect();
        let districts: Vec<&str> = settings
            .district
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        let known = Known {
            kinds: &kinds,
            districts: &districts,
        };
        let read_papers = |language: &LanguageTag| {
            PaperTexts::read(*language, parts.get(&crate::papers::path(*language))?)
        };
        let spoken = &settings.languages.alert;
        let labels = check::wanted_languages(&settings);
        let consents = settings.consent.iter().map(|one| one.id.as_str());
        let consents: Vec<&str> = consents.collect();
        let script =
            |language: &LanguageTag| Scripts::read(*language, parts, &settings.languages.never_say);
        Ok(Self {
            scripts: spoken.iter().map(script).collect::<Result<_, _>>()?,
            channels: channel::read(parts, &labels, &consents)?,
            letters: Letters::read(parts, spoken)?,
            partners: partner::read(parts, &labels, spoken)?,
            partner_silence_s: None,
            paper_texts: settings
                .languages
                .papers
                .iter()
                .map(read_papers)
                .collect::<Result<_, _>>()?,
            directory: directory::of_pack(parts, &known)?,
            telegrams: Telegrams::read(parts)?,
            triage: Triage::read(parts)?,
            texts: settings
                .languages
                .alert
                .iter()
                .map(read)
                .collect::<Result<_, _>>()?,
            places: Places::read(&settings.gazetteer, parts)?,
            neighbors: settings
                .neighbor
                .iter()
                .map(|neighbor| neighbor.read())
                .collect::<Result<_, _>>()?,
            settings,
            zone,
            outline,
            outline_geojson,
            regions_geojson,
            provinces_geojson,
        })
    }

    /// The code of the country, as its folder is named.
    pub fn code(&self) -> &str {
        &self.settings.code
    }

    /// The country's names.
    pub fn names(&self) -> &Labels {
        &self.settings.names
    }

    /// How the room takes up what the public tells.
    pub fn triage(&self) -> &Triage {
        &self.triage
    }

    /// The time zone in which people of the country tell the time.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The zone's IANA name.
    pub fn zone_name(&self) -> &str {
        &self.settings.zone
    }

    /// Which languages are spoken where.
    pub fn languages(&self) -> &Languages {
        &self.settings.languages
    }

    /// The digits of running text in a language.
    pub fn digits(&self, language: LanguageTag) -> Digits {
        let digits = &self.settings.languages.digits;
        digits.get(&language).copied().unwrap_or(Digits::Western)
    }

    /// The locale that names months and days as this country does in a language.
    pub fn locale(&self, language: LanguageTag) -> &str {
        let locales = &self.settings.languages.locales;
        locales
            .get(&language)
            .map_or(language.as_str(), String::as_str)
    }

    /// Radius, validity, ceiling and the event's name.
    pub fn alert(&self) -> &AlertDefaults {
        &self.settings.alert
    }

    /// Thresholds, night, plates and words of qualification.
    pub fn qualification(&self) -> &Qualification {
        &self.settings.qualification
    }

    /// What is looked for in the texts of an alert in this language.
    pub fn vocabulary(&self, language: LanguageTag) -> Option<&Vocabulary> {
        self.settings.scrutiny.get(&language)
    }

    /// Countries across a border.
    pub fn neighbors(&self) -> &[Neighbor] {
        &self.neighbors
    }

    /// The radius proposed around the point last seen.
    pub fn default_radius(&self) -> Radius {
        self.settings.alert.default_radius_km
    }

    /// Numbers the public calls.
    pub fn call(&self) -> &Call {
        &self.settings.call
    }

    /// Who issues alerts.
    pub fn authority(&self) -> &Authority {
        &self.settings.authority
    }

    /// What CAP needs to know of the issuer.
    pub fn cap(&self) -> &Cap {
        &self.settings.cap
    }

    /// The law on personal data.
    pub fn law(&self) -> &Law {
        &self.settings.law
    }

    /// Kinds of identity paper (`papers`).
    pub fn papers(&self) -> &[Choice] {
        &self.settings.paper
    }

    /// What the file should hold in the end; nothing of it delays.
    pub fn documents(&self) -> &[Choice] {
        &self.settings.document
    }

    /// The words of the papers, one language each, in the order in which they are offered.
    pub fn paper_texts(&self) -> &[PaperTexts] {
        &self.paper_texts
    }

    /// Channels for which the guardian is asked.
    pub fn consent_channels(&self) -> &[ConsentChannel] {
        &self.settings.consent
    }

    /// The consent that covers the house's own channels: the first of the list.
    pub fn own_consent(&self) -> &str {
        let first = self.consent_channels().first();
        first.map_or("", |own| own.id.as_str())
    }

    /// Articles of law by which the prosecutor may substitute a consent.
    pub fn articles(&self) -> &[Choice] {
        &self.settings.article
    }

    /// What the reporter is to the child (`relations`).
    pub fn relations(&self) -> &[Choice] {
        &self.settings.relation
    }

    /// Services that receive the bulletin.
    pub fn services(&self) -> &[Choice] {
        &self.settings.service
    }

    /// Stations and ports that are looked into when a child may travel (`hubs`).
    pub fn hubs(&self) -> &[Choice] {
        &self.settings.hub
    }

    /// Kinds of places where children of this country spend their time (`haunts`).
    pub fn haunts(&self) -> &[Choice] {
        &self.settings.haunt
    }

    /// The choices a form field names (`relations`, `papers`, `documents`, `services`, `hubs`,
    /// `haunts`).
    pub fn choices(&self, list: &str) -> Option<&[Choice]> {
        match list {
            "papers" => Some(self.papers()),
            "documents" => Some(self.documents()),
            "relations" => Some(self.relations()),
            "services" => Some(self.services()),
            "hubs" => Some(self.hubs()),
            "haunts" => Some(self.haunts()),
            _ => None,
        }
    }

    /// How long each class of data is kept.
    pub fn retention(&self) -> &[Retention] {
        &self.settings.retention
    }

    /// How long a file is kept that ended so.
    pub fn retention_of(&self, ending: Ending) -> &Retention {
        let keeps = |class: &&Retention| class.endings.iter().any(|word| word == ending.as_str());
        let found = self.retention().iter().find(keeps);
        found.expect("a loaded pack has a class for every ending")
    }

    /// The lines of the page that names sources.
    pub fn credits(&self) -> &[Credit] {
        &self.settings.credit
    }

    /// Districts that take reports.
    pub fn districts(&self) -> &[District] {
        &self.settings.district
    }

    /// Places full of people, with staff of their own.
    pub fn venues(&self) -> &[Venue] {
        &self.settings.venue
    }

    /// The district of this slug.
    pub fn district(&self, id: &str) -> Option<&District> {
        self.districts().iter().find(|d| d.id == id)
    }

    /// Words of letters to those who asked for alerts by e-mail.
    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    /// The house's own channels.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The channel with this code.
    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels().iter().find(|channel| channel.id == id)
    }

    /// Partners to whom people hand alerts.
    pub fn partners(&self) -> &[Partner] {
        &self.partners.partner
    }

    /// The partner with this code.
    pub fn partner(&self, id: &str) -> Option<&Partner> {
        self.partners().iter().find(|p| p.id == id)
    }

    /// How partners reach the desk.
    pub fn desk(&self) -> &DeskContact {
        &self.partners.desk
    }

    /// What stops the ceiling in a house of this realm: the first carrier partner seen live, or, with
    /// no such partner, the first publication.
    pub fn ceiling_stops_at(&self, realm: Realm) -> CeilingEnd {
        match self.first_carrier(realm) {
            Some(_) => CeilingEnd::SeenLive,
            None => CeilingEnd::Published,
        }
    }

    /// The partner whose showing of the alert stops the ceiling.
    pub fn first_carrier(&self, realm: Realm) -> Option<&Partner> {
        let mut carriers = self.partners().iter().filter(|p| p.carrier);
        carriers.find(|p| p.may_be_used(realm))
    }

    /// How long a partner may be silent after it was given an alert, in milliseconds.
    pub fn partner_silence_ms(&self, partner: &Partner) -> i64 {
        match self.partner_silence_s {
            Some(seconds) => i64::from(seconds) * 1_000,
            None => partner.minutes.silence.as_millis(),
        }
    }

    /// How long a partner may be silent after it was asked to take an alert down, in milliseconds.
    pub fn withdrawal_silence_ms(&self, partner: &Partner) -> i64 {
        match self.partner_silence_s {
            Some(seconds) => i64::from(seconds) * 1_000,
            None => partner.minutes.withdrawal.as_millis(),
        }
    }

    /// The same pack with seconds instead of its minutes of silence, so that a demonstration need
    /// not wait for half an hour. Never for a live house.
    #[must_use]
    pub fn with_partner_silence_s(mut self, seconds: u32) -> Self {
        self.partner_silence_s = Some(seconds);
        self
    }

    /// One script for a partner in one language; `value` gives what the script may name.
    pub fn render_script<'a>(
        &self,
        language: LanguageTag,
        kind: ScriptKind,
        value: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Script, RenderError> {
        self.scripts(language)?.render(kind, value)
    }

    /// A number to call, read out digit by digit.
    pub fn spoken_number(
        &self,
        language: LanguageTag,
        number: &str,
    ) -> Result<String, RenderError> {
        Ok(self.scripts(language)?.spoken(number))
    }

    /// The gazetteer.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// How many residents are counted inside an area.
    pub fn residents(&self, target: &Target<'_>) -> u64 {
        self.places.residents(target)
    }

    /// What the count of residents rests on, and what it lacks.
    pub fn residents_note(&self) -> &str {
        &self.settings.gazetteer.residents_note
    }

    /// The points at which residents are counted.
    pub fn communes(&self) -> impl Iterator<Item = Residents> {
        self.places.communes()
    }

    /// The jurisdiction to which alerts are clipped.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The same as GeoJSON.
    pub fn outline_geojson(&self) -> &str {
        &self.outline_geojson
    }

    /// Regions for drawing the map and for areas chosen by name, as a GeoJSON FeatureCollection.
    /// Properties: `id` (of the gazetteer), `iso` (ISO 3166-2), `name_ar`, `name_fr`, `name_en`.
    pub fn regions_geojson(&self) -> &str {
        &self.regions_geojson
    }

    /// Provinces, a finer choice of areas by name, where the country has them: as the regions, and
    /// `region` is the id of the region that a province lies in.
    pub fn provinces_geojson(&self) -> Option<&str> {
        self.provinces_geojson.as_deref()
    }

    /// The public words of an alert, an update or an end in one language. An empty `number` in the
    /// facts means the pack's own. The end reads no fact: its words are the same for all.
    pub fn render_alert(
        &self,
        language: LanguageTag,
        kind: TextKind,
        facts: &AlertFacts<'_>,
    ) -> Result<AlertText, RenderError> {
        let mut facts = facts.clone();
        if facts.number.trim().is_empty() {
            facts.number = &self.settings.call.number;
        }
        self.texts(language)?
            .render(kind, &facts, self.digits(language))
    }

    /// The words of an end, which need no fact.
    pub fn render_ended(&self, language: LanguageTag) -> Result<AlertText, RenderError> {
        self.texts(language)?.render_ended()
    }

    /// The description of an area in one language: CAP `areaDesc`.
    pub fn render_area(
        &self,
        language: LanguageTag,
        area: &AreaFacts<'_>,
    ) -> Result<String, RenderError> {
        self.texts(language)?
            .render_area(area, self.digits(language))
    }

    /// The word that marks every public text of a drill.
    pub fn drill_label(&self, language: LanguageTag) -> Result<&str, RenderError> {
        Ok(&self.texts(language)?.drill)
    }

    /// The word that marks every public text of a demonstration.
    pub fn demo_label(&self, language: LanguageTag) -> Result<&str, RenderError> {
        Ok(&self.texts(language)?.demo)
    }

    fn scripts(&self, language: LanguageTag) -> Result<&Scripts, RenderError> {
        self.scripts
            .iter()
            .find(|s| s.language == language)
            .ok_or(RenderError::NoSuchLanguage)
    }

    fn texts(&self, language: LanguageTag) -> Result<&Texts, RenderError> {
        self.texts
            .iter()
            .find(|t| t.language == language)
            .ok_or(RenderError::NoSuchLanguage)
    }
}

/// The text of a map, if it is one.
fn geojson(text: &str) -> Result<String, PackError> {
    serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text)?;
    Ok(text.to_owned())
}
