//! The table of intake fields: name, section, kind, visibility and use of each, in the order in which
//! they are asked. Not for: what the words of a row mean (see `kind`), nor what is answered.

use super::kind::{Feed, Kind, Mark, Section, Visibility};

/// The answers to a question of the reporter gate.
const GATE: &[&str] = &["yes", "no", "unknown"];

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $section:ident, $kind:expr, $visibility:ident, $feed:ident;)*) => {
        /// One question of the intake form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $variant,)* }

        impl Field {
            /// Every field in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in forms, tables and the API.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The section it stands in.
            pub fn section(self) -> Section {
                match self { $(Self::$variant => Section::$section,)* }
            }

            /// How it is typed and checked.
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => $kind,)* }
            }

            /// Who may see it.
            pub fn visibility(self) -> Visibility {
                match self { $(Self::$variant => Visibility::$visibility,)* }
            }

            /// What an answer is used for.
            pub fn feed(self) -> Feed {
                match self { $(Self::$variant => Feed::$feed,)* }
            }
        }
    };
}

fields! {
    /// The reporter's full name.
    ReporterName = "reporter_name", Reporter, Kind::Line(120), CaseTeam, Record;
    /// Father, mother, legal guardian … (a code of the pack).
    ReporterRelation = "reporter_relation", Reporter, Kind::PackCode("relations"), CaseTeam, Record;
    /// Kind of identity paper (a code of the pack).
    ReporterPaperKind = "reporter_paper_kind", Reporter, Kind::PackCode("papers"), CaseTeam, Record;
    /// Number of the identity paper.
    ReporterPaperNumber = "reporter_paper_number", Reporter, Kind::Line(40), CaseTeam, Record;
    /// Where the reporter is reached; never published.
    ReporterPhone = "reporter_phone", Reporter, Kind::Line(32), CaseTeam, Record;
    /// Express consent to publish the child's photo and first name.
    ConsentPublish = "consent_publish", Consent, Kind::OneOf(&["yes", "no", "unknown"]), CaseTeam, Gate;
    /// Who gave or refused consent, and before whom.
    ConsentGivenBy = "consent_given_by", Consent, Kind::Line(160), CaseTeam, Record;
    /// First name in Arabic script.
    ChildFirstNameAr = "child_first_name_ar", Child, Kind::Line(60), Public, Alert;
    /// First name in Latin script.
    ChildFirstName = "child_first_name", Child, Kind::Line(60), Public, Alert;
    /// Family name in Arabic script.
    ChildFamilyNameAr = "child_family_name_ar", Child, Kind::Line(80), Police, Record;
    /// Family name in Latin script.
    ChildFamilyName = "child_family_name", Child, Kind::Line(80), Police, Record;
    /// Date of birth, when known.
    ChildBirthDate = "child_birth_date", Child, Kind::Date, Police, Hypotheses;
    /// Age in whole years, when the date of birth is not known.
    ChildAge = "child_age", Child, Kind::Whole(0, 17), Public, Hypotheses;
    /// Girl, boy, unknown.
    ChildSex = "child_sex", Child, Kind::OneOf(&["girl", "boy", "unknown"]), Public, Alert;
    /// Height in centimetres.
    ChildHeight = "child_height", Child, Kind::Whole(30, 220), Public, Alert;
    /// Languages the child speaks and understands.
    ChildLanguages = "child_languages", Child, Kind::Line(120), Public, Approach;
    /// Clothes, in Arabic.
    ClothesAr = "clothes_ar", Child, Kind::Words(300), Public, Alert;
    /// Clothes, in the second language of alerts.
    Clothes = "clothes", Child, Kind::Words(300), Public, Alert;
    /// Visible marks, in Arabic.
    MarksAr = "marks_ar", Child, Kind::Words(300), Public, Alert;
    /// Visible marks, in the second language of alerts.
    Marks = "marks", Child, Kind::Words(300), Public, Alert;
    /// Home address: for the case team only.
    HomeAddress = "home_address", Child, Kind::Line(200), CaseTeam, Hasty;
    /// When the child was last seen, local time.
    LastSeenAt = "last_seen_at", LastSeen, Kind::LocalTime, Public, FirstMap;
    /// The latest moment it can have been, where only a range is known.
    LastSeenUntil = "last_seen_until", LastSeen, Kind::LocalTime, CaseTeam, FirstMap;
    /// The place, from the gazetteer.
    LastSeenPlace = "last_seen_place", LastSeen, Kind::Place, Public, FirstMap;
    /// The exact point, latitude.
    LastSeenLat = "last_seen_lat", LastSeen, Kind::Degrees, Police, FirstMap;
    /// The exact point, longitude.
    LastSeenLon = "last_seen_lon", LastSeen, Kind::Degrees, Police, FirstMap;
    /// The place in words, for the case team (a street, a shop).
    LastSeenWords = "last_seen_words", LastSeen, Kind::Line(200), Police, Places;
    /// How exact the point is.
    LastSeenAccuracy = "last_seen_accuracy", LastSeen, Kind::OneOf(&["exact", "street", "quarter", "town", "unknown"]), CaseTeam, FirstMap;
    /// Who saw the child last.
    LastSeenBy = "last_seen_by", LastSeen, Kind::Line(120), CaseTeam, Verify;
    /// How certain that person is.
    LastSeenCertainty = "last_seen_certainty", LastSeen, Kind::OneOf(&["certain", "probable", "doubtful", "unknown"]), CaseTeam, FirstMap;
    /// What the child was doing then.
    Activity = "activity", LastSeen, Kind::OneOf(&["home", "asleep", "playing", "school_way", "crowd", "outing", "online", "other", "unknown"]), CaseTeam, Hypotheses;
    /// Alone, or with whom.
    Company = "company", LastSeen, Kind::Told(500), CaseTeam, People;
    /// Which way the child went.
    Direction = "direction", LastSeen, Kind::Told(200), CaseTeam, FirstMap;
    /// On foot, by bicycle, by car …
    TravelMode = "travel_mode", LastSeen, Kind::OneOf(&["foot", "bicycle", "moped", "car", "taxi", "bus", "train", "boat", "other", "unknown"]), CaseTeam, FirstMap;
    /// What happened.
    Circumstances = "circumstances", LastSeen, Kind::Words(4000), Police, Hypotheses;
    /// Forced, voluntary or unknown; never shown to the public.
    Nature = "nature", LastSeen, Kind::OneOf(&["forced", "voluntary", "unknown"]), Police, Hypotheses;
    /// A person confirmed what the form asked to confirm (long ago, sea, abroad).
    Confirmed = "confirmed", LastSeen, Kind::OneOf(&["yes", "no"]), CaseTeam, Record;
    /// Gate: whether there is a ruling on custody.
    GateCustody = "gate_custody", Gate, Kind::OneOf(GATE), Sealed, Gate;
    /// Gate: whether there is a protection order or a complaint of violence.
    GateProtection = "gate_protection", Gate, Kind::OneOf(GATE), Sealed, Gate;
    /// Gate: whether the child is fleeing the person who reports.
    GateFleeing = "gate_fleeing", Gate, Kind::OneOf(GATE), Sealed, Gate;
    /// Force or a struggle that was seen.
    ForceSeen = "force_seen", Event, Kind::Told(500), CaseTeam, Taken;
    /// An adult seen with the child.
    AdultSeen = "adult_seen", Event, Kind::Told(500), CaseTeam, Taken;
    /// Whether the child entered a vehicle: type, colour.
    VehicleEntered = "vehicle_entered", Event, Kind::Told(500), CaseTeam, Taken;
    /// Its plate, as far as it was seen.
    VehiclePlate = "vehicle_plate", Event, Kind::Line(40), CaseTeam, Taken;
    /// Water or wells within 500 m.
    WaterNear = "water_near", Around, Kind::Told(300), CaseTeam, Hasty;
    /// Works, railway, cliffs within 500 m.
    HazardsNear = "hazards_near", Around, Kind::Told(300), CaseTeam, Hasty;
    /// House, roof, cellar, car, freezer: what was looked into already.
    LockedChecked = "locked_checked", Around, Kind::Told(500), CaseTeam, Hasty;
    /// Medicine the child needs.
    Medicine = "medicine", Health, Kind::Told(300), CaseTeam, Urgent;
    /// Until when the child can be without it.
    MedicineBy = "medicine_by", Health, Kind::LocalTime, CaseTeam, Urgent;
    /// Epilepsy, diabetes, asthma, other illness.
    Conditions = "conditions", Health, Kind::Told(300), CaseTeam, Urgent;
    /// Autism or intellectual disability.
    Development = "development", Health, Kind::Told(300), CaseTeam, Lost;
    /// How the child speaks and hears.
    Speech = "speech", Health, Kind::Told(300), CaseTeam, Approach;
    /// What draws the child: water, trains, animals.
    Attractions = "attractions", Health, Kind::Told(300), CaseTeam, Places;
    /// Whether the child answers when called.
    AnswersToName = "answers_to_name", Health, Kind::YesNo, CaseTeam, Approach;
    /// What the child fears: dogs, uniforms.
    Fears = "fears", Health, Kind::Told(300), CaseTeam, Approach;
    /// The child's phone number.
    ChildPhone = "child_phone", Phone, Kind::Line(32), CaseTeam, Traces;
    /// Whether it is switched on.
    PhoneOn = "phone_on", Phone, Kind::YesNo, CaseTeam, Traces;
    /// When it was last reached.
    PhoneLastContact = "phone_last_contact", Phone, Kind::LocalTime, CaseTeam, Traces;
    /// Applications and names the child uses there.
    PhoneApps = "phone_apps", Phone, Kind::Told(300), CaseTeam, Traces;
    /// Whether the phone shares its place, and with whom.
    LocationShared = "location_shared", Phone, Kind::Told(300), CaseTeam, Traces;
    /// Bank or travel cards the child carries.
    Cards = "cards", Phone, Kind::Told(300), CaseTeam, Traces;
    /// Whether this is unlike the child.
    OutOfCharacter = "out_of_character", Before, Kind::Told(500), CaseTeam, Taken;
    /// Earlier absences: how often, when, where found, how travelled, with whom.
    MissingBefore = "missing_before", Before, Kind::Told(1000), CaseTeam, Left;
    /// What the person asked believes happened.
    ReporterOpinion = "reporter_opinion", Before, Kind::OneOf(&["forced", "voluntary", "accident", "unknown"]), CaseTeam, Hypotheses;
    /// Why they believe it.
    OpinionWhy = "opinion_why", Before, Kind::Told(1000), CaseTeam, Hypotheses;
    /// What was searched or called already, when and by whom.
    SearchedAlready = "searched_already", Before, Kind::Told(1000), CaseTeam, Places;
    /// A quarrel in the last 72 hours.
    RecentQuarrel = "recent_quarrel", Recent, Kind::Told(500), Sealed, Left;
    /// A punishment in the last 72 hours.
    RecentPunishment = "recent_punishment", Recent, Kind::Told(500), Sealed, Left;
    /// An exam or a school report in the last 72 hours.
    RecentResults = "recent_results", Recent, Kind::Told(500), Sealed, Left;
    /// A broken friendship or love in the last 72 hours.
    RecentBreakup = "recent_breakup", Recent, Kind::Told(500), Sealed, Left;
    /// A death or a parting in the last 72 hours.
    RecentLoss = "recent_loss", Recent, Kind::Told(500), Sealed, Left;
    /// A secret that was discovered.
    RecentSecret = "recent_secret", Recent, Kind::Told(500), Sealed, Left;
    /// Who lives at home.
    Household = "household", Home, Kind::Told(500), CaseTeam, People;
    /// Separation of the parents.
    Separation = "separation", Home, Kind::Told(500), Sealed, Family;
    /// Custody and rulings on it.
    Custody = "custody", Home, Kind::Told(500), Sealed, Family;
    /// Visiting rights, and whether they are kept.
    VisitingRights = "visiting_rights", Home, Kind::Told(500), Sealed, Family;
    /// Threats to harm the child or take it away.
    Threats = "threats", Home, Kind::Told(500), Sealed, Family;
    /// Violence at home.
    Violence = "violence", Home, Kind::Told(500), Sealed, Urgent;
    /// A parent's new partner.
    NewPartner = "new_partner", Home, Kind::Told(500), Sealed, Family;
    /// Travel planned, passport held or asked for.
    TravelPlanned = "travel_planned", Home, Kind::Told(500), CaseTeam, Borders;
    /// A marriage or work the child is forced or afraid to be forced into.
    ForcedPlans = "forced_plans", Home, Kind::Told(500), Sealed, Urgent;
    /// Debts or disputes of the family.
    Debt = "debt", Home, Kind::Told(500), Sealed, Taken;
    /// School and class.
    School = "school", School, Kind::Told(200), CaseTeam, Places;
    /// Absences.
    SchoolAbsence = "school_absence", School, Kind::Told(500), CaseTeam, Left;
    /// How school goes.
    SchoolResults = "school_results", School, Kind::Told(500), CaseTeam, Left;
    /// Bullying.
    Bullying = "bullying", School, Kind::Told(500), Sealed, Left;
    /// The teacher who knows the child best.
    Teacher = "teacher", School, Kind::Told(200), CaseTeam, People;
    /// Work instead of school, and where.
    WorksInstead = "works_instead", School, Kind::Told(500), Sealed, Places;
    /// Mood and changes in it.
    Mood = "mood", Mood, Kind::Told(500), Sealed, Urgent;
    /// Words or signs of self-harm.
    SelfHarm = "self_harm", Mood, Kind::Told(500), Sealed, Urgent;
    /// A message that was left.
    MessageLeft = "message_left", Mood, Kind::Told(500), CaseTeam, Left;
    /// Goodbyes or gifts as for a goodbye.
    Goodbye = "goodbye", Mood, Kind::Told(500), Sealed, Urgent;
    /// What was searched for on devices.
    DeviceSearches = "device_searches", Mood, Kind::Told(500), Sealed, Places;
    /// Money taken along, how much.
    TakenMoney = "taken_money", Taken, Kind::Told(200), CaseTeam, Hubs;
    /// Clothes taken along.
    TakenClothes = "taken_clothes", Taken, Kind::Told(200), CaseTeam, Left;
    /// Papers taken along.
    TakenPapers = "taken_papers", Taken, Kind::Told(200), CaseTeam, Borders;
    /// Charger, food or medicine taken along.
    TakenSupplies = "taken_supplies", Taken, Kind::Told(200), CaseTeam, Left;
    /// A toy or something dear taken along.
    TakenDear = "taken_dear", Taken, Kind::Told(200), CaseTeam, Left;
    /// Keys taken along, and of which door.
    TakenKeys = "taken_keys", Taken, Kind::Told(200), CaseTeam, Places;
    /// Whether the school bag was left behind.
    SchoolBag = "school_bag", Taken, Kind::Told(200), CaseTeam, Left;
    /// Accounts and names online.
    Accounts = "accounts", Online, Kind::Told(500), CaseTeam, Traces;
    /// Games, and names in them.
    Games = "games", Online, Kind::Told(300), CaseTeam, Traces;
    /// A new contact online.
    OnlineContact = "online_contact", Online, Kind::Told(500), Sealed, Taken;
    /// A meeting that was proposed, where and when.
    MeetingProposed = "meeting_proposed", Online, Kind::Told(500), Sealed, Places;
    /// Gifts from somebody unknown.
    Gifts = "gifts", Online, Kind::Told(500), Sealed, Taken;
    /// A second phone or card.
    SecondPhone = "second_phone", Online, Kind::Told(200), CaseTeam, Traces;
    /// New friends, a group.
    NewFriends = "new_friends", Circle, Kind::Told(500), CaseTeam, People;
    /// An older friend.
    OlderFriend = "older_friend", Circle, Kind::Told(500), Sealed, Taken;
    /// Alcohol, drugs, glue.
    Substances = "substances", Circle, Kind::Told(500), Sealed, Urgent;
    /// Begging or work in the street, and where.
    StreetWork = "street_work", Circle, Kind::Told(500), Sealed, Places;
    /// Somebody who recruits or promises.
    Recruiter = "recruiter", Circle, Kind::Told(500), Sealed, Taken;
    /// A wish to leave: town, country, port.
    WishLeave = "wish_leave", Wishes, Kind::Told(500), CaseTeam, Hubs;
    /// Relatives far away or abroad.
    RelativeAbroad = "relative_abroad", Wishes, Kind::Told(500), CaseTeam, Borders;
    /// What the child heard from others who left.
    OthersLeft = "others_left", Wishes, Kind::Told(500), CaseTeam, Borders;
    /// Whether the child swims.
    Swims = "swims", Wishes, Kind::YesNo, CaseTeam, Lost;
    /// Access to money.
    MoneyAccess = "money_access", Wishes, Kind::Told(300), CaseTeam, Hubs;
    /// Lines known, taxi alone, moped, train without a ticket.
    TransportSkills = "transport_skills", Wishes, Kind::Told(500), CaseTeam, Hubs;
    /// Requests to keep device and account data: to whom, when, answered.
    Preservation = "preservation", Traces, Kind::Told(1000), CaseTeam, Evidence;
    /// Cameras and transport data that may show the child.
    Cameras = "cameras", Traces, Kind::Told(1000), CaseTeam, Evidence;
    /// When the first of them is deleted.
    CamerasUntil = "cameras_until", Traces, Kind::LocalTime, CaseTeam, Evidence;
    /// DNA or dental references: who holds them, never the data.
    DnaHolder = "dna_holder", Traces, Kind::Told(300), Sealed, Evidence;
    /// Fingerprints: who holds them, never the data.
    FingerprintHolder = "fingerprint_holder", Traces, Kind::Told(300), Sealed, Evidence;
    /// What the guardian agrees the media may have.
    MediaConsent = "media_consent", Media, Kind::Told(500), CaseTeam, Gate;
    /// Two or three details that are never published, to test tips.
    KeptBack = "kept_back", Media, Kind::Told(500), Sealed, Verify;
    /// Weather, daylight, events nearby.
    ConditionsOutside = "conditions_outside", Outside, Kind::Told(500), CaseTeam, FirstMap;
    /// Buses, trains and boats that left in the hours after.
    TransportRuns = "transport_runs", Outside, Kind::Told(500), CaseTeam, Hubs;
    /// The officer who is the family's one contact.
    FamilyLiaison = "family_liaison", Support, Kind::Line(120), CaseTeam, Record;
    /// Support the family needs.
    SupportNeed = "support_need", Support, Kind::Told(500), Sealed, Record;
}

