//! Prints `docs/delivery.md`: how a message reaches a channel, what is known of it, and what a recall
//! waits for. `cargo xtask bless` writes it to its place.

use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::{Repeat, capabilities};
use tifli_domain::delivery::{DELIVERY, Follows, Said, follows};
use tifli_domain::machine::print;
use tifli_domain::message::MsgType;
use tifli_domain::partner::{Came, HandoverState};

const INTRODUCTION: &str = "\
# Delivery

Printed from the tables in `tifli-domain` (`delivery.rs`, `channel/capability.rs`). Do not edit; run `cargo xtask bless` after
changing one.

An approval writes an outbox row for each channel in its own transaction; the relay turns it into deliveries: segments of
subscribers, or one delivery to each partner's system, by name. A worker takes one under a lease, writes down that it calls,
calls, and writes down what came. A call without an end in the ledger left and was not heard of again: that is *unknown*, not
*failed*. A slow system has a seat of its own and delays no other; ends have seats that nothing else takes.

A cancel withdraws what is unsent in the transaction that freezes it. No call of an earlier version starts once the cancel is
answered; a call under way has two seconds. The end goes to everyone who has, or may have, an earlier version, and to nobody else.

The alert is *dark* when nothing is left to tell, and every partner's system has taken the end, or somebody of the room or an
approver said, by name and with a reason, that the recall goes on without it. Until then the case stays *recalling*, and the
closing page names who is waited for. A delivery given up stands on the duty desk; an address that is gone gets no more alerts.

Nothing is tried after the alert has expired; an end is tried for an hour.

Before each call of an alert or an update a system is looked at again: it is switched on, its partner and channel are lawful, and
consent covers both. Otherwise the delivery is withdrawn and says why. The end goes to whoever may have an earlier version, always.

An end has workers of its own at each step: a relay, senders, seats to call systems from. Its transaction and its relay go
through the urgent lane of the writer. The clock ends an alert the same way. An update overtakes what is unsent as an end does.

A telegram of the bulletin goes to the services' own systems in rows of their own, written with the telegram. A system is called
for one telegram at a time, with seats that no public channel takes; a newer telegram overtakes what waits, and no system gets an
earlier one after a later one. A gateway that turns an update away for naming what it does not have is handed the first telegram
before it. The cessation goes to every system that has, or may have, a telegram, switched off or not, and no file is erased while
one is still being told. Each is tried for a day; after five calls without success, or a refusal, the board asks somebody to call
the service.

What people hand over stands in the same ledger, read from the desk's own rows ([partner-desk.md](partner-desk.md)).
";

/// A moment early enough that a retry fits before the end.
const EARLY: (i64, i64) = (0, 3_600_000);
/// A moment after which nothing is tried.
const LATE: (i64, i64) = (0, 0);

#[expect(clippy::print_stdout, reason = "the document is this program's output")]
fn main() {
    println!("{INTRODUCTION}");
    println!("{}", print("States of a delivery", DELIVERY));
    println!("## What follows from an attempt at one address\n");
    println!(
        "| It said | Message | A repeat | While there is time | After the last |\n|---|---|---|---|---|"
    );
    for said in [Said::Taken, Said::Later(None), Said::Never, Said::Nothing] {
        for msg_type in [MsgType::Alert, MsgType::Update, MsgType::Cancel] {
            for channel in [OwnChannel::Webhook, OwnChannel::BulletinMail] {
                println!("{}", line(said, msg_type, channel));
            }
        }
    }
    println!("\n## What is known of a hand-over by people\n");
    println!("| It stands | Nobody gave it away | Given away | Seen live |\n|---|---|---|---|");
    for state in HandoverState::ALL {
        let known = [Came::Nowhere, Came::Submitted, Came::SeenLive].map(|came| {
            let outcome = state.known(came);
            outcome.map_or("", |outcome| outcome.as_str())
        });
        println!("| {} | {} |", state.as_str(), known.join(" | "));
    }
}

fn line(said: Said, msg_type: MsgType, channel: OwnChannel) -> String {
    let can = capabilities(channel);
    let after = |times| match follows(said, &can, (msg_type, 1), times) {
        Follows::Done(outcome) => format!("done: {}", outcome.as_str()),
        Follows::Again(_) => "again".to_owned(),
        Follows::Dead(outcome) => format!("given up: {}", outcome.as_str()),
    };
    let said = match said {
        Said::Taken => "taken",
        Said::Later(_) => "not now",
        Said::Never => "never",
        Said::Nothing => "nothing",
    };
    let repeat: Repeat = can.repeat;
    let (kind, repeat) = (msg_type.as_str(), repeat.as_str());
    format!(
        "| {said} | {kind} | {repeat} | {} | {} |",
        after(EARLY),
        after(LATE)
    )
}
