//! Ids in paths, and the key under which a request may be repeated. An id that is none is answered like one that does
//! not exist.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use crate::problem::Refused;
use crate::server::WebState;

/// The one id in the path.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

impl<T> FromRequestParts<WebState> for Id<T>
where
    T: FromStr,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Refused> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Refused::not_found())?;
        text.parse().map(Self).map_err(|_| Refused::not_found())
    }
}

/// The header `Idempotency-Key`: the same key and request again do not act again.
#[derive(Debug, Clone)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequestParts<WebState> for IdempotencyKey {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, Refused> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let key = value.to_str().unwrap_or_default().trim();
        if (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(Some(key.to_owned())))
        } else {
            Err(Refused::malformed(
                "not_a_key",
                crate::problem::of_code("not_a_key"),
            ))
        }
    }
}
