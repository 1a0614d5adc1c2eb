//! Stories of signed CAP documents: what is stored when a message goes out is what everybody gets.

use tifli_cap::sign::{NotVerifiable, PinnedList, Verdict, verify};
use tifli_domain::id::AlertId;
use tifli_domain::message::MsgType;
use tifli_store::message::{self, MessageRow};

use super::Story;
use crate::alert::CapDocument;

impl Story {
    pub(super) async fn messages(&self, alert: AlertId) -> Vec<MessageRow> {
        let db = self.house.app.db();
        let rows = db.read("messages", alert, |reads, alert| {
            Box::pin(async move {
                Ok::<_, crate::AppError>(message::list_by_alert(reads, *alert).await?)
            })
        });
        rows.await.unwrap()
    }

    pub(super) async fn document(&self, row: &MessageRow) -> String {
        self.house.app.cap_bytes(row).await.unwrap().to_string()
    }

    /// What a partner says who pinned this house's certificate.
    fn judge(&self, document: &str) -> Verdict {
        let app = &self.house.app;
        let mut pinned = PinnedList::new();
        pinned.pin("house", app.cap_certificate().clone()).unwrap();
        verify(document.as_bytes(), &pinned, app.now())
    }

    async fn lived(&self) -> AlertId {
        let alert = self.issue(self.begin().await).await;
        let app = &self.house.app;
        let update = app.begin_update(&self.officer, alert).await.unwrap();
        self.issue(update).await;
        alert
    }
}

fn verified() -> Verdict {
    Verdict::Verified { by: "house".into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_of_an_alert_is_signed_once_and_given_out_as_the_same_bytes_for_ever() {
    let mut story = Story::new().await;
    let alert = story.lived().await;
    let mut given = Vec::new();
    for row in story.messages(alert).await {
        given.push(story.document(&row).await);
    }
    story.end(alert).await;
    let rows = story.messages(alert).await;
    given.push(story.document(&rows[2]).await);
    let kinds: Vec<MsgType> = rows.iter().map(|row| row.msg_type).collect();
    assert_eq!(kinds, [MsgType::Alert, MsgType::Update, MsgType::Cancel]);
    for (row, document) in rows.iter().zip(&given) {
        assert_eq!(story.judge(document), verified());
        let read = tifli_cap::parse(document).unwrap();
        assert_eq!(read.identifier, row.identifier);
        let altered = document.replacen("alerts.", "alertz.", 1);
        assert!(matches!(story.judge(&altered), Verdict::Wrong { .. }));
        assert_eq!(story.document(row).await, *document, "given out twice");
    }
    story.house = story.house.restart().await;
    for (row, document) in rows.iter().zip(&given) {
        assert_eq!(story.document(row).await, *document, "after a restart");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_a_document_serves_what_was_signed_until_the_end_and_then_the_signed_end() {
    let story = Story::new().await;
    let alert = story.lived().await;
    let app = &story.house.app;
    let rows = story.messages(alert).await;
    let served = app.cap_document(&rows[1].identifier).await.unwrap();
    assert!(matches!(served, CapDocument::Current { xml, .. } if story.judge(&xml) == verified()));
    assert!(app.open_messages().find_cap(rows[1].message).is_some());
    story.end(alert).await;
    assert!(app.open_messages().find_cap(rows[1].message).is_none());
    let gone = app.cap_document(&rows[1].identifier).await.unwrap();
    assert!(matches!(gone, CapDocument::Ended(_)));
    let cancel = story.messages(alert).await.remove(2).identifier;
    let served = app.cap_document(&cancel).await.unwrap();
    assert!(matches!(served, CapDocument::Current { xml, .. } if story.judge(&xml) == verified()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_from_before_documents_were_stored_is_given_out_unsigned() {
    let story = Story::new().await;
    let alert = story.lived().await;
    story.forge("update message set cap_sealed = null").await;
    let row = story.messages(alert).await.remove(0);
    let unsigned = Verdict::NotVerifiable {
        why: NotVerifiable::NotSigned,
    };
    assert_eq!(story.judge(&story.document(&row).await), unsigned);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_document_is_not_given_out_but_an_end_is_told_unsigned() {
    let story = Story::new().await;
    let alert = story.lived().await;
    story.end(alert).await;
    story
        .forge("update message set cap_sealed = zeroblob(400)")
        .await;
    let rows = story.messages(alert).await;
    assert!(story.house.app.cap_bytes(&rows[0]).await.is_err());
    let end = story.document(&rows[2]).await;
    assert!(end.contains("<msgType>Cancel</msgType>") && !end.contains("Signature"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_of_one_message_does_not_pass_for_that_of_another() {
    let story = Story::new().await;
    let alert = story.lived().await;
    let swapped = "update message set cap_sealed =
        (select other.cap_sealed from message other where other.version = 1)
        where version = 2";
    story.forge(swapped).await;
    let row = story.messages(alert).await.remove(1);
    assert!(story.house.app.cap_bytes(&row).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_has_ended_stops_no_alert_and_is_said_on_the_board() {
    let story = Story::new().await;
    let app = &story.house.app;
    assert_eq!(app.certificate_notice(), None);
    let version = story.begin().await;
    let until = app.cap_certificate().validity().until.as_millisecond();
    story.house.clock.advance(until - app.now_ms() - 86_400_000);
    let notice = app.certificate_notice().unwrap();
    assert_eq!(
        (notice.until_ms, notice.ended),
        (until, false),
        "a day before"
    );
    story.house.clock.advance(86_401_000);
    assert!(app.certificate_notice().unwrap().ended);
    let alert = story.issue(version).await;
    let row = story.messages(alert).await.remove(0);
    let judged = story.judge(&story.document(&row).await);
    let ended = NotVerifiable::Expired { by: "house".into() };
    assert_eq!(
        judged,
        Verdict::NotVerifiable { why: ended },
        "signed, and out"
    );
}
