//! The order of events of one case, and how fast each should be on an ordinary machine.

use std::fmt::Write as _;

use super::client::Check;
use super::report::{Found, Report};
use super::steps::intake;
use super::steps::{
    again, alert, alike, approver, board, bulletin, dataprot, dispatch, erase, family, figures,
    follow, found, gates, house, line, mail, night, outage, paper, partner, public, recall,
    regions, report, signature, systems, tips, transfer, triage, venue,
};
use super::world::World;
use crate::demo::Demo;
use crate::failure::{Done, Failure};

/// A case being lived.
struct Story<'d> {
    world: World<'d>,
    report: Report,
}

/// Lives a whole case. Fails if any promise was not kept.
pub async fn live(demo: &Demo) -> Done {
    let mut story = Story {
        world: World::new(demo)?,
        report: Report::new(),
    };
    begin(&mut story).await;
    report_a_child(&mut story).await;
    warn_the_public(&mut story).await;
    hear_the_public(&mut story).await;
    go_on(&mut story).await;
    end(&mut story).await;
    find(&mut story).await;
    forget(&mut story).await;
    match story.report.close(story.world.totals) {
        0 => Ok(()),
        failed => {
            let mut words = format!("{failed} check");
            let _ = write!(words, "{} failed", if failed == 1 { "" } else { "s" });
            Err(Failure::new(words))
        }
    }
}

async fn begin(story: &mut Story<'_>) {
    story.step("start", Some(1_000), house::ready).await;
    story
        .step("sign_in", Some(8_000), house::everybody_signs_in)
        .await;
    story
        .step("sign_in_refused", None, house::strangers_are_refused)
        .await;
    story
        .step(
            "endpoint_refused",
            None,
            follow::private_endpoints_are_refused,
        )
        .await;
}

async fn report_a_child(story: &mut Story<'_>) {
    story
        .step("report_started", Some(500), report::started_once)
        .await;
    story
        .step("report_typed", Some(500), report::typed_field_by_field)
        .await;
    story
        .step("two_tabs", None, report::two_tabs_lose_nothing)
        .await;
    story
        .step("answers_refused", None, report::bad_answers_are_refused)
        .await;
    story
        .step("foreign_district", None, report::others_cannot_read)
        .await;
    story.step("photo", Some(3_000), report::photo_added).await;
    story
        .step("photos_refused", None, report::bad_photos_are_refused)
        .await;
    story.step("received", Some(500), report::received).await;
    story
        .step("board", None, board::a_report_waits_on_the_board)
        .await;
    story
        .step(
            "transfer-keeps-clocks",
            None,
            transfer::a_transfer_keeps_the_clocks,
        )
        .await;
    story
        .step("family_page", None, family::the_family_is_told_and_heard)
        .await;
    story
        .step("intake-tiers", None, intake::asked_in_stages)
        .await;
    story
        .step("paper-form-typed-in", None, outage::paper_form_typed_in)
        .await;
    story
        .step("line-alarm", None, intake::alarm_by_the_line)
        .await;
    story
        .step("gate-flagged-reporter", None, gates::a_flagged_father_files)
        .await;
    story
        .step(
            "rung-bulletin-only",
            None,
            gates::only_the_bulletin_goes_out,
        )
        .await;
    story
        .step("metres-refused", None, gates::metres_are_refused_in_arabic)
        .await;
    story
        .step("regions-alert", None, regions::chosen_by_name)
        .await;
    seek(story).await;
}

async fn seek(story: &mut Story<'_>) {
    story
        .step("no-papers-bulletin", None, bulletin::no_paper_delays_it)
        .await;
    story
        .step(
            "bulletin-acknowledged",
            None,
            bulletin::acknowledged_by_each,
        )
        .await;
    story
        .step("bulletin-ceased", None, bulletin::updated_and_ceased)
        .await;
    story
        .step("bulletin-to-systems", None, dispatch::bulletin_to_systems)
        .await;
}

async fn warn_the_public(story: &mut Story<'_>) {
    story.step("drafted", Some(1_000), alert::drafted).await;
    story
        .step("radius_refused", None, alert::metres_are_refused)
        .await;
    story.step("submitted", Some(1_000), alert::submitted).await;
    story
        .step(
            "consent_needed",
            None,
            alert::without_consent_nothing_goes_out,
        )
        .await;
    story.step("approved", Some(1_000), alert::approved).await;
    story
        .step(
            "page",
            Some(500),
            public::page_shows_the_child_and_nothing_private,
        )
        .await;
    story
        .step("feed_and_cap", Some(1_000), public::feed_and_cap_have_it)
        .await;
    story
        .step("signature-checked", None, signature::checked)
        .await;
    story
        .step("pushed", Some(60_000), alert::pushed_exactly_inside)
        .await;
    story
        .step("meta-desk-silent", None, partner::silence_pages_the_room)
        .await;
}

