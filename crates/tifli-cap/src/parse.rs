//! Reading a message, in one of two manners: strictly, where what is said twice, lacks or is no
//! CAP 1.2 is refused; or leniently, any version, as far as the meaning is beyond doubt.
//!
//! For: messages of ours (strictly) and of others. Not for: signatures (they are skipped), and not
//! for judging a message (see `schema`, `prose` and `check`).

mod fields;

use std::str::FromStr;

use roxmltree::Node;

use self::fields::{Field, Fields, Manner};
use crate::model::{Alert, Area, EventCode, Geocode, Info, Parameter, Resource};
use crate::reference::Reference;
use crate::shape::{Circle, Polygon};
use crate::version::Version;
use crate::words::{Certainty, Scope, Severity, Urgency};
use crate::{MAX_BYTES, NAMESPACE, intake, list};

/// How deep elements may be nested; a signed message needs six.
pub const MAX_DEPTH: usize = 32;

/// Why a document was not read, and where. It never tells the document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct ParseError {
    /// What is wrong.
    pub fault: ParseFault,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
}

/// What may be wrong with a document. Elements are named only by names of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseFault {
    /// It is larger than [`MAX_BYTES`], or [`crate::MAX_READ_BYTES`] for a foreign document.
    #[error("the document is too large")]
    TooLarge,
    /// Elements are nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested too deeply")]
    TooDeep,
    /// Elements carry more attributes or namespaces than any sane document.
    #[error("elements carry too many attributes or namespaces")]
    Crowded,
    /// It has a document type declaration, which CAP has no use for and attackers have.
    #[error("a document type declaration is not taken")]
    Dtd,
    /// It is neither UTF-8 nor declared as ISO-8859-1.
    #[error("the encoding is not taken")]
    Encoding,
    /// It is not well-formed XML.
    #[error("not well-formed XML")]
    NotWellFormed,
    /// The root is not the `alert` of CAP 1.2.
    #[error("not a CAP 1.2 alert")]
    NotCap12,
    /// An element is lacking, or blank where it must not be.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An element that may come once comes again.
    #[error("{0} is repeated")]
    Repeated(&'static str),
    /// An element's content is not what the specification allows.
    #[error("{0} has a value that is not allowed")]
    BadValue(&'static str),
    /// A CAP element where the specification has none of that name.
    #[error("a CAP element that does not belong here")]
    UnknownElement,
    /// Text between elements, or elements inside a text.
    #[error("text where elements belong, or the reverse")]
    MixedContent,
}

impl ParseError {
    /// A fault of the document as a whole.
    pub(crate) fn start(fault: ParseFault) -> ParseError {
        ParseError {
            fault,
            line: 1,
            column: 1,
        }
    }

    /// A fault at an offset of the text.
    pub(crate) fn in_text(fault: ParseFault, text: &str, offset: u64) -> ParseError {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n');
        let column = 1 + String::from_utf8_lossy(&before[start.map_or(0, |at| at + 1)..])
            .chars()
            .count();
        ParseError {
            fault,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    fn at(fault: ParseFault, node: Node<'_, '_>) -> ParseError {
        let place = node.document().text_pos_at(node.range().start);
        ParseError {
            fault,
            line: place.row,
            column: place.col,
        }
    }
}

/// Reads a CAP 1.2 message that must be in order.
///
/// # Errors
/// The first fault met, with its place.
pub fn parse(text: &str) -> Result<Alert, ParseError> {
    let document = intake::tree(text, MAX_BYTES)?;
    let root = document.root_element();
    if root.tag_name().name() != "alert" || root.tag_name().namespace() != Some(NAMESPACE) {
        return Err(ParseError::at(ParseFault::NotCap12, root));
    }
    read_alert(root, Manner::Strict)
}

/// Reads an `alert` of any version, in whatever disorder, as far as its meaning is beyond doubt.
///
/// # Errors
/// The identifier, the time it was sent, its status, type or scope cannot be made out.
pub(crate) fn take(alert: Node<'_, '_>, version: Version) -> Result<Alert, ParseError> {
    read_alert(alert, Manner::Lenient(version))
}

fn read_alert(node: Node<'_, '_>, manner: Manner) -> Result<Alert, ParseError> {
    let mut fields = Fields::of(node, manner)?;
    let alert = Alert {
        identifier: fields.get("identifier")?.name_like()?,
        sender: fields.get_or_blank("sender")?,
        sent: fields.get("sent")?.time()?,
        status: fields.get("status")?.value()?,
        msg_type: fields.get("msgType")?.value()?,
        source: fields.find_text("source")?,
        scope: read_scope(&mut fields)?,
        restriction: fields.find_text("restriction")?,
        addresses: list::split(&fields.find_text("addresses")?.unwrap_or_default()),
        code: read_codes(&mut fields)?,
        note: fields.find_text("note")?,
        references: read_references(&mut fields)?,
        incidents: list::split(&fields.find_text("incidents")?.unwrap_or_default()),
        info: fields
            .list("info")
            .iter()
            .map(read_info)
            .collect::<Result<_, _>>()?,
    };
    fields.finish()?;
    Ok(alert)
}

/// Up to 1.0 a message without a scope was meant for everybody.
fn read_scope(fields: &mut Fields<'_, '_>) -> Result<Scope, ParseError> {
    if fields.manner == Manner::Lenient(Version::V1_0) {
        let said = fields.find("scope")?;
        return said.map_or(Ok(Scope::Public), |field| field.value());
    }
    fields.get("scope")?.value()
}

fn read_codes(fields: &mut Fields<'_, '_>) -> Result<Vec<String>, ParseError> {
    let mut codes = Vec::new();
    for field in fields.list("code") {
        let code = field.text()?;
        if !code.trim().is_empty() {
            codes.push(code);
        }
    }
    Ok(codes)
}

fn read_references(fields: &mut Fields<'_, '_>) -> Result<Vec<Reference>, ParseError> {
    let Some(field) = fields.find("references")? else {
        return Ok(Vec::new());
    };
    let text = field.text()?;
    if fields.manner != Manner::Strict {
        let items = text.split_whitespace();
        return Ok(items.filter_map(Reference::from_any_version).collect());
    }
    let references = text.split_whitespace().map(Reference::from_str);
    references
        .collect::<Result<_, _>>()
        .map_err(|_| field.bad_value())
}

fn read_info(field: &Field<'_, '_>) -> Result<Info, ParseError> {
    let mut fields = field.inside()?;
    let info = Info {
        language: fields.find_token("language")?,
        category: fields.some_words("category")?,
        event: fields.get_text("event")?,
        response_type: fields.words("responseType")?,
        urgency: fields.get_word("urgency", Urgency::Unknown)?,
        severity: fields.get_word("severity", Severity::Unknown)?,
        certainty: read_certainty(&mut fields)?,
        audience: fields.find_text("audience")?,
        event_code: fields.named("eventCode", EventCode::new)?,
        effective: fields.find_time("effective")?,
        onset: fields.find_time("onset")?,
        expires: fields.find_time("expires")?,
        sender_name: fields.find_text("senderName")?,
        headline: fields.find_text("headline")?,
        description: fields.find_text("description")?,
        instruction: fields.find_text("instruction")?,
        web: fields.find_token("web")?,
        contact: fields.find_text("contact")?,
        parameter: fields.named("parameter", Parameter::new)?,
        resource: fields
            .list("resource")
            .iter()
            .map(read_resource)
            .collect::<Result<_, _>>()?,
        area: fields
            .list("area")
            .iter()
            .map(read_area)
            .collect::<Result<_, _>>()?,
    };
    fields.finish()?;
    Ok(info)
}

/// 1.0 knew `Very Likely`, which later versions ask to be read as `Likely`.
fn read_certainty(fields: &mut Fields<'_, '_>) -> Result<Certainty, ParseError> {
    if fields.manner == Manner::Strict {
        return fields.get("certainty")?.value();
    }
    let word = fields.find_token("certainty")?.unwrap_or_default();
    Ok(match word.as_str() {
        "Very Likely" => Certainty::Likely,
        word => word.parse().unwrap_or(Certainty::Unknown),
    })
}

/// Before 1.2 the media type could be left out.
fn read_mime_type(fields: &mut Fields<'_, '_>) -> Result<String, ParseError> {
    if fields.manner == Manner::Strict {
        return fields.get("mimeType")?.token();
    }
    let named = fields.find_token("mimeType")?;
    Ok(named.unwrap_or_else(|| "application/octet-stream".to_owned()))
}

fn read_resource(field: &Field<'_, '_>) -> Result<Resource, ParseError> {
    let mut fields = field.inside()?;
    let resource = Resource {
        resource_desc: fields.get_text("resourceDesc")?,
        mime_type: read_mime_type(&mut fields)?,
        size: fields.find_value("size")?,
        uri: fields.find_token("uri")?,
        deref_uri: fields.find_token("derefUri")?,
        digest: fields.find_token("digest")?,
    };
    fields.finish()?;
    Ok(resource)
}

fn read_area(field: &Field<'_, '_>) -> Result<Area, ParseError> {
    let mut fields = field.inside()?;
    let area = Area {
        area_desc: fields.get_text("areaDesc")?,
        polygon: fields.shapes("polygon", Polygon::from_text)?,
        circle: fields.shapes("circle", Circle::from_text)?,
        geocode: fields.named("geocode", Geocode::new)?,
        altitude: fields.find_value("altitude")?,
        ceiling: fields.find_value("ceiling")?,
    };
    fields.finish()?;
    Ok(area)
}
