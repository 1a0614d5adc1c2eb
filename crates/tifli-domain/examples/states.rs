//! Prints `docs/states.md`: every state machine of the domain as a table. `cargo xtask bless` writes it to its place.

use tifli_domain::alert::{ALERT, VERSION};
use tifli_domain::bulletin::{MAIL, READING, SEARCH};
use tifli_domain::case::CASE;
use tifli_domain::delivery::DELIVERY;
use tifli_domain::found::FOUND;
use tifli_domain::machine::print;
use tifli_domain::partner::HANDOVER;
use tifli_domain::tip::TIP;
use tifli_domain::transfer::TRANSFER;
use tifli_domain::venue::VENUE;

const INTRODUCTION: &str = "\
# States

Printed from the tables in `tifli-domain`, which are the only place where a state changes: what is not a row here is
refused. Do not edit; run `cargo xtask bless` after changing a table.
";

#[expect(clippy::print_stdout, reason = "the document is this program's output")]
fn main() {
    println!("{INTRODUCTION}");
    let tables = [
        print("A case", CASE),
        print("An alert", ALERT),
        print("A version of an alert", VERSION),
        print("A delivery", DELIVERY),
        print("A tip", TIP),
        print("A found child", FOUND),
        print("The alert of a venue", VENUE),
        tifli_domain::closing::print(),
        print("A case offered to another district", TRANSFER),
        print("A hand-over to a partner", HANDOVER),
        print("A bulletin", SEARCH),
        print("The e-mail to one service that a telegram waits", MAIL),
        print("A telegram at one service", READING),
    ];
    print!("{}", tables.join("\n"));
}
