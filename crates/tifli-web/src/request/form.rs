//! Forms as browsers send them, with or without files. [`Form`] is for the public; [`Posted`] is for the console and
//! refuses a form that does not carry the session's own token. File names are dropped: they can say who somebody is.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, RawForm, Request};
use axum::http::{HeaderMap, StatusCode, header};
use percent_encoding::percent_decode_str;

use super::session::{Session, SignedIn};
use crate::problem::Refused;
use crate::server::WebState;

/// The most bytes of one typed value.
pub const LONGEST_VALUE: usize = 64 * 1024;
/// The most values of one form.
const MOST_VALUES: usize = 500;

/// How long the values of a form may be: one field may carry a whole file along.
#[derive(Debug, Clone, Copy, Default)]
pub struct Longest(Option<(&'static str, usize)>);

impl Longest {
    /// The usual limit, and this many bytes in this one field.
    #[must_use]
    pub const fn with(field: &'static str, bytes: usize) -> Self {
        Self(Some((field, bytes)))
    }

    fn of(self, name: &str) -> usize {
        match self.0 {
            Some((field, bytes)) if field == name => bytes,
            _ => LONGEST_VALUE,
        }
    }
}

/// A file of a form, without its name.
#[derive(Clone)]
pub struct PostedFile {
    /// The field it was chosen in.
    pub field: String,
    /// Its content; empty when nothing was chosen.
    pub bytes: Vec<u8>,
}

/// A form's values in the order sent, and its files.
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    files: Vec<PostedFile>,
}

/// A console form that carried its session's token.
#[derive(Clone)]
pub struct Posted {
    /// Who sent it.
    pub who: SignedIn,
    /// What it holds.
    pub form: Form,
}

/// One file, sent as the whole body or as the first file of a form.
#[derive(Clone)]
pub struct Upload(pub Vec<u8>);

impl Form {
    /// The first value of a field; empty when there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// The first value of a field.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(held, _)| held == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All values in the order sent.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The fields that begin with `prefix`, without it: `with_prefix("kept.")`.
    pub fn with_prefix<'f>(&'f self, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.fields
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The content of a chosen file; `None` when nothing was chosen.
    pub fn take_file(&mut self, field: &str) -> Option<Vec<u8>> {
        let place = self
            .files
            .iter()
            .position(|file| file.field == field && !file.bytes.is_empty())?;
        Some(self.files.swap_remove(place).bytes)
    }

    /// Every chosen file of a field.
    pub fn take_files(&mut self, field: &str) -> Vec<Vec<u8>> {
        let files = std::mem::take(&mut self.files).into_iter();
        files
            .filter(|file| file.field == field && !file.bytes.is_empty())
            .map(|file| file.bytes)
            .collect()
    }

    pub(super) fn into_parts(self) -> (Vec<(String, String)>, Vec<PostedFile>) {
        (self.fields, self.files)
    }

    fn insert(&mut self, name: String, value: &str, longest: Longest) -> Result<(), Refused> {
        let most = longest.of(&name);
        if value.len() > most || self.fields.len() >= MOST_VALUES {
            return Err(Refused::too_large(most));
        }
        // Browsers send line breaks as CR LF; the limits of texts count a line break once.
        self.fields.push((name, value.replace("\r\n", "\n")));
        Ok(())
    }

    /// The form of a request, its values as long as `longest` says.
    async fn read(request: Request, state: &WebState, longest: Longest) -> Result<Self, Refused> {
        if is_multipart(request.headers()) {
            let parts = Multipart::from_request(request, state)
                .await
                .map_err(|_| unreadable())?;
            return Self::read_multipart(parts, longest).await;
        }
        let RawForm(bytes) = RawForm::from_request(request, state)
            .await
            .map_err(|error| cut(error.into_status()))?;
        Self::read_encoded(&bytes, longest)
    }

    async fn read_multipart(mut parts: Multipart, longest: Longest) -> Result<Self, Refused> {
        let mut form = Self::default();
        while let Some(mut part) = parts
            .next_field()
            .await
            .map_err(|error| cut(error.status()))?
        {
            let field = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let most = longest.of(&field);
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(|error| cut(error.status()))? {
                if !is_file && bytes.len() + chunk.len() > most {
                    return Err(Refused::too_large(most));
                }
                bytes.extend_from_slice(&chunk);
            }
            if is_file {
                form.files.push(PostedFile { field, bytes });
            } else {
                let text = String::from_utf8(bytes).map_err(|_| unreadable())?;
                form.insert(field, &text, longest)?;
            }
        }
        Ok(form)
    }

    fn read_encoded(bytes: &[u8], longest: Longest) -> Result<Self, Refused> {
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
        let mut form = Self::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            form.insert(decode(name)?, &decode(value)?, longest)?;
        }
        Ok(form)
    }
}

