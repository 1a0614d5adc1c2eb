//! The budget of attention: how many alerts the people of an area were in the area of lately, against what a
//! country thinks they bear. The approver is told; nothing is ever held back for it.

use serde::Deserialize;

/// For how many days it is looked back.
pub const DAYS: i64 = 30;

/// What a country thinks its people bear, in [`DAYS`] days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// So many alerts are the budget of one person.
    pub alerts: u32,
    /// The budget counts as spent once so many of the people inside, in percent, have had theirs.
    pub percent: u32,
}

/// Of whom it is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Of subscribers.
    #[default]
    Subscribers,
    /// Of residents by census, since nobody inside is subscribed: by overlap of areas.
    Residents,
}

/// How many people were in the area of how many alerts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Of whom it is counted.
    pub counted: Counted,
    /// People in the area of none, one, two, three or more.
    pub people: [u64; 4],
    /// People who have had their budget.
    pub full: u64,
    /// Alerts added over people.
    told: u64,
    /// The most that anybody was in the area of.
    pub most: u32,
}

words!(Counted {
    Subscribers = "subscribers",
    Residents = "residents",
});

impl Spent {
    /// Nobody yet.
    pub fn of(counted: Counted) -> Self {
        Self {
            counted,
            ..Self::default()
        }
    }

    /// Adds `people` who were in the area of so many alerts.
    pub fn add(&mut self, people: u64, alerts: u32, budget: Budget) {
        let place = usize::try_from(alerts).unwrap_or(usize::MAX).min(3);
        self.people[place] += people;
        self.told += people * u64::from(alerts);
        if alerts >= budget.alerts {
            self.full += people;
        }
        if people > 0 {
            self.most = self.most.max(alerts);
        }
    }

    /// The whole, where one place of `every` was looked at.
    #[must_use]
    pub fn times(self, every: u32) -> Self {
        let every = u64::from(every);
        Self {
            people: self.people.map(|people| people * every),
            full: self.full * every,
            told: self.told * every,
            ..self
        }
    }

    /// Everybody who was counted.
    pub fn total(&self) -> u64 {
        self.people.iter().sum()
    }

    /// Alerts that an average person was in the area of, in tenths.
    pub fn average_tenths(&self) -> u32 {
        let tenths = (self.told * 10).checked_div(self.total()).unwrap_or(0);
        u32::try_from(tenths).unwrap_or(u32::MAX)
    }

    /// Whether so many have had their budget that the approver is warned.
    pub fn is_over(&self, budget: Budget) -> bool {
        self.full > 0 && self.full * 100 >= self.total() * u64::from(budget.percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Budget = Budget {
        alerts: 2,
        percent: 25,
    };

    fn spent(rows: &[(u64, u32)]) -> Spent {
        let mut spent = Spent::of(Counted::Subscribers);
        for (people, alerts) in rows {
            spent.add(*people, *alerts, BUDGET);
        }
        spent
    }

    #[test]
    fn people_are_counted_once_by_how_many_alerts_they_had() {
        let got = spent(&[(60, 0), (20, 1), (10, 2), (6, 3), (4, 9), (0, 12)]);
        assert_eq!(got.people, [60, 20, 10, 10]);
        assert_eq!(got.total(), 100);
        assert_eq!(got.full, 20);
        assert_eq!(got.most, 9, "nobody is no reader of the twelve");
        assert_eq!(got.average_tenths(), 9);
    }

    #[test]
    fn the_budget_is_spent_from_the_percentage_on_and_never_by_nobody() {
        assert!(!spent(&[(76, 0), (24, 2)]).is_over(BUDGET));
        assert!(spent(&[(75, 0), (25, 2)]).is_over(BUDGET));
        assert!(!spent(&[]).is_over(BUDGET));
        let none = Budget {
            percent: 0,
            ..BUDGET
        };
        assert!(!spent(&[(5, 0)]).is_over(none));
    }
}
