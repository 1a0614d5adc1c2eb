//! The four bands of the queue. The rule errs upwards: a tip that wrongly stands high costs a minute.

/// How soon a tip is taken up. Ordered: the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Band {
    /// P1: seen at this moment, or an abductor or a vehicle identified.
    Live,
    /// P2: seen a short while ago, or a detail that was never published.
    Fresh,
    /// P3: an earlier sighting that can be followed up.
    Past,
    /// P4: an opinion, an echo, nothing to follow up.
    Opinion,
}

words!(Band {
    Live = "p1",
    Fresh = "p2",
    Past = "p3",
    Opinion = "p4",
});

/// What a person who read the tip says of it; it goes before what the form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// It identifies an abductor or a vehicle.
    Vehicle,
    /// It has a detail that was never published.
    Detail,
    /// It is an opinion or repeats what was heard.
    Opinion,
}

words!(Tag {
    Vehicle = "vehicle",
    Detail = "detail",
    Opinion = "opinion",
});

/// Why a tip stands in its band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// A person says that it identifies an abductor or a vehicle.
    Vehicle,
    /// A person says that it has an unpublished detail.
    Detail,
    /// A person says that it is an opinion.
    SaidOpinion,
    /// The teller says that it is happening now.
    Now,
    /// It was told within minutes of being seen.
    JustSeen,
    /// It was told within hours of being seen.
    SeenRecently,
    /// It was seen longer ago.
    SeenEarlier,
    /// The time told lies after the telling, so it says nothing.
    TimeAhead,
    /// A place was told.
    Place,
    /// A photo came with it.
    Photo,
    /// No place was told: somebody asks.
    NoPlace,
    /// Neither place nor time nor photo.
    NothingToFollow,
}

words!(Why {
    Vehicle = "vehicle",
    Detail = "detail",
    SaidOpinion = "said_opinion",
    Now = "now",
    JustSeen = "just_seen",
    SeenRecently = "seen_recently",
    SeenEarlier = "seen_earlier",
    TimeAhead = "time_ahead",
    Place = "place",
    Photo = "photo",
    NoPlace = "no_place",
    NothingToFollow = "nothing_to_follow",
});

/// When something was seen, as far as the tip tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The teller says: now.
    Now,
    /// So many minutes before it was told; below zero when the time told lies ahead.
    Before(i64),
    /// No time that can be read.
    Untold,
}

/// What is known of a tip when it is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// When it was seen.
    pub seen: Seen,
    /// Whether a place was told, in words, from the list or as a point.
    pub place: bool,
    /// Whether a photo came with it.
    pub photo: bool,
    /// What a person said of it.
    pub tag: Option<Tag>,
}

/// The country's minutes between seeing and telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Told within so many minutes, it is a live sighting.
    pub live: i64,
    /// Told within so many minutes, it is a fresh one.
    pub recent: i64,
}

/// A band and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// How soon.
    pub band: Band,
    /// The reasons, the deciding one first.
    pub why: Vec<Why>,
}

/// Clocks of phones and of the house differ by a little; a time told this far ahead still means now.
const CLOCKS_DIFFER: i64 = 5;

/// The band of a tip. A person's word goes first; then how soon after seeing it was told; then whether there is
/// anything to follow up.
pub fn rank(facts: &Facts, limits: Limits) -> Ranking {
    let (band, first) = match facts.tag {
        Some(Tag::Vehicle) => (Band::Live, Why::Vehicle),
        Some(Tag::Opinion) => (Band::Opinion, Why::SaidOpinion),
        Some(Tag::Detail) => match by_form(facts, limits) {
            (Band::Live, why) => (Band::Live, why),
            _ => (Band::Fresh, Why::Detail),
        },
        None => by_form(facts, limits),
    };
    let mut why = vec![first];
    let mut also = |reason| {
        if !why.contains(&reason) {
            why.push(reason);
        }
    };
    if facts.tag == Some(Tag::Detail) {
        also(Why::Detail);
    }
    if let Some(time) = of_time(facts.seen, limits) {
        also(time);
    }
    if facts.place {
        also(Why::Place);
    } else if band != Band::Opinion {
        also(Why::NoPlace);
    }
    if facts.photo {
        also(Why::Photo);
    }
    Ranking { band, why }
}

impl Facts {
    /// What a tip told, read back from the reasons of its ranking, with another tag. A tip that was ranked for no
    /// reason, as before there were bands, counts as one with a place.
    pub fn again(why: &[Why], tag: Option<Tag>, limits: Limits) -> Self {
        let has = |reason| why.contains(&reason);
        let seen = [
            (Why::Now, Seen::Now),
            (Why::JustSeen, Seen::Before(limits.live)),
            (Why::SeenRecently, Seen::Before(limits.recent)),
            (Why::SeenEarlier, Seen::Before(limits.recent + 1)),
            (Why::TimeAhead, Seen::Before(-CLOCKS_DIFFER - 1)),
        ];
        let seen = seen.into_iter().find(|(reason, _)| has(*reason));
        Self {
            seen: seen.map_or(Seen::Untold, |(_, seen)| seen),
            place: has(Why::Place) || why.is_empty(),
            photo: has(Why::Photo),
            tag,
        }
    }
}

