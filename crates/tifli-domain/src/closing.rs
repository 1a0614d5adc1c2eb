//! From found to closed: what is done, in which order, before the file of a child may be closed.
//!
//! For: the table of items and what stands open of it. An item that cannot be done may be skipped,
//! never without a name and a reason. Not for: ending an alert, which waits for nothing here, nor
//! for what becomes of the file afterwards (see [`crate::retention`]).

use std::fmt::Write as _;

/// One thing that stands between a found child and a closed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// Somebody knows where the child is.
    Located,
    /// The child was never missing: a false report, or an error.
    Mistaken,
    /// Seen face to face by an officer, and the identity checked.
    Seen,
    /// Safe and well, or in need of care.
    Safe,
    /// The prosecutor or the child judge decided where the child goes.
    Decision,
    /// The child was handed over.
    HandOver,
    /// The family was told, by a person.
    FamilyTold,
    /// The return interview was offered by somebody independent.
    Interview,
    /// What the alert had to do with it.
    Outcome,
    /// Every channel and partner has reported the withdrawal.
    Recall,
    /// Every service has acknowledged that the search has ceased.
    Cessation,
}

/// Which items a case needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// A child was found, or the file ends for another reason that has to be given.
    Found,
    /// A child was found dead.
    FoundDead,
    /// No child was missing.
    Mistaken,
}

/// What must come with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// The words of which one is chosen; none where nothing is chosen.
    pub words: &'static [&'static str],
    /// Whether a person must be named: who saw, who decided, to whom.
    pub name: bool,
    /// Whether it must be said in words.
    pub note: bool,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The item.
    pub item: Item,
    /// What must be settled before, as far as the path needs it.
    pub after: &'static [Item],
    /// The paths that need it.
    pub paths: &'static [Path],
    /// What comes with it.
    pub needs: Needs,
    /// Who does it, in words for the documentation.
    pub who: &'static str,
}

/// How an item was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// It was done.
    Done,
    /// It was left out, with a name and a reason.
    Skipped,
    /// What was said of it is put right; that it was done, and since when, stands.
    Corrected,
    /// What was said of it is taken back, with a reason.
    TakenBack,
}

/// What was last said of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The item.
    pub item: Item,
    /// How it was settled.
    pub how: How,
    /// The word chosen.
    pub word: String,
}

/// Everything that decides what stands open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// What was said, the newest of each item.
    pub records: Vec<Record>,
    /// The alert ended as a false report.
    pub ended_mistaken: bool,
    /// Channels and partners that have not reported the withdrawal.
    pub recall_open: usize,
    /// Services that have not acknowledged the cessation.
    pub cessation_open: usize,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// Done.
    Done,
    /// Skipped, with a name and a reason.
    Skipped,
    /// It can be done now.
    Open,
    /// Something comes before it.
    Waiting,
    /// This case does not need it.
    NotNeeded,
}

/// Why an item cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPossible {
    /// Something comes before it.
    #[error("{0:?} comes before it")]
    Before(Item),
    /// This case does not need it.
    #[error("this case does not need it")]
    NotNeeded,
    /// It is settled already.
    #[error("it is settled already")]
    Settled,
    /// Nothing was said of it.
    #[error("nothing was said of it")]
    NotSettled,
    /// What came after it stands on it.
    #[error("{0:?} stands on it")]
    StandsOn(Item),
    /// It follows from receipts and cannot be declared.
    #[error("it follows from receipts")]
    FollowsFromReceipts,
    /// One of its words must be chosen.
    #[error("one of its words must be chosen")]
    Word,
    /// A person must be named.
    #[error("a person must be named")]
    Name,
    /// It must be said in words.
    #[error("it must be said in words")]
    Note,
}

use Item::*;

const FOUND: &[Path] = &[Path::Found, Path::FoundDead];
const EVERY: &[Path] = &[Path::Found, Path::FoundDead, Path::Mistaken];
const NOTHING: Needs = needs(&[]);

/// Who found the child.
pub const FOUND_BY: &[&str] = &[
    "police",
    "public",
    "family",
    "child",
    "institution",
    "other",
];
/// What the alert had to do with it.
pub const ATTRIBUTIONS: &[&str] = &["decisive", "contributed", "unknown", "none", "harmed"];