impl Field {
    /// Whether only a reason opens its answers; pages and decisions never show them.
    pub fn is_sealed(self) -> bool {
        self.visibility() == Visibility::Sealed
    }

    /// What may be marked instead of a value. A question of the gate has no refusal: not to answer
    /// it is `unknown`, which stops publication.
    pub fn marks(self) -> &'static [Mark] {
        match self.section() {
            Section::Gate => &[],
            _ => self.kind().marks(),
        }
    }

    /// The field of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tier;
    use super::*;

    #[test]
    fn every_name_is_there_once_and_finds_its_field() {
        for field in Field::ALL {
            assert_eq!(Field::find(field.name()), Some(*field));
        }
    }

    #[test]
    fn the_form_goes_from_tier_to_tier_and_from_section_to_section() {
        let mut sections: Vec<Section> = Field::ALL.iter().map(|field| field.section()).collect();
        sections.dedup();
        assert_eq!(sections, Section::ALL, "in order, none torn apart");
        let mut tiers: Vec<Tier> = Section::ALL.iter().map(|section| section.tier()).collect();
        tiers.dedup();
        assert_eq!(tiers, Tier::ALL);
    }

    #[test]
    fn problems_at_home_and_in_the_mind_are_sealed() {
        for name in [
            "gate_custody",
            "recent_quarrel",
            "custody",
            "threats",
            "violence",
            "bullying",
            "self_harm",
            "older_friend",
            "substances",
            "dna_holder",
            "kept_back",
        ] {
            assert!(Field::find(name).is_some_and(Field::is_sealed), "{name}");
        }
    }

    #[test]
    fn every_question_can_be_left_with_a_reason() {
        for field in Field::ALL {
            let offered = match field.kind() {
                Kind::OneOf(words) => words.contains(&"unknown") || *field == Field::Confirmed,
                _ => [Mark::Unknown, Mark::Refused]
                    .iter()
                    .all(|mark| field.marks().contains(mark)),
            };
            assert!(offered, "{}", field.name());
        }
    }
}
