//! The invented readers: a few of the crowd who asked for alerts by e-mail as well, as anybody does: by
//! a request, and by the link of the letter that the sandbox mail server holds.

use std::time::Duration;

use mail_parser::MessageParser;
use tifli_app::App;
use tifli_app::reader::Asking;
use tifli_sandbox::smtp::{Mail, RunningMail};

use super::crowd::Crowd;
use crate::failure::{Done, Failure};
use crate::house::refused;

/// How many, spread over the crowd.
const READERS: usize = 24;
/// How often the mail server's book is looked at, and how often at most: 30 seconds.
const LOOK_EVERY: Duration = Duration::from_millis(40);
const LOOKS: u32 = 750;
/// What stands before the token in the letter that asks to confirm.
const CONFIRM: &str = "/letters/confirm/";

/// Makes readers of some of the crowd.
pub async fn make_readers(app: &App, crowd: &Crowd, mail: &RunningMail) -> Done {
    let apart = (crowd.len() / READERS).max(1);
    let mut asked = 0;
    for (number, someone) in crowd.people().iter().step_by(apart).enumerate() {
        let position = someone.cell.center();
        if !app.pack().outline().contains(position) {
            continue;
        }
        let asking = Asking {
            address: format!("reader{number}@mailbox.example.org"),
            position,
            language: someone.language.as_str().to_owned(),
        };
        let taken = app.ask_for_letters(asking).await;
        taken.map_err(|error| refused("asking for letters", &error))?;
        asked += 1;
    }
    for letter in arrived(mail, asked).await? {
        let token = token_in(&letter).ok_or_else(|| Failure::new("a letter without a link"))?;
        let confirmed = app.confirm_letters(&token).await;
        confirmed.map_err(|error| refused("confirming a reader", &error))?;
    }
    Ok(())
}

async fn arrived(mail: &RunningMail, amount: usize) -> Done<Vec<Mail>> {
    for _ in 0..LOOKS {
        let letters = mail.letters();
        if letters.len() >= amount {
            return Ok(letters);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Failure::new("the letters to the readers do not arrive"))
}

fn token_in(letter: &Mail) -> Option<String> {
    let parsed = MessageParser::default().parse(letter.raw.as_bytes())?;
    let text = parsed.body_text(0)?;
    let (_, rest) = text.split_once(CONFIRM)?;
    rest.split_whitespace().next().map(str::to_owned)
}