impl FromRequest<WebState> for Form {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Refused> {
        Self::read(request, state, Longest::default()).await
    }
}

impl FromRequest<WebState> for Posted {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Refused> {
        Self::read(request, state, Longest::default()).await
    }
}

impl Posted {
    /// As the extractor reads it, its values as long as `longest` says.
    pub async fn read(
        request: Request,
        state: &WebState,
        longest: Longest,
    ) -> Result<Self, Refused> {
        let (mut parts, body) = request.into_parts();
        let who = SignedIn::from_request_parts(&mut parts, state).await?;
        let header = parts
            .headers
            .get("x-csrf-token")
            .and_then(|token| token.to_str().ok());
        let header = header.map(str::to_owned);
        let form = Form::read(Request::from_parts(parts, body), state, longest).await?;
        let token = header.as_deref().unwrap_or_else(|| form.text("csrf"));
        if !proves(&who.session, token) {
            return Err(Refused::new(StatusCode::FORBIDDEN, "csrf"));
        }
        Ok(Self { who, form })
    }
}

impl FromRequest<WebState> for Upload {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Refused> {
        read_upload(request, state).await.map(Self)
    }
}

/// The one file of a request: its whole body, or the first file of a form.
pub async fn read_upload(request: Request, state: &WebState) -> Result<Vec<u8>, Refused> {
    let bytes = if is_multipart(request.headers()) {
        let form = Form::from_request(request, state).await?;
        form.files
            .into_iter()
            .find(|file| !file.bytes.is_empty())
            .map(|file| file.bytes)
    } else {
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| cut(rejection.status()))?;
        (!bytes.is_empty()).then(|| bytes.to_vec())
    };
    bytes.ok_or_else(|| Refused::field("photo", "missing"))
}

/// Whether `token` is the session's own. Compared by their hashes, so that time tells nothing.
fn proves(session: &Session, token: &str) -> bool {
    tifli_app::hash_token(token) == tifli_app::hash_token(&session.who.csrf)
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

fn decode(text: &str) -> Result<String, Refused> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced)
        .decode_utf8()
        .map_err(|_| unreadable())?;
    Ok(decoded.into_owned())
}

fn unreadable() -> Refused {
    Refused::malformed("malformed", "The form cannot be read.")
}

fn cut(status: StatusCode) -> Refused {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::new(status, "too_large"),
        _ => unreadable(),
    }
}

trait IntoStatus {
    fn into_status(self) -> StatusCode;
}

impl<R: axum::response::IntoResponse> IntoStatus for R {
    fn into_status(self) -> StatusCode {
        self.into_response().status()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded_and_line_breaks_are_counted_once() {
        let form = Form::read_encoded(
            "seen=a+b%0D%0Ac&place=%D8%A7&x".as_bytes(),
            Longest::default(),
        )
        .unwrap();
        assert_eq!(form.text("seen"), "a b\nc");
        assert_eq!(form.text("place"), "ا");
        assert_eq!(form.find("x"), Some(""));
        assert_eq!(form.find("y"), None);
    }

    #[test]
    fn a_value_of_a_megabyte_is_refused_as_too_large() {
        let body = format!("seen={}", "x".repeat(1_000_000));
        let refused = Form::read_encoded(body.as_bytes(), Longest::default());
        let refused = refused.err().unwrap();
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[test]
    fn one_field_carries_a_file_along_and_no_other_is_longer_for_it() {
        let longest = Longest::with("csv", 100_000);
        let status = |field: &str, bytes: usize| {
            let body = format!("{field}={}", "x".repeat(bytes));
            let read = Form::read_encoded(body.as_bytes(), longest);
            read.err().map(|refused| refused.status)
        };
        assert_eq!(status("csv", 100_000), None);
        let too_large = Some(StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(status("csv", 100_001), too_large);
        assert_eq!(status("reason", 100_000), too_large);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert!(Form::read_encoded(b"seen=%FF", Longest::default()).is_err());
    }
}