async fn hear_the_public(story: &mut Story<'_>) {
    story
        .step("tips_refused", None, tips::bad_tips_are_refused)
        .await;
    story.step("tip", Some(500), tips::told).await;
    story
        .step("tip_answered", Some(1_000), tips::asked_and_answered)
        .await;
    story.step("tip_linked", Some(500), tips::linked).await;
    story
        .step(
            "ten-tips-triaged",
            Some(60_000),
            triage::ten_tips_are_triaged,
        )
        .await;
}

async fn go_on(story: &mut Story<'_>) {
    story
        .step("joined", Some(5_000), follow::who_joins_is_warned)
        .await;
    story
        .step("four_eyes", None, follow::one_person_is_not_two)
        .await;
    story
        .step(
            "older_version",
            None,
            follow::an_older_version_is_not_approved,
        )
        .await;
    story
        .step("updated", Some(60_000), follow::everyone_gets_the_update)
        .await;
    story.step("moved", None, follow::somebody_moves_away).await;
}

async fn end(story: &mut Story<'_>) {
    story
        .step(
            "cancelled",
            Some(1_000),
            recall::cancelled_in_the_middle_of_an_update,
        )
        .await;
    story
        .step("public_ended", Some(1_000), recall::public_pages_have_ended)
        .await;
    story
        .step("cap_ended", Some(1_000), recall::feed_and_cap_have_ended)
        .await;
    story
        .step(
            "told_of_end",
            Some(60_000),
            recall::everyone_is_told_of_the_end,
        )
        .await;
    story
        .step(
            "cancel-under-load",
            Some(60_000),
            systems::cancel_under_load,
        )
        .await;
    story
        .step("second_person", None, recall::a_second_person_confirms)
        .await;
    story.step("dark", Some(60_000), recall::dark).await;
    story
        .step("consent-substituted", None, paper::consent_substituted)
        .await;
    story
        .step("papers-printed", None, paper::papers_printed)
        .await;
    story
        .step("partners-withdrawn", None, partner::withdrawal_seen)
        .await;
    story
        .step("consent-per-channel", None, dataprot::consent_per_channel)
        .await;
    story
        .step(
            "data-protection-file",
            None,
            dataprot::the_file_for_the_authority,
        )
        .await;
}

async fn find(story: &mut Story<'_>) {
    story
        .step("found-before-reported", None, found::found_before_reported)
        .await;
    story.step("venue-grows", None, venue::venue_grows).await;
    story
        .step("call-to-receipt", None, line::call_to_receipt)
        .await;
    story
        .step("unit-searched-nothing", None, line::unit_searched_nothing)
        .await;
    story
        .step("systems-told", None, systems::systems_told)
        .await;
    story
        .step("mail-alert-and-end", None, mail::mail_alert_and_end)
        .await;
    story
        .step("silent-partner-held", None, systems::silent_partner_held)
        .await;
    story
        .step("found-at-night", None, night::found_at_night)
        .await;
    story
        .step("search-resumes", None, night::search_resumes)
        .await;
    story
        .step(
            "death-indistinguishable",
            None,
            alike::death_is_indistinguishable,
        )
        .await;
    story
        .step("approval-warns", None, approver::approval_warns)
        .await;
    story
        .step("another-rung", None, approver::another_rung)
        .await;
    story
        .step("same-child-again", None, again::same_child_again)
        .await;
    story
        .step("erase-under-hold", None, again::erase_under_hold)
        .await;
}

async fn forget(story: &mut Story<'_>) {
    story
        .step("backup", None, erase::backed_up_and_it_opens)
        .await;
    story
        .step("erased", Some(5_000), erase::erased_by_two)
        .await;
    story
        .step("nothing_left", None, erase::nothing_is_left)
        .await;
    story
        .step(
            "backup_opens_nothing",
            None,
            erase::yesterdays_backup_opens_nothing,
        )
        .await;
    story
        .step("statistics-recomputed", None, figures::recomputed)
        .await;
    story
        .step("audit", Some(5_000), erase::audit_chain_holds)
        .await;
}

impl<'d> Story<'d> {
    /// One step: done, timed, said. The next one comes whatever came of it.
    async fn step<A>(&mut self, name: &str, goal_ms: Option<u64>, act: A)
    where
        A: AsyncFnOnce(&mut World<'d>) -> Check<Found>,
    {
        let begun = self.report.begin();
        let found = act(&mut self.world).await;
        self.report.end(name, begun, (goal_ms, found));
    }
}
