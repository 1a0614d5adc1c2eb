//! Which cells of a group are hidden, so that nobody can tell a small count.
//!
//! The rule, of which the tests try every small table:
//! 1. Zero is shown; a count of 1 to 4 is shown as `<5`.
//! 2. A hidden cell must not follow from the total: cells of five and more are withheld beside it, in
//!    the order of the table, until every `<5` could be any number from 1 to 4.
//! 3. A group of so many cells that are not zero is withheld as a whole if its total is less than five
//!    times as many less one, for then the second rule may find nothing to withhold; and so it is if
//!    the total itself is hidden.
//!
//! Each rule looks at what everybody may know, or at so many tables alike that knowing this program
//! does not help: that is what the tests try.
//!
//! A cell that is itself told apart further is shown before its parts are; if it is not, they are not.

/// The least count that is shown as it is, beside zero.
pub const LEAST: i64 = 5;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// As it is.
    Exact,
    /// As `<5`.
    Small,
    /// Not at all.
    Withheld,
}

impl Shown {
    /// How a total is shown that is no part of another.
    pub fn of_total(count: i64) -> Self {
        if (1..LEAST).contains(&count) {
            Self::Small
        } else {
            Self::Exact
        }
    }
}

/// How the cells of a group are shown that add up to a total shown like this.
pub fn protect(cells: &[i64], total: Shown) -> Vec<Shown> {
    let sum: i64 = cells.iter().sum();
    let filled = cells.iter().map(|count| i64::from(*count > 0)).sum::<i64>();
    let scattered = filled > 0 && sum < LEAST * filled - 1;
    if total != Shown::Exact || scattered {
        return vec![Shown::Withheld; cells.len()];
    }
    let mut shown: Vec<Shown> = cells.iter().copied().map(Shown::of_total).collect();
    let mut hidden = Hidden::default();
    for (count, how) in cells.iter().zip(&shown) {
        if *how == Shown::Small {
            hidden.small += 1;
            hidden.sum += count;
        }
    }
    for (place, count) in cells.iter().enumerate() {
        if hidden.is_safe() {
            break;
        }
        if *count >= LEAST {
            shown[place] = Shown::Withheld;
            hidden.withheld += 1;
            hidden.sum += count;
        }
    }
    shown
}

/// What a reader can add up to: how many cells are hidden, and their sum.
#[derive(Default)]
struct Hidden {
    small: i64,
    withheld: i64,
    sum: i64,
}

impl Hidden {
    /// Whether each small cell could be 1 and could be 4, whatever the others are.
    fn is_safe(&self) -> bool {
        if self.small == 0 {
            return true;
        }
        let (most, others) = (LEAST - 1, self.small - 1);
        let largest_fits = self.sum - most >= others + LEAST * self.withheld;
        let least_fits = self.withheld > 0 || self.sum - 1 <= most * others;
        largest_fits && least_fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// What is published of a table: its total, and each cell as it is shown.
    type Published = (i64, Vec<(Shown, i64)>);

    fn published(cells: &[i64]) -> Published {
        let total: i64 = cells.iter().sum();
        let shown = protect(cells, Shown::of_total(total));
        let cell = |(how, count): (Shown, &i64)| match how {
            Shown::Exact => (how, *count),
            Shown::Small | Shown::Withheld => (how, -1),
        };
        let known = if Shown::of_total(total) == Shown::Exact {
            total
        } else {
            -1
        };
        (known, shown.into_iter().zip(cells).map(cell).collect())
    }

    /// Every table of so many cells with at most this total.
    fn tables(cells: usize, most: i64) -> Vec<Vec<i64>> {
        (0..cells).fold(vec![Vec::new()], |tables, _| {
            let longer = |table: Vec<i64>| {
                let left = most - table.iter().sum::<i64>();
                (0..=left).map(move |count| {
                    let mut table = table.clone();
                    table.push(count);
                    table
                })
            };
            tables.into_iter().flat_map(longer).collect()
        })
    }

    /// Who knows this program and everything published looks for a cell that can only be one number.
    #[test]
    fn of_every_small_table_no_small_count_can_be_told_even_by_who_knows_the_program() {
        // Tables that look alike have the same total, or one of 1 to 4: none is left out by a bound.
        for (cells, most) in [(1, 60), (2, 60), (3, 45), (4, 32), (5, 22)] {
            let mut alike: BTreeMap<Published, Vec<Vec<i64>>> = BTreeMap::new();
            for table in tables(cells, most) {
                alike.entry(published(&table)).or_default().push(table);
            }
            for (seen, tables) in &alike {
                for (place, (how, _)) in seen.1.iter().enumerate() {
                    if *how == Shown::Exact {
                        continue;
                    }
                    let could: std::collections::BTreeSet<i64> =
                        tables.iter().map(|table| table[place]).collect();
                    assert!(could.len() > 1, "{seen:?} can only be {tables:?}");
                }
            }
        }
    }

    #[test]
    fn zero_is_shown_and_so_is_a_group_without_small_counts() {
        assert_eq!(protect(&[0, 7, 5], Shown::Exact), [Shown::Exact; 3]);
        assert_eq!(Shown::of_total(0), Shown::Exact);
        assert_eq!(Shown::of_total(4), Shown::Small);
        assert_eq!(Shown::of_total(5), Shown::Exact);
    }

    #[test]
    fn what_would_give_a_small_count_away_is_withheld_beside_it() {
        let shown = protect(&[20, 3, 0, 9], Shown::Exact);
        assert_eq!(
            shown,
            [Shown::Withheld, Shown::Small, Shown::Exact, Shown::Exact]
        );
        // 3 + 5 = 8: who knows that the other is at least 5 knows that this one is at most 3.
        assert_eq!(protect(&[5, 3], Shown::Exact), [Shown::Withheld; 2]);
        // 4 + 4 = 8: nothing else is possible.
        assert_eq!(protect(&[4, 4, 0], Shown::Exact), [Shown::Withheld; 3]);
        assert_eq!(protect(&[2, 3, 0], Shown::Exact), [Shown::Withheld; 3]);
        let alone = protect(&[2, 2, 1, 30], Shown::Exact);
        assert_eq!(
            alone[3],
            Shown::Withheld,
            "5 in three cells: none of them is 4"
        );
        assert_eq!(protect(&[1, 0], Shown::Small), [Shown::Withheld; 2]);
    }
}
