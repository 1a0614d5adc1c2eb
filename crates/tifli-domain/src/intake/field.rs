//! The table of intake fields: name, section, kind, limit and visibility of each.

/// Who may see a value. Ordered from the widest to the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// May stand in a public alert.
    Public,
    /// All security units.
    Police,
    /// The people working on the case.
    CaseTeam,
    /// Only by break-glass with a reason.
    Sealed,
}

/// A part of the intake form, shown together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Who reports, and with what authority.
    Reporter,
    /// Whether the guardian consents to publication.
    Consent,
    /// Who the child is.
    Child,
    /// When and where the child was last seen, and what happened.
    LastSeen,
    /// Whether the reporter may be a danger to the child: asked before anything is published.
    Gate,
}

/// How a value is typed and checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text of at most so many characters.
    Line(usize),
    /// Several lines of at most so many characters.
    Words(usize),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One of the codes that the country pack lists under this name.
    PackCode(&'static str),
    /// A whole number in this range.
    Whole(i64, i64),
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A local date and time, `YYYY-MM-DDTHH:MM`.
    LocalTime,
    /// Decimal degrees.
    Degrees,
    /// A place of the pack's gazetteer.
    Place,
}

/// The answers to a question of the reporter gate.
const GATE: &[&str] = &["yes", "no", "unknown"];

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $section:ident, $kind:expr, $visibility:ident;)*) => {
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
        }
    };
}

fields! {
    /// The reporter's full name.
    ReporterName = "reporter_name", Reporter, Kind::Line(120), CaseTeam;
    /// Father, mother, legal guardian … (a code of the pack).
    ReporterRelation = "reporter_relation", Reporter, Kind::PackCode("relations"), CaseTeam;
    /// Kind of identity paper (a code of the pack).
    ReporterPaperKind = "reporter_paper_kind", Reporter, Kind::PackCode("papers"), CaseTeam;
    /// Number of the identity paper.
    ReporterPaperNumber = "reporter_paper_number", Reporter, Kind::Line(40), CaseTeam;
    /// Where the reporter is reached; never published.
    ReporterPhone = "reporter_phone", Reporter, Kind::Line(32), CaseTeam;
    /// Express consent to publish the child's photo and first name.
    ConsentPublish = "consent_publish", Consent, Kind::OneOf(&["yes", "no", "unknown"]), CaseTeam;
    /// Who gave or refused consent, and before whom.
    ConsentGivenBy = "consent_given_by", Consent, Kind::Line(160), CaseTeam;
    /// First name in Arabic script.
    ChildFirstNameAr = "child_first_name_ar", Child, Kind::Line(60), Public;
    /// First name in Latin script.
    ChildFirstName = "child_first_name", Child, Kind::Line(60), Public;
    /// Family name in Arabic script.
    ChildFamilyNameAr = "child_family_name_ar", Child, Kind::Line(80), Police;
    /// Family name in Latin script.
    ChildFamilyName = "child_family_name", Child, Kind::Line(80), Police;
    /// Date of birth, when known.
    ChildBirthDate = "child_birth_date", Child, Kind::Date, Police;
    /// Age in whole years, when the date of birth is not known.
    ChildAge = "child_age", Child, Kind::Whole(0, 17), Public;
    /// Girl, boy, unknown.
    ChildSex = "child_sex", Child, Kind::OneOf(&["girl", "boy", "unknown"]), Public;
    /// Clothes, in Arabic.
    ClothesAr = "clothes_ar", Child, Kind::Words(300), Public;
    /// Clothes, in the second language of alerts.
    Clothes = "clothes", Child, Kind::Words(300), Public;
    /// Visible marks, in Arabic.
    MarksAr = "marks_ar", Child, Kind::Words(300), Public;
    /// Visible marks, in the second language of alerts.
    Marks = "marks", Child, Kind::Words(300), Public;
    /// Home address: for the case team only.
    HomeAddress = "home_address", Child, Kind::Line(200), CaseTeam;
    /// When the child was last seen, local time.
    LastSeenAt = "last_seen_at", LastSeen, Kind::LocalTime, Public;
    /// The place, from the gazetteer.
    LastSeenPlace = "last_seen_place", LastSeen, Kind::Place, Public;
    /// The exact point, latitude.
    LastSeenLat = "last_seen_lat", LastSeen, Kind::Degrees, Police;
    /// The exact point, longitude.
    LastSeenLon = "last_seen_lon", LastSeen, Kind::Degrees, Police;
    /// The place in words, for the case team (a street, a shop).
    LastSeenWords = "last_seen_words", LastSeen, Kind::Line(200), Police;
    /// What happened.
    Circumstances = "circumstances", LastSeen, Kind::Words(4000), Police;
    /// Forced, voluntary or unknown; never shown to the public.
    Nature = "nature", LastSeen, Kind::OneOf(&["forced", "voluntary", "unknown"]), Police;
    /// A person confirmed what the form asked to confirm (long ago, sea, abroad).
    Confirmed = "confirmed", LastSeen, Kind::OneOf(&["yes", "no"]), CaseTeam;
    /// Gate: whether there is a ruling on custody.
    GateCustody = "gate_custody", Gate, Kind::OneOf(GATE), Sealed;
    /// Gate: whether there is a protection order or a complaint of violence.
    GateProtection = "gate_protection", Gate, Kind::OneOf(GATE), Sealed;
    /// Gate: whether the child is fleeing the person who reports.
    GateFleeing = "gate_fleeing", Gate, Kind::OneOf(GATE), Sealed;
}

impl Section {
    /// Every section in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Reporter,
        Self::Consent,
        Self::Child,
        Self::LastSeen,
        Self::Gate,
    ];
}

impl Field {
    /// Whether only a reason opens its answers; pages and decisions never show them.
    pub fn is_sealed(self) -> bool {
        self.visibility() == Visibility::Sealed
    }

    /// The field of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}
