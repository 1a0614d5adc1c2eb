//! The life of the marked case: report, photo, a returned draft, an alert, tips with a dialogue,
//! the end, the erasure. What people decide on the way is in `decisions`.

use std::cell::RefCell;

use tifli_domain::Actor;
use tifli_domain::channel::OwnChannel;
use tifli_domain::check::Outcome;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::id::{CaseId, DeliveryId, TipId};
use tifli_domain::intake::{Field, Kind, KnownList, Said, Tie, TypedItem};
use tifli_domain::paper::PaperKind;
use tifli_domain::partner::{HandoverAct, Way};
use tifli_domain::ports::Entropy;
use tifli_domain::triage::{Info, Source};
use tifli_store::ledger::{self, NewAddressed};
use tifli_store::message;
use tifli_store::testing::CountingEntropy;

use super::{decisions, found, line};
use crate::AppError;
use crate::alert::{DraftChange, FeedAsk, FeedForm};
use crate::endpoint::NewEndpoint;
use crate::intake::NewKnown;
use crate::media::Rendition;
use crate::paper::{NewConsent, NewSubstitution};
use crate::partner::stories::allow;
use crate::partner::{Evidence, HandoverNote, HandoverStep};
use crate::report::{Confirmation, Receiving, Sending, Typed};
use crate::testing::{POINT, REPORT, TestHouse};
use crate::tip::stories::{NETWORK, Out};
use crate::tip::{Telling, Triage};

/// Whether a question takes words, and whether they are written in Arabic letters.
fn words_of(field: Field) -> Option<bool> {
    let takes_words = matches!(field.kind(), Kind::Line(_) | Kind::Words(_) | Kind::Told(_));
    takes_words.then(|| field.name().ends_with("_ar"))
}

/// Letters that every spelling keeps.
const LATIN: &[char] = &['b', 'd', 'f', 'k', 'l', 'm', 'n', 'r', 's', 't', 'z', 'j'];
pub(super) const ARABIC: &[char] = &['ب', 'د', 'ف', 'ك', 'ل', 'م', 'ن', 'ر', 'س', 'ت', 'ز', 'ج'];

/// A case that was lived through, and the words put into it.
pub(super) struct Life {
    pub(super) out: Out,
    pub(super) markers: Vec<String>,
}

/// Makes words that occur nowhere else, and remembers them.
pub(super) struct Marks {
    entropy: CountingEntropy,
    made: RefCell<Vec<String>>,
}

impl Marks {
    pub(super) fn word(&self, letters: &[char]) -> String {
        let mut bytes = [0; 14];
        self.entropy.fill(&mut bytes);
        let word: String = bytes
            .iter()
            .map(|byte| letters[usize::from(*byte) % letters.len()])
            .collect();
        self.made.borrow_mut().push(word.clone());
        word
    }

    pub(super) fn latin(&self) -> String {
        self.word(LATIN)
    }
}

impl Life {
    /// Lives it up to the dark.
    pub(super) async fn new(house: &TestHouse) -> Self {
        let marks = Marks {
            entropy: CountingEntropy::default(),
            made: RefCell::default(),
        };
        let out = alerted(house, &marks).await;
        look_at(house, &out).await;
        let (one, two) = (
            told(house, &out, &marks).await,
            told(house, &out, &marks).await,
        );
        let room = house.room().await;
        let app = &house.app;
        app.link_tip(&room, one).await.unwrap();
        app.dismiss_tip(&room, two, &marks.latin()).await.unwrap();
        let grade = Triage::Grade(Some(Source::E), Some(Info::Improbable));
        app.triage(&room, &[two], grade).await.unwrap();
        for tip in [one, two] {
            app.ask(&room, tip, &marks.latin()).await.unwrap();
            app.read_tip(&room, tip).await.unwrap();
        }
        handed_over(house, &out, &marks, &room).await;
        found::found(house, &out, &marks).await;
        line::reported(house, &out, &marks).await;
        decisions::with_the_family(house, (&out.officer, out.case), &marks).await;
        out.dark(house).await;
        let_go(house, &out, &marks, &room).await;
        decisions::after_the_dark(house, (&out.officer, out.case), &marks).await;
        let reason = marks.latin();
        app.request_erasure(&out.officer, out.case, &reason)
            .await
            .unwrap();
        let markers = marks.made.take();
        Self { out, markers }
    }

    /// Has the request confirmed.
    pub(super) async fn erase(&self, house: &TestHouse) {
        let second = house.prosecutor().await;
        let open = house.app.open_erasures(&second).await.unwrap();
        let report = house.app.confirm_erasure(&second, open[0].0).await.unwrap();
        assert!(report.chain);
        assert_eq!((report.counts.tips, report.counts.photos), (5, 3));
    }
}