/// The table, in the order in which the page shows it.
pub const CLOSING: &[Rule] = &[
    rule(Located, &[], FOUND, needs(FOUND_BY), "officer or room"),
    rule(
        Mistaken,
        &[],
        &[Path::Mistaken],
        noted(needs(&["false_report", "error"])),
        "officer or room",
    ),
    rule(
        Seen,
        &[Located],
        FOUND,
        named(needs(&["alive", "dead"])),
        "the officer who saw the child",
    ),
    rule(
        Safe,
        &[Seen],
        &[Path::Found],
        named(needs(&["safe", "needs_care", "harmed"])),
        "officer, with a doctor where needed",
    ),
    rule(
        Decision,
        &[Seen, Safe],
        FOUND,
        named(needs(&["return", "other_parent", "protection", "inquiry"])),
        "prosecutor or child judge",
    ),
    rule(HandOver, &[Decision], FOUND, named(NOTHING), "officer"),
    rule(FamilyTold, &[Seen], FOUND, named(NOTHING), "officer"),
    rule(
        Interview,
        &[Seen],
        &[Path::Found],
        named(needs(&["held", "accepted", "declined"])),
        "somebody independent of the search",
    ),
    rule(
        Outcome,
        &[Seen, Mistaken],
        EVERY,
        needs(ATTRIBUTIONS),
        "officer or room",
    ),
    rule(Recall, &[], EVERY, NOTHING, "the last receipt"),
    rule(Cessation, &[], EVERY, NOTHING, "the last acknowledgement"),
];

const fn needs(words: &'static [&'static str]) -> Needs {
    Needs {
        words,
        name: false,
        note: false,
    }
}

const fn named(needs: Needs) -> Needs {
    Needs {
        name: true,
        ..needs
    }
}

const fn noted(needs: Needs) -> Needs {
    Needs {
        note: true,
        ..needs
    }
}

const fn rule(
    item: Item,
    after: &'static [Item],
    paths: &'static [Path],
    needs: Needs,
    who: &'static str,
) -> Rule {
    Rule {
        item,
        after,
        paths,
        needs,
        who,
    }
}

impl Item {
    /// Every item, in the order of the table.
    pub const ALL: [Self; 11] = [
        Located, Mistaken, Seen, Safe, Decision, HandOver, FamilyTold, Interview, Outcome, Recall,
        Cessation,
    ];

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Located => "located",
            Mistaken => "mistaken",
            Seen => "seen",
            Safe => "safe",
            Decision => "decision",
            HandOver => "hand_over",
            FamilyTold => "family_told",
            Interview => "interview",
            Outcome => "outcome",
            Recall => "recall",
            Cessation => "cessation",
        }
    }

    /// Its row of the table.
    pub fn rule(self) -> &'static Rule {
        let found = CLOSING.iter().find(|rule| rule.item == self);
        found.expect("each item has a row, which a test holds")
    }

    /// Whether it follows from receipts and cannot be declared by anybody.
    pub fn follows_from_receipts(self) -> bool {
        matches!(self, Recall | Cessation)
    }
}

read_by_word!(Item);

impl How {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Done, Self::Skipped, Self::Corrected, Self::TakenBack];

    /// Whether it says that the item was done.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::Corrected)
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Corrected => "corrected",
            Self::TakenBack => "taken_back",
        }
    }
}

read_by_word!(How);

impl ItemState {
    /// The word of a page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::NotNeeded => "not_needed",
        }
    }
}

impl Standing {
    /// What was last said of an item, unless it was taken back.
    pub fn find(&self, item: Item) -> Option<&Record> {
        let said = self.records.iter().find(|record| record.item == item);
        said.filter(|record| record.how != How::TakenBack)
    }

    /// The word chosen with an item that was done.
    pub fn find_word(&self, item: Item) -> Option<&str> {
        let done = self.find(item).filter(|record| record.how.is_done());
        done.map(|record| record.word.as_str())
            .filter(|word| !word.is_empty())
    }

