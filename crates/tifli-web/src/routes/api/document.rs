//! The OpenAPI document, made from the route table and the schemas of the bodies.

use std::collections::BTreeMap;

use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    InfoBuilder, OpenApiBuilder, PathItem, Ref, RefOr, Required, ResponseBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

use super::super::{Access, Doc, Route};

/// A refusal (RFC 9457).
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only described, never made: problems are written by the layer of refusals"
)]
struct Problem {
    /// Always `about:blank`.
    r#type: String,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// A code for programs.
    code: String,
    /// A sentence for people.
    detail: String,
    /// Problems by field.
    errors: Option<Vec<FieldProblem>>,
    /// The number under which our log knows a fault of ours.
    reference: Option<String>,
}

/// A problem beside a field.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only described, never made: problems are written by the layer of refusals"
)]
struct FieldProblem {
    /// The field.
    field: String,
    /// A code for programs.
    code: String,
    /// A sentence for people.
    detail: String,
}

/// `GET /api/v1/openapi.json`
pub(super) async fn serve() -> Response {
    let kind = [
        (header::CONTENT_TYPE, "application/vnd.oai.openapi+json"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (kind, openapi()).into_response()
}

/// The document as JSON text.
#[must_use]
pub fn openapi() -> String {
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    let mut nested = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut nested);
    let mut paths = PathsBuilder::new();
    for mut route in super::routes() {
        nested.append(&mut route.doc.schemas);
        let Some(method) = method_of(&route.info.method) else {
            continue;
        };
        paths = paths.path(route.info.path, PathItem::new(method, operation(&route)));
    }
    schemas.extend(nested);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token of POST /api/v1/sessions."))
        .build();
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .build();
    let info = InfoBuilder::new()
        .title("Tifli")
        .version("1")
        .description(Some(ABOUT))
        .build();
    let document = OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components));
    document.build().to_json().unwrap_or_default()
}

const ABOUT: &str = "Missing-child alerts: reports, alerts by two people, delivery, recall, tips, erasure. \
Times are RFC 3339 in UTC. Unknown fields are refused. Bodies have at most 256 kB unless a path says otherwise. \
Every act and every read of protected data leaves an audit entry.";

fn operation(route: &Route) -> OperationBuilder {
    let doc = &route.doc;
    let mut operation = OperationBuilder::new()
        .summary(Some(doc.summary))
        .operation_id(Some(operation_id(route)))
        .tag(route.info.path.split('/').nth(3).unwrap_or_default());
    for name in names_in(route.info.path) {
        operation = operation.parameter(parameter(name, ParameterIn::Path, None));
    }
    for (name, says) in &doc.query {
        operation = operation.parameter(parameter(name, ParameterIn::Query, Some(says)));
    }
    if doc.may_repeat {
        let says = "The same key and request again act only once.";
        operation = operation.parameter(parameter(
            "Idempotency-Key",
            ParameterIn::Header,
            Some(says),
        ));
    }
    if let Some((kind, schema)) = &doc.takes {
        let body = RequestBodyBuilder::new()
            .content(
                *kind,
                ContentBuilder::new()
                    .schema(Some(schema_of(schema)))
                    .build(),
            )
            .required(Some(Required::True));
        operation = operation.request_body(Some(body.build()));
    }
    operation = responses(operation, doc);
    match route.info.access {
        Access::Public => operation,
        Access::SignedIn => operation.security(SecurityRequirement::new("bearer", NO_SCOPES)),
        Access::Act(act) => operation
            .description(Some(format!("For persons who may do `{act:?}`.")))
            .security(SecurityRequirement::new("bearer", NO_SCOPES)),
    }
}

const NO_SCOPES: [&str; 0] = [];

fn responses(operation: OperationBuilder, doc: &Doc) -> OperationBuilder {
    let (status, schema) = doc.gives.clone().unwrap_or((200, String::new()));
    let mut answer = ResponseBuilder::new().description("Done.");
    if !schema.is_empty() {
        let content = ContentBuilder::new()
            .schema(Some(schema_of(&schema)))
            .build();
        answer = answer.content("application/json", content);
    }
    let problem = ContentBuilder::new()
        .schema(Some(schema_of("Problem")))
        .build();
    let refused = ResponseBuilder::new()
        .description("Refused.")
        .content("application/problem+json", problem);
    operation
        .response(status.to_string(), answer.build())
        .response("4XX", refused.build())
}

fn schema_of(name: &str) -> RefOr<Schema> {
    if name.is_empty() {
        let bytes = ObjectBuilder::new().schema_type(SchemaType::new(Type::String));
        return RefOr::T(Schema::Object(bytes.build()));
    }
    RefOr::Ref(Ref::from_schema_name(name))
}

fn parameter(name: &str, place: ParameterIn, says: Option<&str>) -> ParameterBuilder {
    let required = if place == ParameterIn::Path {
        Required::True
    } else {
        Required::False
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(says)
        .schema(Some(schema_of("")))
}

/// `post /api/v1/cases/{id}/close` is `post_cases_id_close`.
fn operation_id(route: &Route) -> String {
    let path = route.info.path.trim_start_matches("/api/v1");
    let words = path
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let method = route.info.method.as_str().to_ascii_lowercase();
    words.fold(method, |id, word| format!("{id}_{word}"))
}

fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn method_of(method: &Method) -> Option<HttpMethod> {
    match method.as_str() {
        "GET" => Some(HttpMethod::Get),
        "POST" => Some(HttpMethod::Post),
        "PUT" => Some(HttpMethod::Put),
        "PATCH" => Some(HttpMethod::Patch),
        "DELETE" => Some(HttpMethod::Delete),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn document() -> Value {
        serde_json::from_str(&openapi()).unwrap()
    }

    #[test]
    fn the_document_has_the_routes_of_the_table_and_no_others() {
        let document = document();
        let mut told = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for method in item.as_object().unwrap().keys() {
                told.insert((method.to_uppercase(), path.clone()));
            }
        }
        let table = super::super::routes().into_iter();
        let table: BTreeSet<_> = table
            .map(|r| (r.info.method.to_string(), r.info.path.to_owned()))
            .collect();
        assert_eq!(told, table);
    }

    #[test]
    fn every_route_says_what_it_does_and_who_may() {
        let document = document();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let summary = operation["summary"].as_str().unwrap_or_default();
                assert!(summary.ends_with('.'), "{method} {path}: {summary:?}");
            }
        }
    }

    #[test]
    fn every_reference_leads_to_a_schema() {
        let text = openapi();
        let document = document();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(
                document["components"]["schemas"].get(name).is_some(),
                "{name}"
            );
        }
    }

    #[test]
    fn operation_ids_are_unique() {
        let ids: Vec<String> = super::super::routes().iter().map(operation_id).collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{ids:?}");
    }
}
