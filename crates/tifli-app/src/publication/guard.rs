//! The one guard: asked when a version is handed over and inside the transaction that sends it out.

use tifli_domain::Actor;
use tifli_domain::area::AreaSpec;
use tifli_domain::channel::{ChannelStanding, Lawful, OwnChannel, Serving};
use tifli_domain::consent::Covers;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::endpoint::EndpointState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Consent, Nature};
use tifli_domain::plate;
use tifli_domain::publication::{Blocker, Cleared, Fit, Holds, Named, Stage, Wish, blockers};
use tifli_domain::qualify::Rung;
use tifli_geo::{Area, Shape, square_km};
use tifli_store::{Tx, endpoint};

use super::known::Known;
use crate::alert::{Draft, DraftText};
use crate::{App, AppError, AppResult, duty};

/// What somebody wants to publish.
pub(crate) struct Asked<'a> {
    /// The draft, which says what it names.
    pub(crate) draft: &'a Draft,
    /// Its frozen area.
    pub(crate) area: &'a Area,
    /// The channels it would go out on.
    pub(crate) channels: &'a [String],
}

/// Refuses with the first thing that stands in the way at this stage. `known` is read in the
/// transaction that decides.
pub(crate) fn guard(app: &App, known: &Known, asked: &Asked<'_>, stage: Stage) -> AppResult<()> {
    let wish = wish(app, known, asked);
    let found = blockers(&known.standing, Some(&wish));
    match found.iter().find(|blocker| blocker.stops(stage)) {
        Some(blocker) => Err(AppError::from(blocker)),
        None => Ok(()),
    }
}

/// Settles what waited for a text to be dropped, once a version without it is out.
pub(crate) async fn after_issue(
    tx: &mut Tx,
    (actor, case): (&Actor, CaseId),
    draft: &Draft,
) -> AppResult<()> {
    for (cleared, named) in [
        (Cleared::Adult, draft.names_adult),
        (Cleared::Plate, draft.names_plate),
    ] {
        if named != Named::Yes {
            let waits = (case, DutyKind::DropCleared, cleared.as_str());
            duty::settle(tx, waits, (DutyEnd::Done, Some(actor.person))).await?;
        }
    }
    Ok(())
}

impl App {
    /// Everything that stands in the way of publishing anything of this case now, apart from what a
    /// draft would bring with it.
    pub async fn publication_guard(&self, actor: &Actor, case: CaseId) -> AppResult<Vec<Blocker>> {
        let known = self.known(actor, case).await?;
        Ok(blockers(&known.standing, None))
    }

    /// Everything that stands in the way of this draft, and the rung it is held to.
    pub async fn draft_guard(
        &self,
        actor: &Actor,
        case: CaseId,
        draft: &Draft,
    ) -> AppResult<(Vec<Blocker>, Rung)> {
        let known = self.known(actor, case).await?;
        let rung = known.standing.rung;
        let area = draft.area.as_ref().map(|spec| self.freeze_area(spec));
        let Some(Ok(area)) = area else {
            return Ok((blockers(&known.standing, None), rung));
        };
        let asked = Asked {
            draft,
            area: &area,
            channels: &[],
        };
        let wish = wish(self, &known, &asked);
        Ok((blockers(&known.standing, Some(&wish)), rung))
    }

    /// A proposed area made no larger than the rung allows.
    pub(crate) async fn within_rung(
        &self,
        actor: &Actor,
        case: CaseId,
        area: Option<AreaSpec>,
    ) -> AppResult<Option<AreaSpec>> {
        let rung = self.known(actor, case).await?.standing.rung;
        let numbers = self.pack().qualification().thresholds();
        Ok(match (area, rung.widest(&numbers)) {
            (Some(AreaSpec::Circle { center, radius }), Some(widest)) if radius > widest => {
                Some(AreaSpec::Circle {
                    center,
                    radius: widest,
                })
            }
            (area, _) => area,
        })
    }