    /// The path of the case. A child who is located was missing, whatever the alert said.
    pub fn path(&self) -> Path {
        let located = self.find(Located).is_some();
        if !located && (self.ended_mistaken || self.find(Mistaken).is_some()) {
            Path::Mistaken
        } else if self.find_word(Seen) == Some("dead") {
            Path::FoundDead
        } else {
            Path::Found
        }
    }

    /// Where an item stands.
    pub fn state(&self, item: Item) -> ItemState {
        if let Some(record) = self.find(item) {
            return match record.how {
                How::Skipped => ItemState::Skipped,
                How::Done | How::Corrected | How::TakenBack => ItemState::Done,
            };
        }
        if !item.rule().paths.contains(&self.path()) {
            return ItemState::NotNeeded;
        }
        let settled = match item {
            Mistaken => self.ended_mistaken,
            Recall => self.recall_open == 0,
            Cessation => self.cessation_open == 0,
            _ => false,
        };
        if settled {
            ItemState::Done
        } else if self.before(item).is_some() {
            ItemState::Waiting
        } else {
            ItemState::Open
        }
    }

    /// The items without which the file cannot be closed, in the order of the table.
    pub fn open_items(&self) -> Vec<Item> {
        let open = |item: &Item| matches!(self.state(*item), ItemState::Open | ItemState::Waiting);
        Item::ALL.into_iter().filter(open).collect()
    }

    /// Whether an item may be recorded as done. The first item of the other path may be, for that
    /// is how a case changes its path.
    pub fn may_do(&self, item: Item) -> Result<(), NotPossible> {
        if item.follows_from_receipts() {
            return Err(NotPossible::FollowsFromReceipts);
        }
        self.may_settle(item)
    }

    /// Whether an item may be skipped.
    pub fn may_skip(&self, item: Item) -> Result<(), NotPossible> {
        if self.state(item) == ItemState::NotNeeded {
            return Err(NotPossible::NotNeeded);
        }
        self.may_settle(item)
    }

    /// Whether what was said of an item may be taken back: nothing that came after may stand on it.
    pub fn may_take_back(&self, item: Item) -> Result<(), NotPossible> {
        if self.find(item).is_none() {
            return Err(NotPossible::NotSettled);
        }
        let stands = |rule: &&Rule| rule.after.contains(&item) && self.find(rule.item).is_some();
        match CLOSING.iter().find(stands) {
            Some(rule) => Err(NotPossible::StandsOn(rule.item)),
            None => Ok(()),
        }
    }

    /// Whether what was said of an item that was done may be put right. What stands on it stays, unless
    /// the case would leave its path.
    pub fn may_correct(&self, item: Item, word: &str) -> Result<(), NotPossible> {
        if self.find(item).is_none_or(|record| !record.how.is_done()) {
            return Err(NotPossible::NotSettled);
        }
        let mut corrected = self.clone();
        let said = corrected.records.iter_mut();
        for record in said.filter(|record| record.item == item) {
            word.clone_into(&mut record.word);
        }
        if corrected.path() == self.path() {
            return Ok(());
        }
        self.may_take_back(item)
    }

    fn may_settle(&self, item: Item) -> Result<(), NotPossible> {
        match self.state(item) {
            ItemState::Done | ItemState::Skipped => Err(NotPossible::Settled),
            ItemState::NotNeeded if item == Located => Ok(()),
            ItemState::NotNeeded if item == Mistaken && self.find(Located).is_none() => Ok(()),
            ItemState::NotNeeded => Err(NotPossible::NotNeeded),
            ItemState::Open | ItemState::Waiting => match self.before(item) {
                Some(first) => Err(NotPossible::Before(first)),
                None => Ok(()),
            },
        }
    }

    /// The first item that must be settled before this one and is not.
    fn before(&self, item: Item) -> Option<Item> {
        let path = self.path();
        let needed = |before: &&Item| before.rule().paths.contains(&path);
        let before = item.rule().after.iter().filter(needed);
        let open = |before: &Item| {
            let by_the_end = *before == Mistaken && self.ended_mistaken;
            self.find(*before).is_none() && !by_the_end
        };
        before.copied().find(open)
    }
}

