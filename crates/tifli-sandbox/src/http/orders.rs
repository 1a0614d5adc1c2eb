//! Orders and pages that every partner takes over HTTP: the script of faults, a page of its book.

use std::sync::Arc;

use axum::Json;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get};
use serde::Deserialize;

use crate::faults::{Fault, FaultError, Form, Protocol, Script};

/// `?after=SEQ&limit=…`
#[derive(Deserialize)]
#[serde(default)]
pub(crate) struct Page {
    pub(crate) after: u64,
    pub(crate) limit: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            after: 0,
            limit: 1_000,
        }
    }
}

/// `GET`, `POST` and `DELETE` of a script.
pub(crate) fn faults<S: Clone + Send + Sync + 'static>(
    script: &Arc<Script>,
    protocol: Protocol,
) -> MethodRouter<S> {
    let script_to_clear = Arc::clone(script);
    set_faults(script, protocol).delete(async move || clear_faults(&script_to_clear))
}

/// `GET` and `POST` of a script: the faults in force; those from now on, in place of any earlier.
pub(crate) fn set_faults<S: Clone + Send + Sync + 'static>(
    script: &Arc<Script>,
    protocol: Protocol,
) -> MethodRouter<S> {
    let (read, set) = (Arc::clone(script), Arc::clone(script));
    get(async move || Json(read.faults())).post(async move |Json(forms): Json<Vec<Form>>| {
        match playable(forms, protocol) {
            Ok(faults) => {
                set.replace(faults);
                Ok(StatusCode::NO_CONTENT)
            }
            Err(why) => Err((StatusCode::BAD_REQUEST, why.to_string())),
        }
    })
}

/// All is well again.
pub(crate) fn clear_faults(script: &Script) -> StatusCode {
    script.replace(Vec::new());
    StatusCode::NO_CONTENT
}

fn playable(forms: Vec<Form>, protocol: Protocol) -> Result<Vec<Fault>, FaultError> {
    let playable = |form: Form| {
        let fault = Fault::try_from(form)?;
        fault.check(protocol)?;
        Ok(fault)
    };
    forms.into_iter().map(playable).collect()
}
