//! A fault as `POST /faults` takes it: flat, with a flag for each trouble.

use serde::{Deserialize, Deserializer, Serialize};

use super::{Fault, FaultError, Trouble};

/// One line of the script in JSON. Exactly one trouble, or a delay alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Form {
    /// The one addressee it is for; a push service's subscriber may be given as a number.
    #[serde(
        alias = "n",
        deserialize_with = "addressee",
        skip_serializing_if = "Option::is_none"
    )]
    to: Option<String>,
    /// Or the share of all addressees (0 to 1), chosen by their name, always the same ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    /// How many times each addressee meets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    /// How many calls meet it, whoever they are for.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u32>,
    /// Waits so long before it does anything, in milliseconds.
    #[serde(skip_serializing_if = "is_zero")]
    delay_ms: u64,
    /// What was given is taken all the same.
    #[serde(skip_serializing_if = "is_off")]
    takes: bool,
    /// In mail: a refusal comes after the letter, not after RCPT.
    #[serde(skip_serializing_if = "is_off")]
    after_letter: bool,
    /// Answers with this HTTP status or SMTP code.
    #[serde(alias = "code", skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// Seconds for the Retry-After header that goes with `status` or `throttle`.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
    /// The place to send the caller to.
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect: Option<String>,
    #[serde(skip_serializing_if = "is_off")]
    throttle: bool,
    #[serde(skip_serializing_if = "is_off")]
    transient: bool,
    #[serde(skip_serializing_if = "is_off")]
    permanent: bool,
    #[serde(skip_serializing_if = "is_off")]
    gone: bool,
    #[serde(skip_serializing_if = "is_off")]
    hang_up: bool,
    #[serde(skip_serializing_if = "is_off")]
    never_answers: bool,
    #[serde(skip_serializing_if = "is_off")]
    close_mid_body: bool,
    #[serde(skip_serializing_if = "is_off")]
    garbage: bool,
    #[serde(skip_serializing_if = "is_off")]
    lies: bool,
    #[serde(skip_serializing_if = "is_off")]
    asleep: bool,
}

impl Form {
    /// The one trouble it names.
    fn trouble(&self) -> Result<Option<Trouble>, FaultError> {
        let retry_after = self.retry_after;
        let flags = [
            (
                self.throttle,
                Trouble::Throttle {
                    retry_after: retry_after.unwrap_or(0),
                },
            ),
            (self.transient, Trouble::Transient),
            (self.permanent, Trouble::Permanent),
            (self.gone, Trouble::Gone),
            (self.hang_up, Trouble::HangUp),
            (self.never_answers, Trouble::NeverAnswers),
            (self.close_mid_body, Trouble::CloseMidBody),
            (self.garbage, Trouble::Garbage),
            (self.lies, Trouble::Lies),
            (self.asleep, Trouble::Asleep),
        ];
        let flagged = flags
            .into_iter()
            .filter_map(|(on, trouble)| on.then_some(trouble));
        let code = self.status.map(|code| Trouble::Code { code, retry_after });
        let redirect = self.redirect.clone().map(|to| Trouble::Redirect { to });
        let mut named = flagged.chain(code).chain(redirect);
        match (named.next(), named.next()) {
            (_, Some(_)) => Err(FaultError("give one trouble per rule")),
            (one, None) => Ok(one),
        }
    }
}

impl TryFrom<Form> for Fault {
    type Error = FaultError;

