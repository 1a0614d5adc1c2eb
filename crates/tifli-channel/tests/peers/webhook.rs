//! The library of Standard Webhooks.

use serde_json::json;
use tifli_channel::webhook::WebhookSecret;

use crate::ask::Peer;

#[test]
fn the_library_of_standard_webhooks_takes_both_signatures_and_no_third() {
    let Some(mut python) = Peer::python("standardwebhooks", WEBHOOKS) else {
        return;
    };
    let secrets = [1, 2, 3].map(|octet| WebhookSecret::from_random([octet; 32]));
    let now = python.say(&json!({"ask": "now"}))["now"].as_i64().unwrap();
    let body = "{\"type\":\"alert.cancelled\",\"data\":{\"text\":\"نداء\"}}";
    let both: Vec<String> = secrets[..2]
        .iter()
        .map(|secret| secret.sign("message_1", now, body.as_bytes()))
        .collect();
    for (secret, body, good) in [
        (&secrets[0], body, true),
        (&secrets[1], body, true),
        (&secrets[2], body, false),
        (&secrets[0], "{}", false),
    ] {
        let answer = python.say(&json!({
            "secret": secret.to_text(),
            "body": body,
            "headers": {
                "webhook-id": "message_1",
                "webhook-timestamp": now.to_string(),
                "webhook-signature": both.join(" "),
            },
        }));
        assert_eq!(answer["good"], json!(good), "{answer}");
    }
}

const WEBHOOKS: &str = r#"
import time
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
def answer(q):
    if q.get("ask") == "now":
        return {"now": int(time.time())}
    try:
        Webhook(q["secret"]).verify(q["body"], q["headers"])
        return {"good": True}
    except WebhookVerificationError as e:
        return {"good": False, "why": str(e)}
"#;
