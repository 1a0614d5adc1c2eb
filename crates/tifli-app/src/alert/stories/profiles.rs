//! Stories of event codes and of the profiles of partners' systems.

use tifli_cap::{Alert, EventCode, MsgType as CapKind};
use tifli_domain::alert::EndReason;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::intake::Field;

use super::Story;
use crate::endpoint::NewEndpoint;
use crate::partner::stories::allow;
use crate::report::Confirmation;

const OET: &str = "OET:v1.2";

impl Story {
    /// A system of television that asks for this profile.
    async fn system(&self, profile: &str) {
        let new = NewEndpoint {
            partner: "television".to_owned(),
            channel: "cap_partner".to_owned(),
            url: "https://cap.television.example.org/alerts".to_owned(),
            bearer: String::new(),
            profile: profile.to_owned(),
        };
        let administrator = self.house.administrator().await;
        self.house
            .app
            .add_endpoint(&administrator, new)
            .await
            .unwrap();
    }

    /// Every document of the only alert, as a reader reads it.
    async fn documents(&self, alert: tifli_domain::id::AlertId) -> Vec<Alert> {
        let mut read = Vec::new();
        for row in self.messages(alert).await {
            read.push(tifli_cap::parse(&self.document(&row).await).unwrap());
        }
        read
    }

    /// An alert of a child whose disappearance is of this nature, with an update and its end.
    async fn of_nature(&self, nature: &str) -> Vec<Alert> {
        let app = &self.house.app;
        let case = self.house.received_case(&self.officer).await;
        let nature = [(Field::Nature, nature)];
        self.house.answer(&self.officer, case, &nature).await;
        let first = app.begin_alert(&self.officer, case).await.unwrap();
        let alert = self.issue(first).await;
        let update = app.begin_update(&self.officer, alert).await.unwrap();
        self.issue(update).await;
        app.cancel(&self.officer, alert, EndReason::Found)
            .await
            .unwrap();
        self.documents(alert).await
    }
}

fn codes(alert: &Alert) -> Vec<EventCode> {
    let mut infos = alert.info.iter().map(|info| info.event_code.clone());
    let first = infos.next().unwrap_or_default();
    assert!(
        infos.all(|codes| codes == first),
        "the same in each language"
    );
    first
}

#[tokio::test(flavor = "multi_thread")]
async fn an_abduction_carries_its_code_from_the_alert_to_the_end_and_nobody_else_does() {
    let story = Story::new().await;
    let taken = story.of_nature("forced").await;
    assert_eq!(taken.len(), 3);
    for document in &taken {
        assert_eq!(codes(document), [EventCode::new(OET, "OET-038")]);
    }
    for nature in ["unknown"] {
        let story = Story::new().await;
        for document in story.of_nature(nature).await {
            assert_eq!(codes(&document), [EventCode::new(OET, "OET-130")]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_written_for_the_profiles_in_use_and_what_they_miss_is_shown_before_the_approval()
 {
    let story = Story::new().await;
    story.system("ipaws").await;
    story.system("cap-cp").await;
    story.system("google").await;
    let app = &story.house.app;
    let case = story.house.received_case(&story.officer).await;
    allow(app, &story.officer, case, ChannelAnswer::Given).await;
    let version = app.begin_alert(&story.officer, case).await.unwrap();
    let submitted = app
        .submit(&story.officer, version, Confirmation::Given)
        .await
        .unwrap();
    let screen = app.screen(&story.approver, version).await.unwrap();
    let withheld: Vec<_> = screen
        .profile_findings
        .iter()
        .filter(|finding| finding.withholds)
        .map(|finding| (finding.profile.as_str(), finding.code))
        .collect();
    assert!(
        withheld.contains(&("cap-cp", "profile-area-code")),
        "{withheld:?}"
    );
    assert!(
        withheld.iter().all(|(profile, _)| *profile == "cap-cp"),
        "{withheld:?}"
    );
    let alert = submitted.binding.alert;
    app.approve(&story.approver, version, submitted.binding)
        .await
        .unwrap();
    app.cancel(&story.officer, alert, EndReason::Found)
        .await
        .unwrap();
    let documents = story.documents(alert).await;
    assert_eq!(documents[1].msg_type, CapKind::Cancel);
    for document in &documents {
        assert_eq!(
            document.code,
            ["IPAWSv1.0"],
            "no profile is named that is not met"
        );
        let codes = codes(document);
        assert!(codes.contains(&EventCode::new("SAME", "MEP")), "{codes:?}");
        assert!(codes.contains(&EventCode::new(OET, "OET-130")), "{codes:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_system_that_takes_cap_has_a_profile() {
    let story = Story::new().await;
    let administrator = story.house.administrator().await;
    for (channel, profile) in [("webhook", "ipaws"), ("cap_partner", "eas")] {
        let new = NewEndpoint {
            partner: "television".to_owned(),
            channel: channel.to_owned(),
            url: "https://hook.television.example.org/alerts".to_owned(),
            bearer: String::new(),
            profile: profile.to_owned(),
        };
        let refused = story.house.app.add_endpoint(&administrator, new).await;
        let problems = refused.err().unwrap().problems;
        assert_eq!(problems[0].field, "profile", "{channel} {profile}");
    }
}
