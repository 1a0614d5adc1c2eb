//! Whether a ring of points encloses anything and whether its edges cross.
//!
//! For: `area`. Not for: distances or places; latitude and longitude are taken as a flat sheet.

/// What is known of the edges of a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crossing {
    /// No two edges cross.
    None,
    /// Two edges cross.
    Found,
    /// The budget ran out before all were compared.
    NotExamined,
}

type Place = (f64, f64);

/// Areas and turns below this, in square degrees, count as nothing: a square of a tenth of a metre.
const NOTHING: f64 = 1e-12;

/// Whether all points lie on one line or one spot.
pub(super) fn is_flat(ring: &[Place]) -> bool {
    let Some(first) = ring.first() else {
        return true;
    };
    let far = |place: &Place| (place.0 - first.0).abs() + (place.1 - first.1).abs();
    let other = ring.iter().max_by(|a, b| far(a).total_cmp(&far(b)));
    other.is_none_or(|other| {
        ring.iter()
            .all(|place| turn(*first, *other, *place).abs() < NOTHING)
    })
}

/// Whether two edges of the ring cross in their inner parts; touching is allowed. Takes the pairs
/// compared from `budget`.
pub(super) fn crosses_itself(ring: &[Place], budget: &mut usize) -> Crossing {
    let mut edges: Vec<(Place, Place)> = ring.windows(2).map(|two| (two[0], two[1])).collect();
    let low = |edge: &(Place, Place)| edge.0.0.min(edge.1.0);
    edges.sort_by(|a, b| low(a).total_cmp(&low(b)));
    // Only edges whose latitudes overlap are compared.
    for (index, edge) in edges.iter().enumerate() {
        let high = edge.0.0.max(edge.1.0);
        for other in edges[index + 1..]
            .iter()
            .take_while(|other| low(other) <= high)
        {
            if *budget == 0 {
                return Crossing::NotExamined;
            }
            *budget -= 1;
            if cross(*edge, *other) {
                return Crossing::Found;
            }
        }
    }
    Crossing::None
}

fn cross((a, b): (Place, Place), (c, d): (Place, Place)) -> bool {
    let apart = |one: f64, other: f64| {
        one.abs() >= NOTHING && other.abs() >= NOTHING && (one > 0.0) != (other > 0.0)
    };
    apart(turn(a, b, c), turn(a, b, d)) && apart(turn(c, d, a), turn(c, d, b))
}

/// Twice the area of the triangle, above 0 when it turns left.
fn turn(a: Place, b: Place, c: Place) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crossing(ring: &[Place]) -> Crossing {
        crosses_itself(ring, &mut 1_000_000)
    }

    #[test]
    fn a_bow_tie_crosses_and_a_square_does_not() {
        let tie = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)];
        let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        assert_eq!(crossing(&tie), Crossing::Found);
        assert_eq!(crossing(&square), Crossing::None);
    }

    #[test]
    fn a_ring_that_touches_itself_in_a_corner_does_not_cross() {
        let pinched = [
            (0.0, 0.0),
            (2.0, 0.0),
            (1.0, 1.0),
            (2.0, 2.0),
            (0.0, 2.0),
            (1.0, 1.0),
            (0.0, 0.0),
        ];
        assert_eq!(crossing(&pinched), Crossing::None);
    }

    #[test]
    fn a_ring_on_one_line_or_one_spot_is_flat() {
        assert!(is_flat(&[]));
        assert!(is_flat(&[(1.0, 1.0); 4]));
        assert!(is_flat(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 0.0)]));
        assert!(!is_flat(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.1), (0.0, 0.0)]));
    }

    #[test]
    fn a_comb_of_a_hundred_thousand_edges_ends_with_the_budget() {
        let comb: Vec<Place> = (0..100_000)
            .map(|n| (f64::from(n % 2), f64::from(n) / 1000.0))
            .collect();
        let mut budget = 1_000_000;
        assert_eq!(crosses_itself(&comb, &mut budget), Crossing::NotExamined);
        assert_eq!(budget, 0);
    }
}
