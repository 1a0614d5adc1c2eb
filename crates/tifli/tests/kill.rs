//! `kill -9` at random moments of a report, an approval, a fan-out and a recall, with 2 000
//! recipients on three push services, of calls to the systems of partners, and of the procedure around
//! them: alarms, bulletins, partners, closing, papers. The client keeps its own ledger.
//!
//! Nothing acknowledged may be lost, nobody inside missed, no earlier version sent after an end
//! was answered, and at most one window (256) repeated under the same topic. Where each kill fell is
//! read from the program's own log, and printed. `TIFLI_KILLS` sets the kills per stage (3; a long run takes 50),
//! `TIFLI_KILL_SEED` the seed, which is printed too.

#[path = "kill/client.rs"]
mod client;
#[path = "kill/ledger.rs"]
mod ledger;
#[path = "kill/log.rs"]
mod log;
#[path = "kill/node.rs"]
mod node;
#[path = "kill/stages.rs"]
mod stages;
#[path = "kill/systems.rs"]
mod systems;

use stages::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_report_or_tip_is_lost() {
    stages::run(Stage::Report).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_killed_at_any_moment_happened_wholly_or_not_at_all() {
    stages::run(Stage::Approval).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_out_killed_at_any_moment_misses_nobody_and_repeats_one_window_at_most() {
    stages::run(Stage::FanOut).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recall_killed_at_any_moment_tells_everyone_and_sends_nothing_old() {
    stages::run(Stage::Recall).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_alarm_or_answer_to_it_is_lost_and_one_key_opens_one_case() {
    stages::run(Stage::Intake).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulletin_killed_at_any_moment_misses_no_service_and_keeps_every_acknowledgement() {
    stages::run(Stage::Bulletin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_step_of_a_hand_over_is_kept_once() {
    stages::run(Stage::Partner).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_killed_at_any_moment_keeps_what_was_said_and_its_cessation_reaches_all() {
    stages::run(Stage::Closing).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_consent_is_lost_and_a_paper_is_printed_again() {
    stages::run(Stage::Paper).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_to_a_system_killed_at_any_moment_is_made_good_and_counts_once() {
    stages::run(Stage::Systems).await;
}
