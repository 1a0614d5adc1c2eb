//! Stories of what is looked for before an alert goes out, how loudly it does, and another rung proposed.

use tifli_domain::area::AreaSpec;
use tifli_domain::id::MessageId;
use tifli_domain::intake::Field;
use tifli_domain::loudness::Loudness;
use tifli_domain::qualify::Rung;
use tifli_domain::scrutiny::{Finding, Warning};

use super::{Story, code};
use crate::publication::Confirmed;
use crate::report::Confirmation;

/// A number of the family, as the officer typed it.
const PHONE: (Field, &str) = (Field::ReporterPhone, "+212 661 23 45 67");

impl Story {
    /// Writes a French description of its own.
    async fn describe(&self, message: MessageId, words: &str) {
        self.change(message, |change| {
            for text in &mut change.texts {
                if text.language == "fr" {
                    text.description = words.to_owned();
                }
            }
        })
        .await;
    }

    async fn warnings(&self, message: MessageId) -> Vec<Warning> {
        let screen = self.app().screen(&self.approver, message).await.unwrap();
        screen.weighed.warnings
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_the_family_never_leaves_in_any_digits_and_is_told_beside_its_field() {
    let story = Story::new(&[PHONE]).await;
    let message = story.begin().await;
    for words in [
        "Appelez le 06 61 23 45 67.",
        "٠٦٦١٢٣٤٥٦٧",
        "+212-6.61.23.45.67",
    ] {
        story.describe(message, words).await;
        let refused = story.publish(message).await.unwrap_err();
        let fields: Vec<_> = refused
            .problems
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        assert_eq!(fields, ["description_fr"], "{words}");
        assert_eq!(refused.problems[0].code, "family_phone");
    }
    story.describe(message, "Appelez le 19.").await;
    story.publish(message).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_demeans_goes_out_only_confirmed_with_a_reason() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    story.describe(message, "Un enfant un peu attardé.").await;
    assert_eq!(code(story.publish(message).await), "warnings_not_confirmed");
    let found = story.warnings(message).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].finding, Finding::DemeaningWord);
    let binding = story
        .app()
        .screen(&story.approver, message)
        .await
        .unwrap()
        .binding;
    let confirm = |reason: &str| Confirmed {
        keys: vec![found[0].key()],
        reason: reason.to_owned(),
    };
    let approve = |confirmed| {
        let binding = binding.clone();
        story
            .app()
            .approve_confirmed(&story.approver, message, binding, confirmed)
    };
    let bare = approve(confirm(" ")).await.unwrap_err();
    assert_eq!(bare.problems[0].field, "confirm_reason");
    approve(confirm("It is the family's own word, asked twice."))
        .await
        .unwrap();
    let alert = story.app().screen(&story.approver, message).await;
    assert_eq!(code(alert), "not_submitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_approver_chooses_how_loud_and_every_push_says_so() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    let app = story.app();
    let submitted = app
        .submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap();
    let mut seen = submitted.binding;
    assert!(seen.loudness.is_some(), "one is proposed");
    seen.loudness = Some(Loudness::Siren);
    app.approve(&story.approver, message, seen).await.unwrap();
    let (row, _) = app.version_row(message).await.unwrap();
    let progress = app.progress(&story.approver, row.alert).await.unwrap();
    assert!(!progress.channels.is_empty());
    for channel in progress.channels {
        assert_eq!(channel.loudness, Some(Loudness::Siren));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_rung_comes_back_with_its_reason_and_is_taken_over_in_one_act() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    let app = story.app();
    app.submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap();
    let bulletin = app.propose_rung(&story.approver, message, (Rung::Bulletin, "No."));
    assert_eq!(
        bulletin.await.unwrap_err().problems[0].code,
        "rung_is_refusal"
    );
    let bare = app.propose_rung(&story.approver, message, (Rung::Local, ""));
    assert_eq!(bare.await.unwrap_err().problems[0].field, "reason");
    let reason = "She was seen two streets away.";
    app.propose_rung(&story.approver, message, (Rung::Local, reason))
        .await
        .unwrap();
    let view = app.open_draft(&story.officer, message).await.unwrap();
    assert_eq!(view.proposed_rung, Some(Rung::Local));
    assert_eq!(view.reason.as_deref(), Some(reason));
    let next = app.take_rung(&story.officer, message).await.unwrap();
    let again = app.take_rung(&story.officer, message).await.unwrap();
    assert_eq!(next, again, "taken over twice it is one draft");
    let draft = app.open_draft(&story.officer, next).await.unwrap().draft;
    let Some(AreaSpec::Circle { radius, .. }) = draft.area else {
        panic!("a circle stays a circle");
    };
    assert_eq!(radius, app.pack().qualification().local_km);
    let known = app.qualification(&story.officer, story.case).await.unwrap();
    assert_eq!((known.rung, known.chosen), (Rung::Local, Some(Rung::Local)));
    story.publish(next).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_over_that_nobody_proposed() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    let app = story.app();
    assert_eq!(
        code(app.take_rung(&story.officer, message).await),
        "no_rung_proposed"
    );
    app.submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap();
    app.return_version(&story.approver, message, "The photo is missing.")
        .await
        .unwrap();
    assert_eq!(
        code(app.take_rung(&story.officer, message).await),
        "no_rung_proposed"
    );
}
