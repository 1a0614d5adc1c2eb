//! Reading a CAP 1.2 message: strict about what is said twice, lacks or is no CAP, tolerant about
//! order, elements of other namespaces, and shapes.
//!
//! For: messages of ours and of others. Not for: CAP 1.0 and 1.1, signatures (they are skipped),
//! or judging a message by the prose rules (see `check`).

mod fields;

use std::str::FromStr;

use roxmltree::{Document, Node, ParsingOptions};

use self::fields::{Field, Fields};
use crate::model::{Alert, Area, EventCode, Geocode, Info, Parameter, Resource};
use crate::reference::Reference;
use crate::shape::{Circle, Polygon};
use crate::{MAX_BYTES, NAMESPACE, list};

/// How deep elements may be nested; a signed message needs six.
pub const MAX_DEPTH: usize = 32;

/// More elements, texts and comments than any alert of [`MAX_BYTES`] needs.
const MAX_NODES: u32 = 300_000;

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
    /// It is larger than [`MAX_BYTES`].
    #[error("the document is too large")]
    TooLarge,
    /// Elements are nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested too deeply")]
    TooDeep,
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

    fn at(fault: ParseFault, node: Node<'_, '_>) -> ParseError {
        let place = node.document().text_pos_at(node.range().start);
        ParseError {
            fault,
            line: place.row,
            column: place.col,
        }
    }
}

/// Reads a CAP 1.2 message.
///
/// # Errors
/// The first fault met, with its place.
pub fn parse(text: &str) -> Result<Alert, ParseError> {
    if text.len() > MAX_BYTES {
        return Err(ParseError::start(ParseFault::TooLarge));
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(xml_error)?;
    let root = document.root_element();
    check_depth(root)?;
    if root.tag_name().name() != "alert" || root.tag_name().namespace() != Some(NAMESPACE) {
        return Err(ParseError::at(ParseFault::NotCap12, root));
    }
    read_alert(root)
}

fn xml_error(error: roxmltree::Error) -> ParseError {
    let fault = match error {
        roxmltree::Error::DtdDetected => ParseFault::Dtd,
        roxmltree::Error::NodesLimitReached => ParseFault::TooLarge,
        _ => ParseFault::NotWellFormed,
    };
    let place = error.pos();
    ParseError {
        fault,
        line: place.row,
        column: place.col,
    }
}

fn check_depth(root: Node<'_, '_>) -> Result<(), ParseError> {
    let mut open = vec![(root, 1)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return Err(ParseError::at(ParseFault::TooDeep, node));
        }
        let inner = node.children().filter(Node::is_element);
        open.extend(inner.map(|child| (child, depth + 1)));
    }
    Ok(())
}

fn read_alert(node: Node<'_, '_>) -> Result<Alert, ParseError> {
    let mut fields = Fields::of(node)?;
    let alert = Alert {
        identifier: fields.get("identifier")?.name_like()?,
        sender: fields.get("sender")?.name_like()?,
        sent: fields.get("sent")?.value()?,
        status: fields.get("status")?.value()?,
        msg_type: fields.get("msgType")?.value()?,
        source: fields.find_text("source")?,
        scope: fields.get("scope")?.value()?,
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
    let references = text.split_whitespace().map(Reference::from_str);
    references
        .collect::<Result<_, _>>()
        .map_err(|_| field.bad_value())
}

fn read_info(field: &Field<'_, '_>) -> Result<Info, ParseError> {
    let mut fields = Fields::of(field.node)?;
    let info = Info {
        language: fields.find_token("language")?,
        category: fields.some_words("category")?,
        event: fields.get("event")?.text()?,
        response_type: fields.words("responseType")?,
        urgency: fields.get("urgency")?.value()?,
        severity: fields.get("severity")?.value()?,
        certainty: fields.get("certainty")?.value()?,
        audience: fields.find_text("audience")?,
        event_code: fields.named("eventCode", EventCode::new)?,
        effective: fields.find_value("effective")?,
        onset: fields.find_value("onset")?,
        expires: fields.find_value("expires")?,
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

fn read_resource(field: &Field<'_, '_>) -> Result<Resource, ParseError> {
    let mut fields = Fields::of(field.node)?;
    let resource = Resource {
        resource_desc: fields.get("resourceDesc")?.text()?,
        mime_type: fields.get("mimeType")?.token()?,
        size: fields.find_value("size")?,
        uri: fields.find_token("uri")?,
        deref_uri: fields.find_token("derefUri")?,
        digest: fields.find_token("digest")?,
    };
    fields.finish()?;
    Ok(resource)
}

fn read_area(field: &Field<'_, '_>) -> Result<Area, ParseError> {
    let mut fields = Fields::of(field.node)?;
    let area = Area {
        area_desc: fields.get("areaDesc")?.text()?,
        polygon: fields.shapes("polygon", Polygon::from_text)?,
        circle: fields.shapes("circle", Circle::from_text)?,
        geocode: fields.named("geocode", Geocode::new)?,
        altitude: fields.find_value("altitude")?,
        ceiling: fields.find_value("ceiling")?,
    };
    fields.finish()?;
    Ok(area)
}
