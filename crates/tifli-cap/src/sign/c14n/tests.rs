//! The examples of the two specifications, as far as they hold no DTD, and traps of namespaces.

use roxmltree::Document;

use super::{Method, of_document, of_element};

fn inclusive(xml: &str) -> String {
    of_document(&Document::parse(xml).unwrap(), None, &Method::Inclusive)
}

fn exclusive(xml: &str, listed: &[&str]) -> String {
    let listed = listed.iter().map(|one| (*one).to_owned()).collect();
    of_document(
        &Document::parse(xml).unwrap(),
        None,
        &Method::Exclusive(listed),
    )
}

fn element(xml: &str, name: &str, method: &Method) -> String {
    let document = Document::parse(xml).unwrap();
    let mut all = document.descendants();
    let apex = all.find(|one| one.tag_name().name() == name).unwrap();
    of_element(apex, method)
}

#[test]
fn canonical_xml_3_1_instructions_and_comments_outside_the_root() {
    let given = concat!(
        "<?xml version=\"1.0\"?>\n\n",
        "<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\n",
        "<doc>Hello, world!<!-- Comment 1 --></doc>\n\n",
        "<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->\n",
    );
    let canonical = concat!(
        "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n",
        "<doc>Hello, world!</doc>\n<?pi-without-data?>",
    );
    assert_eq!(inclusive(given), canonical);
}

#[test]
fn canonical_xml_3_2_white_space_in_content_is_kept() {
    let given = concat!(
        "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n",
        "   <mixed>\n      A\n      <clean>   </clean>\n      B\n",
        "      <dirty>   A   B   </dirty>\n      C\n   </mixed>\n</doc>",
    );
    assert_eq!(inclusive(given), given);
    assert_eq!(exclusive(given, &[]), given);
}

#[test]
fn canonical_xml_3_3_tags_namespaces_and_attributes() {
    let given = concat!(
        "<doc>\n   <e1   />\n   <e2   ></e2>\n",
        "   <e3   name = \"elem3\"   id=\"elem3\"   />\n",
        "   <e4   name=\"elem4\"   id=\"elem4\"   ></e4>\n",
        "   <e5 a:attr=\"out\" b:attr=\"sorted\" attr2=\"all\" attr=\"I'm\"\n",
        "      xmlns:b=\"http://www.ietf.org\"\n      xmlns:a=\"http://www.w3.org\"\n",
        "      xmlns=\"http://example.org\"/>\n",
        "   <e6 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n",
        "      <e7 xmlns=\"http://www.ietf.org\">\n",
        "         <e8 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n",
        "            <e9 xmlns=\"\" xmlns:a=\"http://www.ietf.org\"/>\n",
        "         </e8>\n      </e7>\n   </e6>\n</doc>",
    );
    let canonical = concat!(
        "<doc>\n   <e1></e1>\n   <e2></e2>\n",
        "   <e3 id=\"elem3\" name=\"elem3\"></e3>\n",
        "   <e4 id=\"elem4\" name=\"elem4\"></e4>\n",
        "   <e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" ",
        "xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" ",
        "a:attr=\"out\"></e5>\n",
        "   <e6 xmlns:a=\"http://www.w3.org\">\n",
        "      <e7 xmlns=\"http://www.ietf.org\">\n",
        "         <e8 xmlns=\"\">\n",
        "            <e9 xmlns:a=\"http://www.ietf.org\"></e9>\n",
        "         </e8>\n      </e7>\n   </e6>\n</doc>",
    );
    assert_eq!(inclusive(given), canonical);
}

#[test]
fn canonical_xml_3_4_character_references_and_cdata() {
    let given = concat!(
        "<doc>\n   <text>First line&#x0d;&#10;Second line</text>\n",
        "   <value>&#x32;</value>\n",
        "   <compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute>\n",
        "   <compute expr='value>\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"'>valid</compute>\n",
        "   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>\n</doc>",
    );
    let canonical = concat!(
        "<doc>\n   <text>First line&#xD;\nSecond line</text>\n",
        "   <value>2</value>\n",
        "   <compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute>\n",
        "   <compute expr=\"value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ",
        "?&quot;valid&quot;:&quot;error&quot;\">valid</compute>\n",
        "   <norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm>\n</doc>",
    );
    assert_eq!(inclusive(given), canonical);
}

#[test]
fn canonical_xml_3_6_what_was_latin_1_is_unicode() {
    let document = Document::parse("<doc>&#169;</doc>").unwrap();
    let canonical = of_document(&document, None, &Method::Inclusive);
    assert_eq!(canonical.as_bytes(), b"<doc>\xC2\xA9</doc>");
}