/// A friend who answers, rows of both lists, a place that was looked into, sealed answers opened: a marker in each.
async fn around(house: &TestHouse, (officer, case): (&Actor, CaseId), marks: &Marks) {
    let app = &house.app;
    let friend = (Tie::Friend, marks.latin());
    let source = app
        .add_source(officer, case, (friend.0, &friend.1))
        .await
        .unwrap();
    let typed = Typed {
        field: Field::Circumstances,
        value: marks.latin(),
        base_seq: 0,
        said: Said {
            source,
            ..Said::default()
        },
        sending: Sending::First,
    };
    app.save_answer(officer, case, typed).await.unwrap();
    for (list, name, part) in [
        (KnownList::Person, "name", "friend"),
        (KnownList::Place, "words", "hobby"),
    ] {
        let values = [(name, marks.latin()), ("part", part.to_owned())];
        let values = values.map(|(name, value)| (name.to_owned(), value));
        let row = NewKnown {
            list,
            item: None,
            typed: TypedItem::new(values.into()),
            source,
        };
        app.save_known(officer, case, row).await.unwrap();
    }
    let look = (Outcome::Nothing, marks.latin());
    app.record_place(officer, (case, 1), (look.0, &look.1))
        .await
        .unwrap();
    let reason = marks.latin();
    app.open_sealed_answers(officer, case, &reason)
        .await
        .unwrap();
}

/// A report with a marker in every field, a photo with markers in its metadata, a draft that was
/// returned with one, an alert with one in its headline.
async fn alerted(house: &TestHouse, marks: &Marks) -> Out {
    let app = &house.app;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    house.answer(&officer, case, &REPORT).await;
    let worded = Field::ALL
        .iter()
        .filter_map(|field| Some((*field, words_of(*field)?)));
    for (field, arabic) in worded {
        let word = marks.word(if arabic { ARABIC } else { LATIN });
        let saved = house.answer(&officer, case, &[(field, &word)]).await;
        assert_eq!(saved.problems, []);
    }
    let point = [(Field::LastSeenLat, POINT.0), (Field::LastSeenLon, POINT.1)];
    house.answer(&officer, case, &point).await;
    around(house, (&officer, case), marks).await;
    let photo = app
        .add_photo(&officer, case, &marked_photo(house, marks))
        .await;
    papers(house, (&officer, case), marks).await;
    let received = app.receive(&officer, case, Confirmation::Given).await;
    assert!(
        matches!(received, Ok(Receiving::Received(_))),
        "{received:?}"
    );
    decisions::before_the_alert(house, (&officer, case), marks).await;
    let message = app.begin_alert(&officer, case).await.unwrap();
    app.submit(&officer, message, Confirmation::Given)
        .await
        .unwrap();
    let approver = house.approver().await;
    let returned = app.return_version(&approver, message, &marks.latin()).await;
    returned.unwrap();
    let message = app.redraft(&officer, message).await.unwrap();
    let mut texts = app.open_draft(&officer, message).await.unwrap().draft.texts;
    texts
        .iter_mut()
        .for_each(|text| text.headline = marks.latin());
    let change = DraftChange {
        photo: Some(photo.unwrap()),
        texts,
        ..DraftChange::default()
    };
    app.save_draft(&officer, message, change).await.unwrap();
    let submitted = app
        .submit(&officer, message, Confirmation::Given)
        .await
        .unwrap();
    app.approve(&approver, message, submitted.binding)
        .await
        .unwrap();
    let (row, _) = app.version_row(message).await.unwrap();
    Out {
        officer,
        approver,
        case,
        alert: row.alert,
        code: row.code,
    }
}

/// The alert at the carrier partner: markers in reference, words and the screenshot's metadata.
async fn handed_over(house: &TestHouse, out: &Out, marks: &Marks, room: &Actor) {
    let app = &house.app;
    allow(app, &out.officer, out.case, ChannelAnswer::Given).await;
    let partners = app.alert_partners(room, out.alert).await.unwrap();
    let id = partners.lines[0].handover;
    for (act, way, shot) in [
        (HandoverAct::Submit, Some(Way::Mail), None),
        (HandoverAct::SeeLive, None, Some(marked_photo(house, marks))),
    ] {
        let note = HandoverNote {
            reference: marks.latin(),
            words: marks.word(ARABIC),
        };
        let step = HandoverStep { act, way, note };
        app.record_handover(room, id, step, Evidence(shot))
            .await
            .unwrap();
    }
    app.handover_zip(room, id).await.unwrap();
    app.handover_file(room, id).await.unwrap();
}

