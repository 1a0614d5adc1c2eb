//! Writing a message as XML: the schema's order, UTF-8, no white space between elements.
//!
//! For: the bytes that are frozen, signed and published. Not for: signing, and not for messages
//! that break a rule: those are refused with every fault named.

use std::fmt;

use crate::check::{Fault, check};
use crate::list;
use crate::model::{Alert, Area, Info, Resource};
use crate::reference::Reference;
use crate::time::CapTime;
use crate::xml::XmlOut;
use crate::{MAX_BYTES, NAMESPACE};

/// Why a document was not written. It names elements and rules, never their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// Rules are broken; at least one.
    Refused(Vec<Fault>),
    /// The document would be larger than [`MAX_BYTES`].
    TooLarge,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::TooLarge => write!(f, "the document is larger than {MAX_BYTES} bytes"),
            WriteError::Refused(faults) => {
                let list: Vec<String> = faults.iter().map(Fault::to_string).collect();
                f.write_str(&list.join("; "))
            }
        }
    }
}

impl std::error::Error for WriteError {}

/// The message as CAP 1.2.
///
/// # Errors
/// [`WriteError::Refused`] with every rule that [`check`] finds broken, or
/// [`WriteError::TooLarge`].
pub fn write(alert: &Alert) -> Result<String, WriteError> {
    let faults = check(alert);
    if !faults.is_empty() {
        return Err(WriteError::Refused(faults));
    }
    let mut out = XmlOut::new();
    out.element("alert", &[("xmlns", NAMESPACE)], |out| {
        write_alert(out, alert)
    });
    let xml = out.finish();
    if xml.len() > MAX_BYTES {
        return Err(WriteError::TooLarge);
    }
    Ok(xml)
}

fn write_alert(out: &mut XmlOut, alert: &Alert) {
    out.leaf("identifier", &alert.identifier);
    out.leaf("sender", &alert.sender);
    out.leaf("sent", &alert.sent.to_string());
    out.leaf("status", alert.status.as_str());
    out.leaf("msgType", alert.msg_type.as_str());
    out.optional("source", alert.source.as_deref());
    out.leaf("scope", alert.scope.as_str());
    out.optional("restriction", alert.restriction.as_deref());
    write_list(out, "addresses", list::join(&alert.addresses));
    for code in &alert.code {
        out.leaf("code", code);
    }
    out.optional("note", alert.note.as_deref());
    let references: Vec<String> = alert.references.iter().map(Reference::to_string).collect();
    write_list(out, "references", references.join(" "));
    write_list(out, "incidents", list::join(&alert.incidents));
    for info in &alert.info {
        out.element("info", &[], |out| write_info(out, info));
    }
}

fn write_info(out: &mut XmlOut, info: &Info) {
    out.optional("language", info.language.as_deref());
    for category in &info.category {
        out.leaf("category", category.as_str());
    }
    out.leaf("event", &info.event);
    for response in &info.response_type {
        out.leaf("responseType", response.as_str());
    }
    out.leaf("urgency", info.urgency.as_str());
    out.leaf("severity", info.severity.as_str());
    out.leaf("certainty", info.certainty.as_str());
    out.optional("audience", info.audience.as_deref());
    for code in &info.event_code {
        write_named(out, "eventCode", &code.value_name, &code.value);
    }
    write_time(out, "effective", info.effective);
    write_time(out, "onset", info.onset);
    write_time(out, "expires", info.expires);
    out.optional("senderName", info.sender_name.as_deref());
    out.optional("headline", info.headline.as_deref());
    out.optional("description", info.description.as_deref());
    out.optional("instruction", info.instruction.as_deref());
    out.optional("web", info.web.as_deref());
    out.optional("contact", info.contact.as_deref());
    for parameter in &info.parameter {
        write_named(out, "parameter", &parameter.value_name, &parameter.value);
    }
    for resource in &info.resource {
        out.element("resource", &[], |out| write_resource(out, resource));
    }
    for area in &info.area {
        out.element("area", &[], |out| write_area(out, area));
    }
}

fn write_resource(out: &mut XmlOut, resource: &Resource) {
    out.leaf("resourceDesc", &resource.resource_desc);
    out.leaf("mimeType", &resource.mime_type);
    if let Some(size) = resource.size {
        out.leaf("size", &size.to_string());
    }
    out.optional("uri", resource.uri.as_deref());
    out.optional("derefUri", resource.deref_uri.as_deref());
    out.optional("digest", resource.digest.as_deref());
}

fn write_area(out: &mut XmlOut, area: &Area) {
    out.leaf("areaDesc", &area.area_desc);
    for polygon in &area.polygon {
        out.leaf("polygon", polygon.as_str());
    }
    for circle in &area.circle {
        out.leaf("circle", circle.as_str());
    }
    for code in &area.geocode {
        write_named(out, "geocode", &code.value_name, &code.value);
    }
    out.optional("altitude", area.altitude.as_ref().map(|feet| feet.as_str()));
    out.optional("ceiling", area.ceiling.as_ref().map(|feet| feet.as_str()));
}

fn write_named(out: &mut XmlOut, element: &'static str, name: &str, value: &str) {
    out.element(element, &[], |out| {
        out.leaf("valueName", name);
        out.leaf("value", value);
    });
}

fn write_time(out: &mut XmlOut, element: &'static str, time: Option<CapTime>) {
    if let Some(time) = time {
        out.leaf(element, &time.to_string());
    }
}

fn write_list(out: &mut XmlOut, element: &'static str, joined: String) {
    if !joined.is_empty() {
        out.leaf(element, &joined);
    }
}