    /// The channels that the law and this case's rung allow, and that lead anywhere. Refused where the
    /// law allows none of those that the rung does.
    pub(crate) async fn channels_of(&self, actor: &Actor, case: CaseId) -> AppResult<Vec<String>> {
        let rung = self.known(actor, case).await?.standing.rung;
        let mut allowed = OwnChannel::of_alerts();
        let connected = self.connected().await?;
        allowed.retain(|channel| {
            let serving = channel.parse().map(OwnChannel::serving);
            serving != Ok(Serving::Systems) || connected.iter().any(|one| one.as_str() == channel)
        });
        let letters = OwnChannel::MailAlert.as_str();
        allowed.retain(|channel| channel != letters || self.sends_letters());
        allowed.retain(|channel| rung.allows(channel));
        let any = !allowed.is_empty();
        allowed.retain(|channel| self.lawful(channel) == Lawful::Yes);
        if any && allowed.is_empty() {
            return Err(AppError::from(&Blocker::ChannelNotLawful));
        }
        Ok(allowed)
    }

    /// The channels by which some partner's system is called at present.
    async fn connected(&self) -> AppResult<Vec<OwnChannel>> {
        self.db()
            .read("connected", (), |reads, ()| {
                Box::pin(async move {
                    let mut channels = Vec::new();
                    for row in endpoint::list(reads).await? {
                        if row.state == EndpointState::Enabled {
                            channels.push(row.channel);
                        }
                    }
                    Ok::<_, AppError>(channels)
                })
            })
            .await
    }

    /// Whether the law allows one of the house's own channels: enabled in the country pack, with a
    /// legal line that counts in this house.
    pub(crate) fn lawful(&self, channel: &str) -> Lawful {
        match self.pack().channel(channel) {
            Some(known) if known.may_be_used(self.realm()) => Lawful::Yes,
            _ => Lawful::No,
        }
    }
}

/// What holds of one channel for this case.
fn channel_standing(app: &App, known: &Known, channel: &str) -> ChannelStanding {
    let covering = app.pack().channel(channel).map(|one| one.consent.as_str());
    let consent = match covering {
        // What the report says and what was answered since, together.
        Some(own) if own == app.pack().own_consent() => match known.standing.consent {
            Consent::Given => Covers::Given,
            Consent::Refused => Covers::Refused,
            Consent::Unknown => Covers::Unknown,
        },
        Some(other) => known.consents.cover(other),
        None => Covers::Unknown,
    };
    ChannelStanding {
        lawful: app.lawful(channel),
        consent,
    }
}

fn wish(app: &App, known: &Known, asked: &Asked<'_>) -> Wish {
    let texts = || asked.draft.texts.iter().flat_map(written);
    let plates = &app.pack().qualification().plates;
    let rung = known.standing.rung;
    let too_loud = asked.channels.iter().any(|channel| !rung.allows(channel));
    let too_wide = !fits(app, asked.area.shape(), rung);
    Wish {
        adult: asked.draft.names_adult,
        plate: asked.draft.names_plate,
        plate_like: holds(texts().find(|text| plate::looks_like_one(text, plates))),
        abduction_words: match known.standing.nature {
            Nature::Forced => Holds::Nothing,
            _ => holds(texts().find(|text| speaks_of_abduction(app, text))),
        },
        fit: if (too_loud || too_wide) && rung != Rung::Bulletin {
            Fit::Beyond
        } else {
            Fit::Within
        },
        channels: asked
            .channels
            .iter()
            .map(|channel| channel_standing(app, known, channel))
            .collect(),
    }
}

/// Whether a shape is no larger than the circle that the rung allows.
fn fits(app: &App, shape: &Shape, rung: Rung) -> bool {
    let numbers = app.pack().qualification().thresholds();
    let Some(widest) = rung.widest(&numbers) else {
        return true;
    };
    let most = widest.kilometres().get();
    match shape {
        Shape::Circle(circle) => circle.radius().kilometres().get() <= most,
        Shape::Polygon(_) | Shape::Regions(_) => {
            square_km(shape) <= std::f64::consts::PI * most * most
        }
    }
}

fn speaks_of_abduction(app: &App, text: &str) -> bool {
    let text = text.to_lowercase();
    let words = &app.pack().languages().never_say;
    words.iter().any(|word| text.contains(&word.to_lowercase()))
}

/// What an author writes freely; a name or a time is no place for a plate.
fn written(text: &DraftText) -> [&str; 6] {
    [
        &text.place,
        &text.clothes,
        &text.marks,
        &text.headline,
        &text.description,
        &text.instruction,
    ]
}

fn holds<T>(found: Option<T>) -> Holds {
    match found {
        Some(_) => Holds::Something,
        None => Holds::Nothing,
    }
}