    fn try_from(form: Form) -> Result<Self, FaultError> {
        if form.to.is_some() && form.share.is_some() {
            return Err(FaultError("give either an addressee or a share"));
        }
        if form
            .share
            .is_some_and(|share| !(0.0..=1.0).contains(&share))
        {
            return Err(FaultError("share lies between 0 and 1"));
        }
        let trouble = form.trouble()?;
        let answers = matches!(
            trouble,
            Some(Trouble::Code { .. } | Trouble::Throttle { .. })
        );
        if form.retry_after.is_some() && !answers {
            return Err(FaultError("retry_after goes with status or throttle"));
        }
        if form.takes && trouble.is_none() {
            return Err(FaultError("takes goes with a trouble"));
        }
        if trouble.is_none() && form.delay_ms == 0 {
            return Err(FaultError("the rule does nothing"));
        }
        Ok(Self {
            to: form.to,
            share: form.share,
            times: form.times,
            next: form.next,
            delay_ms: form.delay_ms,
            takes: form.takes,
            after_letter: form.after_letter,
            trouble,
        })
    }
}

impl From<Fault> for Form {
    fn from(fault: Fault) -> Self {
        let mut form = Self {
            to: fault.to,
            share: fault.share,
            times: fault.times,
            next: fault.next,
            delay_ms: fault.delay_ms,
            takes: fault.takes,
            after_letter: fault.after_letter,
            ..Self::default()
        };
        match fault.trouble {
            None => {}
            Some(Trouble::Throttle { retry_after }) => {
                (form.throttle, form.retry_after) = (true, Some(retry_after));
            }
            Some(Trouble::Code { code, retry_after }) => {
                (form.status, form.retry_after) = (Some(code), retry_after);
            }
            Some(Trouble::Redirect { to }) => form.redirect = Some(to),
            Some(Trouble::Transient) => form.transient = true,
            Some(Trouble::Permanent) => form.permanent = true,
            Some(Trouble::Gone) => form.gone = true,
            Some(Trouble::HangUp) => form.hang_up = true,
            Some(Trouble::NeverAnswers) => form.never_answers = true,
            Some(Trouble::CloseMidBody) => form.close_mid_body = true,
            Some(Trouble::Garbage) => form.garbage = true,
            Some(Trouble::Lies) => form.lies = true,
            Some(Trouble::Asleep) => form.asleep = true,
        }
        form
    }
}

/// A name, or a subscriber's number.
fn addressee<'de, D: Deserializer<'de>>(given: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Addressee {
        Number(u32),
        Name(String),
    }
    Ok(
        Option::<Addressee>::deserialize(given)?.map(|addressee| match addressee {
            Addressee::Number(n) => n.to_string(),
            Addressee::Name(name) => name,
        }),
    )
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_off(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_written_and_read_back() {
        let asleep = Fault::of(Trouble::Asleep);
        for fault in [
            Fault::throttle(30).next(2),
            Fault::transient().times(1),
            Fault::permanent().to("a@x.example"),
            Fault::permanent().after_letter(),
            Fault::gone(),
            Fault::code(418),
            Fault::unknown_after_accept(),
            Fault::never_answers().after_ms(5),
            Fault::slow(40),
            Fault::garbage(),
            Fault::close_mid_body(),
            Fault::lies(),
            Fault::redirect("http://127.0.0.1:1/"),
            asleep,
        ] {
            let text = serde_json::to_string(&fault).unwrap();
            assert_eq!(
                serde_json::from_str::<Fault>(&text).unwrap(),
                fault,
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_names_a_subscriber() {
        let by_number: Fault = serde_json::from_str(r#"{"n":7,"status":410}"#).unwrap();
        assert_eq!(by_number, Fault::code(410).to("7"));
    }

    #[test]
    fn a_rule_that_cannot_be_played_says_why() {
        for text in [
            r#"{}"#,
            r#"{"n":1}"#,
            r#"{"n":1,"share":0.5,"status":503}"#,
            r#"{"n":1,"to":"1","status":503}"#,
            r#"{"share":1.5,"status":503}"#,
            r#"{"n":1,"status":503,"garbage":true}"#,
            r#"{"gone":true,"redirect":"http://x"}"#,
            r#"{"takes":true,"delay_ms":1}"#,
            r#"{"gone":true,"retry_after":5}"#,
            r#"{"n":1,"statu":503}"#,
        ] {
            assert!(serde_json::from_str::<Fault>(text).is_err(), "{text}");
        }
    }
}