fn by_form(facts: &Facts, limits: Limits) -> (Band, Why) {
    match of_time(facts.seen, limits) {
        Some(why @ (Why::Now | Why::JustSeen)) => (Band::Live, why),
        Some(Why::SeenRecently) => (Band::Fresh, Why::SeenRecently),
        Some(Why::SeenEarlier) => (Band::Past, Why::SeenEarlier),
        _ if facts.place => (Band::Past, Why::Place),
        _ if facts.photo => (Band::Past, Why::Photo),
        _ => (Band::Opinion, Why::NothingToFollow),
    }
}

fn of_time(seen: Seen, limits: Limits) -> Option<Why> {
    match seen {
        Seen::Untold => None,
        Seen::Now => Some(Why::Now),
        Seen::Before(minutes) if minutes < -CLOCKS_DIFFER => Some(Why::TimeAhead),
        Seen::Before(minutes) if minutes <= limits.live => Some(Why::JustSeen),
        Seen::Before(minutes) if minutes <= limits.recent => Some(Why::SeenRecently),
        Seen::Before(_) => Some(Why::SeenEarlier),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        live: 15,
        recent: 180,
    };

    fn every_tip() -> Vec<Facts> {
        let times = [-600, -6, -5, 0, 15, 16, 180, 181, 90_000];
        let seen = times.map(Seen::Before);
        let seen = seen.into_iter().chain([Seen::Now, Seen::Untold]);
        let tags = [
            None,
            Some(Tag::Vehicle),
            Some(Tag::Detail),
            Some(Tag::Opinion),
        ];
        let mut all = Vec::new();
        for seen in seen {
            for (place, photo) in [(false, false), (false, true), (true, false), (true, true)] {
                all.extend(tags.map(|tag| Facts {
                    seen,
                    place,
                    photo,
                    tag,
                }));
            }
        }
        all
    }

    /// The same rule, written down as a person would say it.
    fn as_said(facts: &Facts) -> Band {
        let within = |from, to| matches!(facts.seen, Seen::Before(m) if m >= from && m <= to);
        let live = facts.seen == Seen::Now || within(-5, 15);
        let earlier = within(181, i64::MAX);
        match facts.tag {
            Some(Tag::Opinion) => Band::Opinion,
            Some(Tag::Vehicle) => Band::Live,
            _ if live => Band::Live,
            Some(Tag::Detail) => Band::Fresh,
            None if within(16, 180) => Band::Fresh,
            None if earlier || facts.place || facts.photo => Band::Past,
            None => Band::Opinion,
        }
    }

    #[test]
    fn every_combination_falls_into_the_band_that_people_say() {
        for facts in every_tip() {
            let ranking = rank(&facts, LIMITS);
            assert_eq!(ranking.band, as_said(&facts), "{facts:?}");
            assert!(!ranking.why.is_empty());
        }
    }

    #[test]
    fn no_reason_is_said_twice_and_a_missing_place_is_named() {
        for facts in every_tip() {
            let ranking = rank(&facts, LIMITS);
            for why in Why::ALL {
                let said = ranking.why.iter().filter(|one| *one == why).count();
                assert!(said <= 1, "{facts:?} {why:?}");
            }
            let asks = ranking.why.contains(&Why::NoPlace);
            assert_eq!(asks, !facts.place && ranking.band != Band::Opinion);
        }
    }

    #[test]
    fn a_tag_put_on_and_taken_off_leaves_the_ranking_of_the_form() {
        for facts in every_tip() {
            let before = rank(&Facts { tag: None, ..facts }, LIMITS);
            let tagged = rank(&Facts::again(&before.why, facts.tag, LIMITS), LIMITS);
            assert_eq!(tagged, rank(&facts, LIMITS), "{facts:?}");
            let after = rank(&Facts::again(&tagged.why, None, LIMITS), LIMITS);
            assert_eq!(after, before, "{facts:?}");
        }
        let old = rank(&Facts::again(&[], None, LIMITS), LIMITS);
        assert_eq!(old.band, Band::Past);
    }

    #[test]
    fn the_bands_are_ordered_and_words_come_back() {
        assert!(Band::ALL.is_sorted());
        for band in Band::ALL {
            assert_eq!(band.as_str().parse(), Ok(*band));
        }
        for why in Why::ALL {
            assert_eq!(why.as_str().parse(), Ok(*why));
        }
    }
}
