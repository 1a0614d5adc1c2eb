//! Letters that came back, as the operator's mail server hands them over: each ends a request, counts against an
//! address, or ends it. What is not ours changes nothing and is refused by name.

use tifli_channel::mail::bounce::{self, Action};
use tifli_domain::reader::{ReaderState, Returned, retires};
use tifli_store::{Tx, reader};

use super::{leave, retire};
use crate::codes::hash_token;
use crate::{App, AppError, AppResult};

/// What was done about a letter that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The address gets no more letters.
    Retired,
    /// The reader called the letter unwanted: they have left.
    Left,
    /// It was counted; the address still gets letters.
    Counted,
    /// It asked to confirm a request; the request is gone.
    RequestDropped,
    /// The letter is late, or the address had ended before.
    Nothing,
}

impl Taken {
    /// The word said and written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Retired => "retired",
            Self::Left => "left",
            Self::Counted => "counted",
            Self::RequestDropped => "request_dropped",
            Self::Nothing => "nothing",
        }
    }
}

/// What a mail says of one of our letters.
#[derive(Clone)]
struct Says {
    /// Whose letter, as a hash of the token.
    hash: [u8; 32],
    /// The order of the message it carried; 0 where it names none.
    seq: i64,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Unwanted,
    Returned(Returned),
}

impl App {
    /// Takes a delivery status notification (RFC 3464) or a complaint (RFC 5965), whole as it came. The same one a
    /// thousand times counts once.
    pub async fn take_bounce(&self, mail: &[u8]) -> AppResult<Taken> {
        let says = read(mail).ok_or_else(|| AppError::field("mail", "not_a_bounce"))?;
        self.db()
            .write("take_bounce", says, |tx, says| {
                Box::pin(async move { take(tx, says).await })
            })
            .await
    }
}

async fn take(tx: &mut Tx, says: &Says) -> AppResult<Taken> {
    let Some((number, state)) = reader::find_by_bounce(tx, &says.hash).await? else {
        return asked(tx, says).await;
    };
    if state != ReaderState::Active {
        return Ok(Taken::Nothing);
    }
    let returned = match says.what {
        What::Unwanted => {
            leave(tx, number, "complaint").await?;
            return Ok(Taken::Left);
        }
        What::Returned(Returned::NotYet) => return Ok(Taken::Nothing),
        What::Returned(returned) => returned,
    };
    let letters = reader::note_bounce(tx, number, says.seq).await?;
    if retires(returned, letters) {
        retire(tx, number, returned.as_str()).await?;
        return Ok(Taken::Retired);
    }
    Ok(Taken::Counted)
}

/// A letter that asked to confirm: whoever cannot read it confirms nothing.
async fn asked(tx: &mut Tx, says: &Says) -> AppResult<Taken> {
    if says.what == What::Returned(Returned::NotYet) {
        return Ok(Taken::Nothing);
    }
    match reader::remove_request_by_bounce(tx, &says.hash).await? {
        true => Ok(Taken::RequestDropped),
        false => Err(AppError::not_found()),
    }
}

fn read(mail: &[u8]) -> Option<Says> {
    if let Some(bounce) = bounce::parse(mail) {
        let returned = match bounce.action {
            _ if bounce.is_bad_address() => Returned::NoSuchAddress,
            Action::Failed if bounce.permanent => Returned::ForGood,
            _ => Returned::NotYet,
        };
        return says(&bounce.token, What::Returned(returned));
    }
    says(&bounce::parse_complaint(mail)?, What::Unwanted)
}

/// A token is the reader's own, and the order of the message behind a hyphen.
fn says(token: &str, what: What) -> Option<Says> {
    let (own, seq) = match token.split_once('-') {
        Some((own, seq)) => (own, i64::from_str_radix(seq, 16).ok()?),
        None => (token, 0),
    };
    Some(Says {
        hash: hash_token(own),
        seq,
        what,
    })
}
