//! The retention table: the classes of the country pack, and what is said of third parties.

use tifli_paper::Block;

use super::{Facts, frame, keeps};

pub(super) fn blocks(facts: &Facts) -> Vec<Block> {
    let t = facts.t;
    vec![
        frame(facts),
        Block::Paragraph(t.get("dp-retention-intro")),
        keeps(facts),
        Block::Paragraph(t.get("dp-retention-third")),
    ]
}
