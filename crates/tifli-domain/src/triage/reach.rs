//! Could the child be there by then? From the place and time last seen to the place and time of a tip. The answer is
//! said in words and orders tips within a band; it never hides one, for the last place may be the wrong one.

use tifli_units::Kilometres;

/// How the child could have come there in the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// On foot.
    Walking,
    /// By bicycle or a bus of the town, not on foot.
    Town,
    /// Only by car, coach or train.
    Car,
    /// Not in the time, by any road.
    Impossible,
    /// It was seen before the child was last seen: an older trace, or the time last seen is wrong.
    Earlier,
    /// A place or a time is missing.
    Unknown,
}

words!(Reach {
    Walking = "walking",
    Town = "town",
    Car = "car",
    Impossible = "impossible",
    Earlier = "earlier",
    Unknown = "unknown",
});

/// The country's speeds along a straight line, in kilometres per hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speeds {
    /// Bicycle, or a bus of the town.
    pub town: f64,
    /// The fastest road or rail there is.
    pub road: f64,
}

/// From the last place to the place of a tip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Journey {
    /// The straight distance, less what the places may be off.
    pub distance: Kilometres,
    /// Minutes between the two times; below zero when the tip's is the earlier.
    pub minutes: i64,
    /// Age in whole years, when it is known.
    pub age: Option<i64>,
}

/// People round times: so many minutes are given to every journey.
const ROUNDED: i64 = 10;

/// How fast a child of this age walks on, in kilometres per hour. Starting values of our own, between 1.5 and 4.5.
pub fn walking_kmh(age: Option<i64>) -> f64 {
    match age {
        Some(..=3) => 1.5,
        Some(4..=6) => 2.5,
        Some(7..=9) => 3.5,
        Some(10..) | None => 4.5,
    }
}

/// How the child could have made the journey; the slowest way that suffices.
pub fn reach(journey: Option<Journey>, speeds: Speeds) -> Reach {
    let Some(journey) = journey else {
        return Reach::Unknown;
    };
    if journey.minutes < -ROUNDED {
        return Reach::Earlier;
    }
    let minutes = u32::try_from(journey.minutes + ROUNDED).unwrap_or(u32::MAX);
    let hours = f64::from(minutes) / 60.0;
    let suffices = |kmh: f64| journey.distance.get() <= kmh * hours;
    if suffices(walking_kmh(journey.age)) {
        Reach::Walking
    } else if suffices(speeds.town) {
        Reach::Town
    } else if suffices(speeds.road) {
        Reach::Car
    } else {
        Reach::Impossible
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEEDS: Speeds = Speeds {
        town: 20.0,
        road: 120.0,
    };

    fn went(km: f64, minutes: i64, age: i64) -> Reach {
        let journey = Journey {
            distance: Kilometres::new(km).unwrap(),
            minutes,
            age: Some(age),
        };
        reach(Some(journey), SPEEDS)
    }

    #[test]
    fn a_child_walks_as_far_as_its_age_lets_it() {
        assert_eq!(went(4.0, 60, 12), Reach::Walking);
        assert_eq!(went(4.0, 60, 3), Reach::Town);
        assert_eq!(went(15.0, 60, 12), Reach::Town);
        assert_eq!(went(100.0, 60, 12), Reach::Car);
        assert_eq!(went(300.0, 60, 12), Reach::Impossible);
    }

    #[test]
    fn more_time_never_makes_a_place_harder_to_reach_and_more_distance_never_easier() {
        for age in 0..18 {
            for km in 0..400u32 {
                let at = |minutes| went(f64::from(km), minutes, age);
                for minutes in (0..600).step_by(30) {
                    assert!(at(minutes + 30) <= at(minutes), "{age} {km} {minutes}");
                    let farther = went(f64::from(km + 1), minutes, age);
                    assert!(farther >= at(minutes), "{age} {km} {minutes}");
                }
            }
        }
    }

    #[test]
    fn rounded_times_are_forgiven_and_earlier_ones_are_named() {
        assert_ne!(went(0.0, -10, 12), Reach::Earlier);
        assert_eq!(went(0.0, -11, 12), Reach::Earlier);
        assert_eq!(reach(None, SPEEDS), Reach::Unknown);
    }
}
