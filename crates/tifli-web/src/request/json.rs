//! JSON bodies and query strings of the API: unknown fields are errors, what cannot be read is refused in words that
//! repeat no value.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::problem::Refused;
use crate::server::WebState;

/// A JSON body.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T> FromRequest<WebState> for Json<T>
where
    T: DeserializeOwned,
{
    type Rejection = Refused;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Refused> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Refused::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
            ));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| Refused::new(rejection.status(), "too_large"))?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| refused(&error))
    }
}

/// The query string.
#[derive(Debug, Clone)]
pub struct QueryOf<T>(pub T);

impl<T> FromRequestParts<WebState> for QueryOf<T>
where
    T: DeserializeOwned,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Refused> {
        let Query(query) = Query::<T>::from_request_parts(parts, state)
            .await
            .map_err(|_| Refused::malformed("malformed", "The query string cannot be read."))?;
        Ok(Self(query))
    }
}

/// Says where and what, but no value: a message about a wrong type would repeat what was sent.
fn refused(error: &serde_json::Error) -> Refused {
    let at = format!("line {}, column {}", error.line(), error.column());
    let told = error.to_string();
    let names_a_field = ["unknown field", "missing field", "duplicate field"]
        .iter()
        .any(|start| told.starts_with(start));
    let detail = match error.classify() {
        Category::Data if names_a_field => told,
        Category::Data => format!("A value is not of the kind that this address takes ({at})."),
        Category::Eof => "The body ends before the JSON does.".to_owned(),
        Category::Syntax | Category::Io => format!("The body is not JSON ({at})."),
    };
    Refused::malformed("malformed_json", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct One {
        #[expect(dead_code, reason = "only read by the reader of JSON")]
        n: u32,
    }

    fn detail(body: &str) -> String {
        let error = serde_json::from_str::<One>(body).unwrap_err();
        refused(&error).detail.unwrap()
    }

    #[test]
    fn an_unknown_field_is_named_and_a_wrong_value_is_not_repeated() {
        assert!(detail("{\"n\":1,\"m\":2}").starts_with("unknown field `m`"));
        assert!(detail("{}").starts_with("missing field `n`"));
        let wrong = detail("{\"n\":\"a secret\"}");
        assert!(!wrong.contains("secret"), "{wrong}");
    }
}
