//! Reading a `Signature` strictly: exactly the elements of the specification, in order, and the one
//! form that is taken.
//!
//! Not for: judging whether it fits. A strict reading is what keeps wrapping attacks out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Node;

use super::DSIG;
use super::algorithm::{DigestMethod, SignatureMethod};
use super::c14n::{self, Method};
use super::document::is_said;
use super::verdict::{NotVerifiable, Verdict, Wrong};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const INCLUSIVE_10: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const INCLUSIVE_11: &str = "http://www.w3.org/2006/12/xml-c14n11";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// More certificates than any chain has.
const MAX_CERTIFICATES: usize = 8;

/// What a signature says.
pub(super) struct Form<'a, 'i> {
    /// The `Signature` element.
    pub(super) signature: Node<'a, 'i>,
    /// What is signed.
    pub(super) signed_info: Node<'a, 'i>,
    /// How `signed_info` becomes octets.
    pub(super) signed_info_method: Method,
    /// How it is signed.
    pub(super) signature_method: &'static SignatureMethod,
    /// The signature's value.
    pub(super) value: Vec<u8>,
    /// How the document becomes octets.
    pub(super) document_method: Method,
    /// How these are digested.
    pub(super) digest_method: &'static DigestMethod,
    /// The document's digest.
    pub(super) digest: Vec<u8>,
    /// The certificates inside, in DER; they say who signed, never whether to trust.
    pub(super) certificates: Vec<Vec<u8>>,
}

/// Reads a signature.
///
/// # Errors
/// The verdict that follows from its form alone.
pub(super) fn read<'a, 'i>(signature: Node<'a, 'i>) -> Result<Form<'a, 'i>, Verdict> {
    let mut inside = Inside::of(signature, "Signature")?;
    let signed_info = inside.take("SignedInfo")?;
    let value = octets(inside.take("SignatureValue")?, "SignatureValue")?;
    let key_info = inside.find("KeyInfo");
    while inside.find("Object").is_some() {}
    inside.finish("Signature")?;

    let mut info = Inside::of(signed_info, "SignedInfo")?;
    let canonicalization = info.take("CanonicalizationMethod")?;
    let method = info.take("SignatureMethod")?;
    let reference = info.take("Reference")?;
    if info.find("Reference").is_some() {
        return Err(NotVerifiable::NotTaken("Reference").into());
    }
    info.finish("SignedInfo")?;
    check_coverage(reference)?;
    let reference = read_reference(reference)?;

    Ok(Form {
        signature,
        signed_info,
        signed_info_method: signed_info_method(canonicalization, signed_info)?,
        signature_method: signature_method(method)?,
        value,
        document_method: reference.method,
        digest_method: reference.digest_method,
        digest: reference.digest,
        certificates: certificates(key_info)?,
    })
}

/// Ids must be names without blanks; one real national system writes `Id="NAADS Signature"`.
///
/// # Errors
/// [`NotVerifiable::Malformed`].
pub(super) fn check_ids(signature: Node<'_, '_>) -> Result<(), NotVerifiable> {
    let elements = signature
        .descendants()
        .filter(|node| node.tag_name().namespace() == Some(DSIG));
    for id in elements.filter_map(|node| node.attribute("Id")) {
        let starts = id.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let goes_on = id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !starts || !goes_on {
            return Err(NotVerifiable::Malformed("Id"));
        }
    }
    Ok(())
}

/// A signature speaks for the message only if it refers to the whole document.
fn check_coverage(reference: Node<'_, '_>) -> Result<(), Verdict> {
    match reference.attribute("URI") {
        Some("") => Ok(()),
        None => Err(NotVerifiable::NotTaken("Reference").into()),
        Some(uri) => match uri.strip_prefix('#') {
            Some(id) if id.starts_with("xpointer(") || is_root_alone(reference, id) => {
                Err(NotVerifiable::NotTaken("Reference").into())
            }
            _ => Err(Wrong::CoversOther.into()),
        },
    }
}

fn is_root_alone(node: Node<'_, '_>, id: &str) -> bool {
    let root = node.document().root_element();
    let has_id = |node: &Node<'_, '_>| {
        node.attributes()
            .any(|one| one.name().eq_ignore_ascii_case("id") && one.value() == id)
    };
    let mut bearers = root.descendants().filter(has_id);
    bearers.next() == Some(root) && bearers.next().is_none()
}

struct Reference {
    method: Method,
    digest_method: &'static DigestMethod,
    digest: Vec<u8>,
}

fn read_reference(node: Node<'_, '_>) -> Result<Reference, NotVerifiable> {
    let mut inside = Inside::of(node, "Reference")?;
    let transforms = inside
        .find("Transforms")
        .ok_or(NotVerifiable::NotTaken("Transforms"))?;
    let digest_method = inside.take("DigestMethod")?;
    let value = inside.take("DigestValue")?;
    inside.finish("Reference")?;
    Ok(Reference {
        method: document_method(transforms)?,
        digest_method: DigestMethod::find(algorithm(digest_method, "DigestMethod")?)
            .ok_or(NotVerifiable::NotTaken("DigestMethod"))?,
        digest: octets(value, "DigestValue")?,
    })
}

