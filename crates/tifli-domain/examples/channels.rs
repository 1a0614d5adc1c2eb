//! Prints `docs/channels.md`: what each channel can and cannot do. `cargo xtask bless` writes it to its place.

const INTRODUCTION: &str = "\
# Channels

Printed from the table in `tifli-domain` (`channel/capability.rs`), which the composer, the workers and the recall read. Do
not edit; run `cargo xtask bless` after changing it. Partners reached by people are in [partner-desk.md](partner-desk.md).

- **Picture**: *shown* with the alert, *linked* (whoever follows the link sees what stands at that moment), *absent*.
- **Longest text**: of the name and the place together; a longer place gives way from its end, with an ellipsis.
- **Update**: *in_place*; the newer one *replaces* the earlier at the reader; *beside* it.
- **Recall**: *real* (gone where it was shown, and we see it), *best_effort* (replaced by whoever has it when they next listen),
  *none* (a second message says that it is over).
- **Receipts**: *own_eyes*; *accepted* by the partner's system; *read_back* from it; *taken_over* by the service in between.
- **Reaches**: those in the *area*, or *everyone* who reads it; the latter are named by the approver before an alert goes out.
- **A repeat**, when an attempt had no answer: *collapses* with the first, *doubles* it, or is *needless*. An alert is repeated
  only where it collapses; an end always.
- **Sounds**: what of the loudness that the approver chose (quiet, normal, siren) can be heard: *nobody* is called; the
  reader's mail program sounds *as_set*; the reader's *device* is silent, sounds once, or sounds and stays; a system is *asked*
  and decides; a *partner* decides by rules of its own.
";

#[expect(clippy::print_stdout, reason = "the document is this program's output")]
fn main() {
    println!("{INTRODUCTION}");
    print!("{}", tifli_domain::channel::capability::print());
}
