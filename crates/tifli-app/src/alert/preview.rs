//! What exactly each channel will send, before anybody approves it: made by the very functions that
//! send it later.
//!
//! Not the public page, which the approver sees as a page, nor what people hand over (see
//! [`crate::partner`]).

use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::{Capabilities, capabilities};
use tifli_domain::message::Message;

use crate::reader::sample_letter;
use crate::worker::{push_payload, webhook_body};
use crate::{App, AppResult};

/// What one channel will send in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The channel.
    pub channel: OwnChannel,
    /// What it can and cannot do.
    pub can: Capabilities,
    /// The language; `None` where one document holds all of them.
    pub language: Option<String>,
    /// The bytes that leave, as text.
    pub text: String,
}

impl App {
    /// What each of `channels` will send of `message`, in their order. The page is not among them.
    pub(crate) fn previews(
        &self,
        message: &Message,
        channels: &[String],
    ) -> AppResult<Vec<Preview>> {
        let mut previews = Vec::new();
        for channel in channels.iter().filter_map(|word| word.parse().ok()) {
            let of = |language: Option<&str>, bytes: Vec<u8>| Preview {
                channel,
                can: capabilities(channel),
                language: language.map(str::to_owned),
                text: String::from_utf8_lossy(&bytes).into_owned(),
            };
            match channel {
                OwnChannel::WebPush => {
                    let one = |text: &tifli_domain::message::PublicText| {
                        let language = text.language.as_str();
                        of(Some(language), push_payload(message, language))
                    };
                    previews.extend(message.texts.iter().map(one));
                }
                OwnChannel::MailAlert => {
                    let one = |text: &tifli_domain::message::PublicText| {
                        let language = text.language.as_str();
                        let letter = sample_letter(self, message, language);
                        of(Some(language), letter.plain_text().into_bytes())
                    };
                    previews.extend(message.texts.iter().map(one));
                }
                OwnChannel::Webhook => {
                    let cap = self.cap_url(&message.identifier);
                    let body = webhook_body(message, self.base_url(), cap);
                    previews.push(of(None, body));
                }
                OwnChannel::CapFeed | OwnChannel::CapPartner => {
                    previews.push(of(None, self.cap_xml(message)?.into_bytes()));
                }
                OwnChannel::PublicPage | OwnChannel::BulletinMail | OwnChannel::BulletinCap => {}
            }
        }
        Ok(previews)
    }
}