/// Checks what comes with an item that is done.
pub fn check(item: Item, word: &str, (name, note): (&str, &str)) -> Result<(), NotPossible> {
    let needs = item.rule().needs;
    if needs.words.is_empty() != word.is_empty()
        || (!word.is_empty() && !needs.words.contains(&word))
    {
        return Err(NotPossible::Word);
    }
    if needs.name && name.is_empty() {
        return Err(NotPossible::Name);
    }
    let harmed = matches!((item, word), (Outcome | Safe, "harmed"));
    if (needs.note || harmed) && note.is_empty() {
        return Err(NotPossible::Note);
    }
    Ok(())
}

/// The table in Markdown.
pub fn print() -> String {
    let mut out = String::from(
        "## From found to closed\n\n| Item | After | Needed when | With | Who |\n|---|---|---|---|---|\n",
    );
    for rule in CLOSING {
        let after: Vec<_> = rule.after.iter().map(|item| format!("{item:?}")).collect();
        let paths: Vec<_> = rule.paths.iter().map(|path| format!("{path:?}")).collect();
        let mut with = rule.needs.words.join(" / ");
        for (wanted, word) in [(rule.needs.name, "a name"), (rule.needs.note, "words")] {
            if wanted && !with.is_empty() {
                with.push_str("; ");
            }
            if wanted {
                with.push_str(word);
            }
        }
        let _ = writeln!(
            out,
            "| {:?} | {} | {} | {with} | {} |",
            rule.item,
            after.join(", "),
            paths.join(", "),
            rule.who
        );
    }
    out.push_str("\nAny item may be skipped with a name and a reason; what was said may be taken back while nothing stands on it. A word, a name or a note is corrected without taking the item back: the search neither resumes nor ceases again.\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(item: Item, word: &str) -> Record {
        Record {
            item,
            how: How::Done,
            word: word.to_owned(),
        }
    }

    /// The words that keep a case on a path.
    fn word_for(item: Item, path: Path) -> &'static str {
        match (item, path) {
            (Seen, Path::FoundDead) => "dead",
            _ => item.rule().needs.words.first().copied().unwrap_or_default(),
        }
    }

    #[test]
    fn each_item_has_one_row_and_stands_after_what_comes_before_it() {
        assert_eq!(
            CLOSING.iter().map(|r| r.item).collect::<Vec<_>>(),
            Item::ALL
        );
        for (place, rule) in CLOSING.iter().enumerate() {
            for before in rule.after {
                let at = Item::ALL.iter().position(|item| item == before);
                assert!(
                    at.is_some_and(|at| at < place),
                    "{before:?} before {rule:?}"
                );
            }
        }
    }

    #[test]
    fn on_every_path_each_item_is_refused_before_its_turn_and_all_of_them_close() {
        for path in [Path::Found, Path::FoundDead, Path::Mistaken] {
            let mut standing = Standing::default();
            let needed = Item::ALL
                .into_iter()
                .filter(|item| item.rule().paths.contains(&path));
            for item in needed.filter(|item| !item.follows_from_receipts()) {
                for later in CLOSING.iter().filter(|rule| rule.after.contains(&item)) {
                    let refused = standing.may_do(later.item);
                    assert!(
                        refused.is_err(),
                        "{path:?}: {:?} before {item:?}",
                        later.item
                    );
                }
                assert_eq!(standing.may_do(item), Ok(()), "{path:?} {item:?}");
                assert!(
                    standing.open_items().contains(&Outcome),
                    "{path:?} {item:?}"
                );
                standing.records.push(done(item, word_for(item, path)));
                assert_eq!(standing.may_do(item), Err(NotPossible::Settled));
            }
            assert_eq!(standing.path(), path);
            assert_eq!(standing.open_items(), []);
        }
    }

    #[test]
    fn every_subset_of_records_names_exactly_what_is_missing() {
        let own: Vec<Item> = Item::ALL
            .into_iter()
            .filter(|item| !item.follows_from_receipts())
            .collect();
        for bits in 0..1u32 << own.len() {
            let held = |item: &Item| {
                own.iter()
                    .position(|o| o == item)
                    .is_some_and(|at| bits >> at & 1 == 1)
            };
            let records = own.iter().filter(|item| held(item));
            let standing = Standing {
                records: records
                    .map(|item| done(*item, word_for(*item, Path::Found)))
                    .collect(),
                ..Standing::default()
            };
            for item in &own {
                let needed = item.rule().paths.contains(&standing.path());
                assert_eq!(
                    standing.open_items().contains(item),
                    needed && !held(item),
                    "{item:?} in {standing:?}"
                );
            }
        }
    }

    #[test]
    fn a_child_found_dead_needs_no_interview_and_no_check_of_health() {
        let standing = Standing {
            records: vec![done(Located, "police"), done(Seen, "dead")],
            ..Standing::default()
        };
        assert_eq!(standing.path(), Path::FoundDead);
        assert_eq!(
            standing.open_items(),
            [Decision, HandOver, FamilyTold, Outcome]
        );
        assert_eq!(standing.state(Decision), ItemState::Open);
    }

    #[test]
    fn a_false_report_has_the_shorter_table_until_a_child_is_located() {
        let mut standing = Standing {
            ended_mistaken: true,
            ..Standing::default()
        };
        assert_eq!(standing.open_items(), [Outcome]);
        assert_eq!(standing.may_do(Seen), Err(NotPossible::NotNeeded));
        assert_eq!(standing.may_do(Located), Ok(()));
        standing.records.push(done(Located, "public"));
        assert_eq!(standing.path(), Path::Found);
        assert!(standing.open_items().contains(&Seen));
    }

    #[test]
    fn receipts_are_never_declared_but_may_be_skipped() {
        let standing = Standing {
            recall_open: 1,
            cessation_open: 2,
            ..Standing::default()
        };
        for item in [Recall, Cessation] {
            assert_eq!(standing.state(item), ItemState::Open);
            assert_eq!(standing.may_do(item), Err(NotPossible::FollowsFromReceipts));
            assert_eq!(standing.may_skip(item), Ok(()));
        }
    }

    #[test]
    fn what_was_said_is_taken_back_only_while_nothing_stands_on_it() {
        let mut standing = Standing {
            records: vec![done(Located, "police"), done(Seen, "alive")],
            ..Standing::default()
        };
        assert_eq!(
            standing.may_take_back(Located),
            Err(NotPossible::StandsOn(Seen))
        );
        assert_eq!(standing.may_take_back(Safe), Err(NotPossible::NotSettled));
        assert_eq!(standing.may_take_back(Seen), Ok(()));
        standing.records[1].how = How::TakenBack;
        assert_eq!(standing.state(Seen), ItemState::Open);
        assert_eq!(standing.may_take_back(Located), Ok(()));
    }

    #[test]
    fn a_correction_leaves_an_item_done_and_the_path_only_while_nothing_stands_on_it() {
        let mut standing = Standing {
            records: vec![done(Located, "police"), done(Seen, "alive")],
            ..Standing::default()
        };
        let unsaid = standing.may_correct(Safe, "safe");
        assert_eq!(unsaid, Err(NotPossible::NotSettled));
        assert_eq!(standing.may_correct(Seen, "dead"), Ok(()));
        standing.records.push(done(Safe, "safe"));
        assert_eq!(standing.may_correct(Seen, "alive"), Ok(()));
        let dead = standing.may_correct(Seen, "dead");
        assert_eq!(dead, Err(NotPossible::StandsOn(Safe)));
        standing.records[1].how = How::Corrected;
        assert_eq!(standing.find_word(Seen), Some("alive"));
        standing.records[1].how = How::Skipped;
        assert!(standing.may_correct(Seen, "alive").is_err());
    }

    #[test]
    fn what_comes_with_an_item_is_checked() {
        assert_eq!(check(Seen, "alive", ("B. Officer", "")), Ok(()));
        assert_eq!(check(Seen, "", ("B. Officer", "")), Err(NotPossible::Word));
        assert_eq!(check(Seen, "alive", ("", "")), Err(NotPossible::Name));
        assert_eq!(check(Mistaken, "error", ("", "")), Err(NotPossible::Note));
        assert_eq!(check(Outcome, "harmed", ("", "")), Err(NotPossible::Note));
        assert_eq!(check(HandOver, "return", ("x", "")), Err(NotPossible::Word));
    }
}
