//! One row of the route table: what it answers to, who may use it, what documents it.

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{self, MethodRouter};
use tifli_domain::permission::Act;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::server::WebState;

/// The most bytes of a body, unless a route says otherwise.
pub const SMALL_BODY: usize = 256 * 1024;

/// Who may use a route. The use case behind it asks again, with the district of the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Any person of the house.
    SignedIn,
    /// Persons who may do this somewhere.
    Act(Act),
}

/// What a route answers to and who may use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInfo {
    /// The method; `GET` answers `HEAD` as well.
    pub method: Method,
    /// The path with `{names}` in it.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

/// A schema by its name, and those it refers to.
type Named = (String, RefOr<Schema>);

/// What the OpenAPI document says of a route.
#[derive(Default)]
pub(crate) struct Doc {
    pub summary: &'static str,
    pub query: Vec<(&'static str, &'static str)>,
    pub takes: Option<(&'static str, String)>,
    pub gives: Option<(u16, String)>,
    pub schemas: Vec<Named>,
    pub may_repeat: bool,
}

/// A row of the table with its handler.
pub(crate) struct Route {
    pub info: RouteInfo,
    pub handler: MethodRouter<WebState>,
    pub body_limit: usize,
    pub doc: Doc,
}

macro_rules! methods {
    ($($name:ident $method:ident;)*) => {$(
        /// A route of this method.
        pub(crate) fn $name<H, T>(path: &'static str, access: Access, handler: H) -> Route
        where
            H: Handler<T, WebState>,
            T: 'static,
        {
            Route {
                info: RouteInfo { method: Method::$method, path, access },
                handler: routing::$name(handler),
                body_limit: SMALL_BODY,
                doc: Doc::default(),
            }
        }
    )*};
}

methods! {
    get GET;
    post POST;
    put PUT;
    patch PATCH;
    delete DELETE;
}

impl Route {
    /// Takes bodies up to this many bytes.
    pub(crate) fn up_to(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// One sentence for the document.
    pub(crate) fn says(mut self, summary: &'static str) -> Self {
        self.doc.summary = summary;
        self
    }

    /// A parameter of the query string.
    pub(crate) fn asks(mut self, name: &'static str, says: &'static str) -> Self {
        self.doc.query.push((name, says));
        self
    }

    /// The JSON body.
    pub(crate) fn takes<T: ToSchema>(mut self) -> Self {
        self.doc.takes = Some(("application/json", T::name().into_owned()));
        self.with_schema::<T>()
    }

    /// A photo as the body, or as the file of a form.
    pub(crate) fn takes_photo(mut self) -> Self {
        self.doc.takes = Some(("image/jpeg", String::new()));
        self
    }

    /// The JSON answer with its status.
    pub(crate) fn gives<T: ToSchema>(mut self, status: u16) -> Self {
        self.doc.gives = Some((status, T::name().into_owned()));
        self.with_schema::<T>()
    }

    /// An answer without a body.
    pub(crate) fn gives_nothing(mut self) -> Self {
        self.doc.gives = Some((204, String::new()));
        self
    }

    /// Honours `Idempotency-Key`.
    pub(crate) fn may_repeat(mut self) -> Self {
        self.doc.may_repeat = true;
        self
    }

    /// The handler with its limit of bytes.
    pub(crate) fn limited(handler: MethodRouter<WebState>, bytes: usize) -> MethodRouter<WebState> {
        handler.route_layer(DefaultBodyLimit::max(bytes))
    }

    fn with_schema<T: ToSchema>(mut self) -> Self {
        self.doc
            .schemas
            .push((T::name().into_owned(), <T as PartialSchema>::schema()));
        T::schemas(&mut self.doc.schemas);
        self
    }
}
