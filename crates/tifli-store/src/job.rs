//! A write as the writer sees it: run it (perhaps twice), then answer whoever waits.
//!
//! Hides the types of arguments, result and error behind one object, so that writes of different
//! use cases can share a commit.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::oneshot;

use crate::{StoreError, Tx};

/// Whether what the write did is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Commit it.
    Keep,
    /// Roll it back; the caller gets its error.
    Undo,
}

/// One waiting write.
pub(crate) trait Job: Send {
    /// Its name, for metrics and the SQL comment.
    fn name(&self) -> &'static str;

    /// Runs it once; the result is held back until [`Job::answer`].
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Verdict>;

    /// Replaces the result by a failure of the store.
    fn refuse(&mut self, error: StoreError);

    /// Hands the result to the caller, if it still waits.
    fn answer(self: Box<Self>);
}

/// A write of known types.
pub(crate) struct Write<A, T, E, F> {
    name: &'static str,
    args: A,
    body: F,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<A, T, E, F> Write<A, T, E, F> {
    pub(crate) fn new(
        name: &'static str,
        args: A,
        body: F,
    ) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        let write = Self {
            name,
            args,
            body,
            result: None,
            reply,
        };
        (write, answer)
    }
}

impl<A, T, E, F> Job for Write<A, T, E, F>
where
    F: for<'t> Fn(&'t mut Tx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
    A: Send + Sync,
    T: Send,
    E: From<StoreError> + Send,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            let body = AssertUnwindSafe(async { (self.body)(tx, &self.args).await });
            let result = match body.catch_unwind().await {
                Ok(result) => result,
                Err(_) => Err(StoreError::Panicked { write: self.name }.into()),
            };
            let verdict = match &result {
                Ok(_) => Verdict::Keep,
                Err(_) => Verdict::Undo,
            };
            self.result = Some(result);
            verdict
        })
    }

    fn refuse(&mut self, error: StoreError) {
        self.result = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>) {
        let result = self
            .result
            .unwrap_or_else(|| Err(StoreError::Closed.into()));
        // A caller that left no longer waits; its write stands all the same.
        drop(self.reply.send(result));
    }
}
