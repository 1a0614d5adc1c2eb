//! Small questions to an element: its text, its CAP children, its path.
//!
//! For: reading and judging alike. Not for: any rule.

use roxmltree::Node;

/// Elements that may come more than once, whose place in a path is therefore counted.
const COUNTED: [&str; 15] = [
    "entry",
    "item",
    "contentObject",
    "embeddedXMLContent",
    "info",
    "code",
    "category",
    "responseType",
    "eventCode",
    "parameter",
    "resource",
    "area",
    "polygon",
    "circle",
    "geocode",
];

/// How many siblings are looked at to count the place of an element.
const MAX_COUNTED: usize = 5_000;

/// The text inside an element, put together around comments; of its descendants too.
pub(crate) fn text_of(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for inner in node.descendants().filter(Node::is_text) {
        text.push_str(inner.text().unwrap_or_default());
    }
    text
}

/// The children of this name in the namespace of the element itself.
pub(crate) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    let namespace = node.tag_name().namespace();
    node.children().filter(move |child| {
        child.is_element()
            && child.tag_name().name() == name
            && child.tag_name().namespace() == namespace
    })
}

/// The first child of this name in the namespace of the element itself.
pub(crate) fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The way from the root, such as `/alert/info[2]/area[1]/circle[1]`; without prefixes.
pub(crate) fn path(node: Node<'_, '_>) -> String {
    let mut steps: Vec<String> = node
        .ancestors()
        .filter(Node::is_element)
        .map(step)
        .collect();
    steps.reverse();
    format!("/{}", steps.join("/"))
}

fn step(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    // A name from outside may be of any length.
    let shown: String = name.chars().take(60).collect();
    if !COUNTED.contains(&name) {
        return shown;
    }
    let mut earlier = node.prev_siblings().skip(1);
    let same =
        |sibling: &Node<'_, '_>| sibling.is_element() && sibling.tag_name() == node.tag_name();
    let before = earlier.by_ref().take(MAX_COUNTED).filter(same).count();
    match earlier.next() {
        None => format!("{shown}[{}]", before + 1),
        Some(_) => format!("{shown}[?]"),
    }
}
