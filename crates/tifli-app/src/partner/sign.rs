//! The signed form of a kit, and of the state of an alert: a DSSE envelope (Dead Simple Signing Envelope, version 1) with the
//! house's Ed25519 signature. How a partner checks it stands in `docs/partner-desk.md`
//! and `docs/verify.md`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use tifli_domain::approval::Binding;

use crate::codes::{hex, sha256};
use crate::{App, AppError, AppResult};

/// What the payload is; part of the signed bytes.
pub(super) const KIND: &str = "application/vnd.tifli.hand-over+json";

#[derive(Serialize)]
struct Envelope {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: &'static str,
    signatures: [Signed; 1],
}

#[derive(Serialize)]
struct Signed {
    keyid: String,
    sig: String,
}

impl App {
    /// The key under which hand-overs are checked: Ed25519, 32 bytes.
    pub fn handover_key(&self) -> Vec<u8> {
        self.verifier().public_key().to_vec()
    }

    /// The short name of that key: the first 16 hexadecimal digits of its SHA-256.
    pub fn handover_key_id(&self) -> String {
        hex(&sha256(self.verifier().public_key()))[..16].to_owned()
    }

    /// The envelope around `payload` of this kind, which derives from the message that `approved` binds.
    pub(crate) fn envelope(
        &self,
        kind: &'static str,
        approved: (&Binding, &[u8]),
        payload: &[u8],
    ) -> AppResult<Vec<u8>> {
        let signature = self
            .signer()
            .sign_handover(approved, kind, payload)
            .map_err(|_| AppError::internal("not_signed"))?;
        let envelope = Envelope {
            payload: STANDARD.encode(payload),
            payload_type: kind,
            signatures: [Signed {
                keyid: self.handover_key_id(),
                sig: STANDARD.encode(signature),
            }],
        };
        serde_json::to_vec(&envelope).map_err(|_| AppError::internal("envelope"))
    }
}