/// A consent with a marker in each name and in its scan, and a substitution with one in name and reason.
/// A delivery to a partner's system that was given up, and why the recall went on without it.
async fn let_go(house: &TestHouse, out: &Out, marks: &Marks, room: &Actor) {
    let app = &house.app;
    let new = NewEndpoint {
        partner: "television".to_owned(),
        channel: "webhook".to_owned(),
        url: "https://hook.partner.example.org/alerts".to_owned(),
        bearer: String::new(),
        profile: String::new(),
    };
    let administrator = house.administrator().await;
    let endpoint = app
        .add_endpoint(&administrator, new)
        .await
        .unwrap()
        .endpoint;
    let delivery = DeliveryId::new(app.now_ms(), app.entropy());
    let args = (out.alert, delivery, endpoint);
    let given_up = app
        .db()
        .write("given_up", args, |tx, (alert, delivery, endpoint)| {
            Box::pin(async move {
                let messages = message::list_by_alert(tx, *alert).await?;
                let new = NewAddressed {
                    delivery: *delivery,
                    message: messages.last().expect("an alert has messages").message,
                    alert: *alert,
                    channel: OwnChannel::Webhook,
                    endpoint: *endpoint,
                    lane: 0,
                };
                ledger::insert(tx, &new).await?;
                let sql = "update delivery set state = 'dead' where kind = 'one'";
                Ok::<_, AppError>(tx.query(sql).run().await?)
            })
        });
    assert_eq!(given_up.await.unwrap(), 1);
    let reason = marks.latin();
    app.release_delivery(room, delivery, &reason).await.unwrap();
}

async fn papers(house: &TestHouse, (officer, case): (&Actor, CaseId), marks: &Marks) {
    let consent = NewConsent {
        channel: "meta".to_owned(),
        answer: ChannelAnswer::Given,
        given_by: marks.latin(),
        before: marks.word(ARABIC),
        scan: Some(marked_photo(house, marks)),
    };
    house
        .app
        .record_consent(officer, case, consent)
        .await
        .unwrap();
    let substitution = NewSubstitution {
        name: marks.latin(),
        article: "data_4".to_owned(),
        reason: marks.word(ARABIC),
    };
    let prosecutor = house.prosecutor().await;
    let app = &house.app;
    app.substitute_consent(&prosecutor, case, substitution)
        .await
        .unwrap();
    app.print_paper(officer, case, (PaperKind::Statement, "ar"))
        .await
        .unwrap();
}

/// Everything the public may fetch, so that whatever is kept of it is kept.
async fn look_at(house: &TestHouse, out: &Out) {
    let app = &house.app;
    app.public_state(&out.code).await.unwrap();
    app.current_alerts().await.unwrap();
    app.feed(&FeedAsk::whole(FeedForm::Atom, "fr"))
        .await
        .unwrap();
    for rendition in [Rendition::Public, Rendition::Card] {
        app.public_photo(&out.code, rendition).await.unwrap();
    }
}

/// A tip with a marker in every field and in its photo, and one more in an answer.
async fn told(house: &TestHouse, out: &Out, marks: &Marks) -> TipId {
    let telling = Telling {
        words: marks.latin(),
        place_words: marks.word(ARABIC),
        place: None,
        point: None,
        seen_at: marks.latin(),
        language: "ar".to_owned(),
    };
    let photo = Some(marked_photo(house, marks));
    let token = Some(marks.latin());
    let told = house
        .app
        .tell(&out.code, telling, photo, token)
        .await
        .unwrap();
    let room = house.room().await;
    house
        .app
        .ask(&room, told.tip, &marks.latin())
        .await
        .unwrap();
    let receipt = told.receipt.digits();
    let answer = marks.latin();
    house
        .app
        .answer_question(receipt, NETWORK, &answer)
        .await
        .unwrap();
    house.app.come_back(receipt, NETWORK).await.unwrap();
    told.tip
}

/// A portrait with a marker in its comment and one in its Exif description.
pub(super) fn marked_photo(house: &TestHouse, marks: &Marks) -> Vec<u8> {
    let (comment, description) = (marks.latin(), marks.latin());
    let plain = house.photo(11);
    let mut photo = plain[..2].to_vec();
    segment(&mut photo, 0xe1, &exif(&description));
    segment(&mut photo, 0xfe, comment.as_bytes());
    photo.extend_from_slice(&plain[2..]);
    photo
}

fn segment(photo: &mut Vec<u8>, kind: u8, body: &[u8]) {
    let length = u16::try_from(body.len() + 2).unwrap();
    photo.extend_from_slice(&[0xff, kind]);
    photo.extend_from_slice(&length.to_be_bytes());
    photo.extend_from_slice(body);
}

/// One entry, ImageDescription (0x010e), in little-endian TIFF.
fn exif(description: &str) -> Vec<u8> {
    let length = u32::try_from(description.len() + 1).unwrap();
    let mut body = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0".to_vec();
    body.extend_from_slice(&length.to_le_bytes());
    body.extend_from_slice(&26u32.to_le_bytes());
    body.extend_from_slice(&[0; 4]);
    body.extend_from_slice(description.as_bytes());
    body.push(0);
    body
}
