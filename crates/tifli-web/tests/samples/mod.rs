//! What holds for every page of the house, public or not.

use std::collections::BTreeSet;

use tifli_web::assets;
use tifli_web::i18n::Locale;
use tifli_web::public::samples::Sample;

/// No word is shown by its key.
pub fn no_word_is_missing(locale: Locale, page: &Sample) {
    let missing = between(&page.html, "⟦", '⟧').next();
    assert_eq!(missing, None, "{locale}/{}", page.name);
}

/// Language and direction stand in the first tag.
pub fn language_and_direction_are_said(locale: Locale, page: &Sample) {
    let opening = format!("<html lang=\"{}\" dir=\"{}\">", locale, locale.dir());
    assert!(page.html.contains(&opening), "{locale}/{}", page.name);
}

/// One heading above all others.
pub fn one_main_heading(locale: Locale, page: &Sample) {
    let headings = page.html.matches("<h1").count();
    assert_eq!(headings, 1, "{locale}/{}", page.name);
}

/// Every script is one of ours, and what people typed is text.
pub fn nothing_typed_is_markup(locale: Locale, page: &Sample) {
    let count = |what| page.html.matches(what).count();
    let own = count("<script type=\"module\" src=\"/assets/") + count("<script src=\"/assets/");
    assert_eq!(count("<script"), own, "{locale}/{}", page.name);
    assert!(!page.html.contains("<img src=x"), "{locale}/{}", page.name);
}

/// Nothing that the content policy would refuse.
pub fn nothing_inline(locale: Locale, page: &Sample) {
    for forbidden in [" style=\"", "<style", " onclick=", " onload=", " onsubmit="] {
        let found = page.html.contains(forbidden);
        assert!(!found, "{locale}/{}: {forbidden}", page.name);
    }
}

/// Every control that is shown has a label.
pub fn controls_are_labelled(locale: Locale, page: &Sample) {
    for tag in controls(&page.html) {
        let id = between(tag, " id=\"", '"').next();
        let id = id.unwrap_or_else(|| panic!("{locale}/{}: no id in {tag}", page.name));
        let label = page.html.contains(&format!("for=\"{id}\""));
        assert!(label, "{locale}/{}: no label for {id}", page.name);
    }
}

/// An id stands once, and a link within the page leads to one.
pub fn ids_are_unique_and_links_lead_to_them(locale: Locale, page: &Sample) {
    let mut known = BTreeSet::new();
    for id in between(&page.html, " id=\"", '"') {
        assert!(known.insert(id), "{locale}/{}: {id} twice", page.name);
    }
    for target in between(&page.html, "href=\"#", '"') {
        let leads = known.contains(target);
        assert!(leads, "{locale}/{}: nothing at #{target}", page.name);
    }
}

/// Every file a page names is embedded.
pub fn assets_exist(locale: Locale, page: &Sample) {
    for name in between(&page.html, &assets::url(""), '"') {
        let found = assets::find(name).is_some();
        assert!(found, "{locale}/{}: {name}", page.name);
    }
}

/// What stands after each `before`, up to `end`.
pub fn between<'a>(text: &'a str, before: &'a str, end: char) -> impl Iterator<Item = &'a str> {
    let parts = text.split(before).skip(1);
    parts.filter_map(move |rest| rest.split(end).next())
}

fn controls(html: &str) -> impl Iterator<Item = &str> {
    let kinds = ["input ", "select ", "textarea "];
    html.split('<')
        .filter(move |tag| kinds.iter().any(|kind| tag.starts_with(kind)))
        .filter(|tag| !tag.contains("type=\"hidden\""))
}