/// The transforms that are taken: the enveloped signature, then at most a canonicalization.
fn document_method(transforms: Node<'_, '_>) -> Result<Method, NotVerifiable> {
    const NAME: &str = "Transform";
    let mut inside = Inside::of(transforms, "Transforms")?;
    let first = inside.take(NAME)?;
    let second = inside.find(NAME);
    if inside.find(NAME).is_some() || algorithm(first, NAME)? != ENVELOPED {
        return Err(NotVerifiable::NotTaken(NAME));
    }
    inside.finish("Transforms")?;
    match second {
        None => Ok(Method::Inclusive),
        Some(node) => canonicalization(node, NAME),
    }
}

fn signed_info_method(
    node: Node<'_, '_>,
    signed_info: Node<'_, '_>,
) -> Result<Method, NotVerifiable> {
    const NAME: &str = "CanonicalizationMethod";
    let method = canonicalization(node, NAME)?;
    if algorithm(node, NAME)? == INCLUSIVE_11 && c14n::inherits_xml_attributes(signed_info) {
        return Err(NotVerifiable::NotTaken(NAME));
    }
    Ok(method)
}

fn canonicalization(node: Node<'_, '_>, name: &'static str) -> Result<Method, NotVerifiable> {
    match algorithm(node, name)? {
        INCLUSIVE_10 | INCLUSIVE_11 => Ok(Method::Inclusive),
        EXCLUSIVE => Ok(Method::Exclusive(listed_prefixes(node, name)?)),
        _ => Err(NotVerifiable::NotTaken(name)),
    }
}

fn listed_prefixes(node: Node<'_, '_>, name: &'static str) -> Result<Vec<String>, NotVerifiable> {
    let mut elements = node.children().filter(Node::is_element);
    let (first, more) = (elements.next(), elements.next());
    let Some(list) = first else {
        return Ok(Vec::new());
    };
    if more.is_some() || !list.has_tag_name((EXCLUSIVE, "InclusiveNamespaces")) {
        return Err(NotVerifiable::Malformed(name));
    }
    let prefixes = list.attribute("PrefixList").unwrap_or_default();
    Ok(prefixes
        .split_ascii_whitespace()
        .map(|prefix| match prefix {
            "#default" => String::new(),
            prefix => prefix.to_owned(),
        })
        .collect())
}

fn signature_method(node: Node<'_, '_>) -> Result<&'static SignatureMethod, NotVerifiable> {
    const NAME: &str = "SignatureMethod";
    SignatureMethod::find(algorithm(node, NAME)?).ok_or(NotVerifiable::NotTaken(NAME))
}

fn certificates(key_info: Option<Node<'_, '_>>) -> Result<Vec<Vec<u8>>, NotVerifiable> {
    const NAME: &str = "X509Certificate";
    let Some(key_info) = key_info else {
        return Ok(Vec::new());
    };
    let data = key_info
        .children()
        .filter(|node| node.has_tag_name((DSIG, "X509Data")));
    let found: Vec<Node<'_, '_>> = data
        .flat_map(|node| node.children())
        .filter(|node| node.has_tag_name((DSIG, NAME)))
        .collect();
    if found.len() > MAX_CERTIFICATES {
        return Err(NotVerifiable::NotTaken(NAME));
    }
    found.into_iter().map(|node| octets(node, NAME)).collect()
}

fn algorithm<'a>(node: Node<'a, '_>, name: &'static str) -> Result<&'a str, NotVerifiable> {
    node.attribute("Algorithm")
        .ok_or(NotVerifiable::Malformed(name))
}

/// The octets an element holds in base64, white space aside.
fn octets(node: Node<'_, '_>, name: &'static str) -> Result<Vec<u8>, NotVerifiable> {
    if node.children().any(|child| child.is_element()) {
        return Err(NotVerifiable::Malformed(name));
    }
    let texts = node.children().filter(Node::is_text);
    let pieces = texts.filter_map(|child| child.text());
    let text: String = pieces
        .flat_map(str::chars)
        .filter(|c| !c.is_ascii_whitespace())
        .collect();
    STANDARD
        .decode(text)
        .map_err(|_| NotVerifiable::Malformed(name))
}

/// The elements inside another, taken one by one in order.
struct Inside<'a, 'i>(std::iter::Peekable<std::vec::IntoIter<Node<'a, 'i>>>);

impl<'a, 'i> Inside<'a, 'i> {
    fn of(node: Node<'a, 'i>, name: &'static str) -> Result<Inside<'a, 'i>, NotVerifiable> {
        if node.children().any(is_said) {
            return Err(NotVerifiable::Malformed(name));
        }
        let elements: Vec<Node<'a, 'i>> = node.children().filter(Node::is_element).collect();
        Ok(Inside(elements.into_iter().peekable()))
    }

    fn find(&mut self, name: &'static str) -> Option<Node<'a, 'i>> {
        self.0.next_if(|node| node.has_tag_name((DSIG, name)))
    }

    fn take(&mut self, name: &'static str) -> Result<Node<'a, 'i>, NotVerifiable> {
        self.find(name).ok_or(NotVerifiable::Malformed(name))
    }

    fn finish(mut self, name: &'static str) -> Result<(), NotVerifiable> {
        match self.0.next() {
            Some(_) => Err(NotVerifiable::Malformed(name)),
            None => Ok(()),
        }
    }
}
