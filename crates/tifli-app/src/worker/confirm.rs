//! Hands over the letters that ask to confirm a request, one at a time under a lease. One that may have come twice
//! does no harm: its link confirms once.

use tifli_channel::Outcome as Answer;
use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::delivery::retry_at_ms;
use tifli_domain::reader::RequestState;
use tifli_store::audit::ObjectId;
use tifli_store::reader::{self, Handed, REQUESTS, RequestRow};
use tifli_store::{AuditedRead, Reads as _};

use super::roll::Kind;
use crate::codes::new_token;
use crate::reader::confirm_letter;
use crate::{App, AppError, AppResult};

/// Takes one request whose letter is due and hands the letter over; false when there is none.
pub(super) async fn confirm_one(app: &App) -> AppResult<bool> {
    if app.letters().is_none() {
        return Ok(false);
    }
    let token = new_token(app.entropy());
    let taken = app
        .db()
        .write_claim("take_request", token.clone(), |tx, token| {
            Box::pin(async move {
                let until = tx.now_ms() + Kind::Mail.lease_ms();
                Ok::<_, AppError>(REQUESTS.take(tx, token, until, 1).await?)
            })
        })
        .await?;
    let Some(taken) = taken.into_iter().next() else {
        return Ok(false);
    };
    let request = app
        .db()
        .read("request", taken.id, |reads, id| {
            Box::pin(async move { Ok::<_, AppError>(reader::find_request(reads, id).await?) })
        })
        .await?;
    // Answered or taken back since: there is nothing left to ask.
    let Some(request) = request else {
        return Ok(true);
    };
    let answer = hand(app, &request).await?;
    let args = (
        request.request.clone(),
        token,
        handed(app, &request, &answer),
    );
    app.db()
        .write("record_request", args, |tx, (id, token, handed)| {
            Box::pin(async move {
                if REQUESTS.finish(tx, id, token).await? {
                    reader::note_handed(tx, id, handed).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(true)
}

async fn hand(app: &App, request: &RequestRow) -> AppResult<Answer> {
    let Some(mailer) = app.letters() else {
        return Ok(Answer::Misconfigured { status: 0 });
    };
    let read = AuditedRead {
        actor: "system".into(),
        reason: "confirm".into(),
        objects: vec![ObjectId::new("reader_request", &request.request)],
    };
    let opened = app
        .db()
        .open_sealed(read, vec![request.address.clone()])
        .await?;
    let to = opened
        .text(0)
        .ok_or_else(|| AppError::internal("address"))?;
    let asked = (request.request.as_str(), request.language.as_str());
    let mail = confirm_letter(app, asked, (to, app.now_ms()));
    Ok(mailer.send(&mail, &|| true).await)
}

fn handed(app: &App, request: &RequestRow, answer: &Answer) -> Handed {
    let attempts = request.attempts + 1;
    let schedule = capabilities(OwnChannel::MailAlert).retry_after_s;
    let again = match answer {
        Answer::Accepted { .. } => {
            return Handed {
                state: RequestState::Handed,
                attempts,
                next_ms: 0,
                code: None,
            };
        }
        Answer::Retry { .. } | Answer::Unknown | Answer::Misconfigured { .. } => {
            let times = (app.now_ms(), request.expires_ms);
            retry_at_ms(schedule, attempts, None, times)
        }
        _ => None,
    };
    Handed {
        state: match again {
            Some(_) => RequestState::Waiting,
            None => RequestState::GivenUp,
        },
        attempts,
        next_ms: again.unwrap_or(0),
        code: Some(answer.code().to_owned()),
    }
}