#[test]
fn exclusive_2_2_an_element_does_not_change_with_what_is_around_it() {
    let alone = "<n1:elem2 xmlns:n0=\"http://a.example\" xmlns:n1=\"http://b.example\" \
                 xmlns:n3=\"ftp://example.org\"><n3:stuff></n3:stuff></n1:elem2>";
    let wrapped = "<n0:pdu xmlns:n0=\"http://a.example\" xmlns:n1=\"http://b.example\" \
                   xmlns:n2=\"http://c.example\" xml:lang=\"fr\" xml:space=\"retain\">\
                   <n1:elem2 xmlns:n3=\"ftp://example.org\"><n3:stuff/></n1:elem2></n0:pdu>";
    let canonical = "<n1:elem2 xmlns:n1=\"http://b.example\">\
                     <n3:stuff xmlns:n3=\"ftp://example.org\"></n3:stuff></n1:elem2>";
    let exclusive = Method::Exclusive(Vec::new());
    assert_eq!(element(alone, "elem2", &exclusive), canonical);
    assert_eq!(element(wrapped, "elem2", &exclusive), canonical);
    assert_eq!(
        element(wrapped, "elem2", &Method::Inclusive),
        "<n1:elem2 xmlns:n0=\"http://a.example\" xmlns:n1=\"http://b.example\" \
         xmlns:n2=\"http://c.example\" xmlns:n3=\"ftp://example.org\" xml:lang=\"fr\" \
         xml:space=\"retain\"><n3:stuff></n3:stuff></n1:elem2>"
    );
}

#[test]
fn exclusive_listed_prefixes_are_shown_wherever_in_scope() {
    let xml = "<a xmlns=\"urn:d\" xmlns:x=\"urn:x\" xmlns:y=\"urn:y\"><y:b q=\"x:type\"/></a>";
    assert_eq!(
        exclusive(xml, &["x"]),
        "<a xmlns=\"urn:d\" xmlns:x=\"urn:x\"><y:b xmlns:y=\"urn:y\" q=\"x:type\"></y:b></a>"
    );
    let listed = Method::Exclusive(vec![String::new(), "x".to_owned()]);
    assert_eq!(
        element(xml, "b", &listed),
        "<y:b xmlns=\"urn:d\" xmlns:x=\"urn:x\" xmlns:y=\"urn:y\" q=\"x:type\"></y:b>"
    );
}

#[test]
fn a_default_namespace_that_ends_is_said_and_one_never_begun_is_not() {
    assert_eq!(
        exclusive(
            "<a xmlns=\"urn:d\"><b xmlns=\"\"><c xmlns=\"\"/></b></a>",
            &[]
        ),
        "<a xmlns=\"urn:d\"><b xmlns=\"\"><c></c></b></a>"
    );
    assert_eq!(
        exclusive(
            "<p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\"><p:b><c/></p:b></p:a>",
            &[]
        ),
        "<p:a xmlns:p=\"urn:p\"><p:b><c xmlns=\"urn:d\"></c></p:b></p:a>"
    );
}

#[test]
fn two_prefixes_of_one_namespace_keep_their_spelling() {
    let xml = "<x:a xmlns:x=\"urn:1\" xmlns:y=\"urn:1\"><y:b y:k=\"1\" x:j=\"2\"/><x:c/></x:a>";
    assert_eq!(
        exclusive(xml, &[]),
        "<x:a xmlns:x=\"urn:1\"><y:b xmlns:y=\"urn:1\" x:j=\"2\" y:k=\"1\"></y:b><x:c></x:c></x:a>"
    );
}

#[test]
fn a_prefix_that_is_bound_anew_is_declared_anew_and_restored() {
    let xml = "<p:a xmlns:p=\"urn:1\"><p:b xmlns:p=\"urn:2\"><p:c/></p:b><p:d/></p:a>";
    assert_eq!(inclusive(xml), exclusive(xml, &[]));
    assert_eq!(
        exclusive(xml, &[]),
        "<p:a xmlns:p=\"urn:1\"><p:b xmlns:p=\"urn:2\"><p:c></p:c></p:b><p:d></p:d></p:a>"
    );
}

#[test]
fn the_left_out_element_takes_its_content_with_it_and_nothing_else() {
    let document = Document::parse("<a> <b><c/>x</b> y</a>").unwrap();
    let left_out = document.descendants().find(|one| one.has_tag_name("b"));
    let canonical = of_document(&document, left_out.map(|one| one.id()), &Method::Inclusive);
    assert_eq!(canonical, "<a>  y</a>");
}

#[test]
fn line_ends_of_any_kind_become_one_kind() {
    assert_eq!(inclusive("<a>x\r\ny\rz</a>"), "<a>x\ny\nz</a>");
    assert_eq!(
        inclusive("<a\r\n b = 'x\r\ny\tz'\r\n/>"),
        "<a b=\"x y z\"></a>"
    );
}
