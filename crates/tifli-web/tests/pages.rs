//! Every public page in every language: whole, labelled, escaped, light.

mod samples;

use tifli_web::assets;
use tifli_web::i18n::{Locale, T};
use tifli_web::public::samples::{Sample, render_all};

fn each(check: impl Fn(Locale, &Sample)) {
    for locale in Locale::ALL {
        for sample in render_all(locale).expect("every sample renders") {
            check(locale, &sample);
        }
    }
}

#[test]
fn every_page_says_its_language_and_direction() {
    each(samples::language_and_direction_are_said);
}

#[test]
fn no_page_has_a_missing_word() {
    each(samples::no_word_is_missing);
}

#[test]
fn what_people_typed_never_becomes_markup() {
    each(samples::nothing_typed_is_markup);
}

#[test]
fn every_page_has_one_title_and_one_main_heading() {
    each(|locale, page| {
        samples::one_main_heading(locale, page);
        let title = samples::between(&page.html, "<title>", '<').next();
        let long = title.is_some_and(|title| title.trim().chars().count() > 8);
        assert!(long, "{locale}/{}: {title:?}", page.name);
    });
}

#[test]
fn every_input_has_a_label() {
    each(samples::controls_are_labelled);
}

#[test]
fn ids_are_unique_and_every_summary_link_leads_to_a_field() {
    each(samples::ids_are_unique_and_links_lead_to_them);
}

#[test]
fn no_page_has_inline_style_or_script_handlers() {
    each(samples::nothing_inline);
}

#[test]
fn every_page_carries_the_demo_banner_and_links_to_all_languages() {
    each(|locale, page| {
        assert!(
            page.html.contains("class=\"realm\""),
            "{locale}/{}",
            page.name
        );
        for other in Locale::ALL {
            assert!(
                page.html
                    .contains(&format!("hreflang=\"{other}\" href=\"https://")),
                "{locale}/{}",
                page.name
            );
        }
    });
}

#[test]
fn every_page_asks_not_to_be_indexed() {
    each(|locale, page| assert!(page.html.contains("noindex"), "{locale}/{}", page.name));
}

#[test]
fn the_ended_page_holds_nothing_of_the_child() {
    for locale in Locale::ALL {
        let ended = find(locale, "ended");
        for trace in [
            "Yasmine",
            "ياسمين",
            "portrait",
            "card.jpg",
            "og:image",
            "tel:",
        ] {
            assert!(!ended.contains(trace), "{locale}: {trace}");
        }
    }
}

#[test]
fn the_service_worker_says_the_end_in_the_words_of_the_page() {
    let worker = String::from_utf8(asset("sw.js")).expect("script is text");
    for locale in Locale::ALL {
        for key in ["ended-title", "ended-delete", "short-drill", "short-demo"] {
            let words = T::new(locale).get(key);
            assert!(
                worker.contains(&format!("\"{words}\"")),
                "{locale}: {words}"
            );
        }
    }
}

#[test]
fn a_link_preview_of_a_demo_alert_says_that_it_is_one() {
    for locale in Locale::ALL {
        let alert = find(locale, "alert");
        let opening = format!(
            "og:title\" content=\"{} – ",
            T::new(locale).get("short-demo")
        );
        assert!(alert.contains(&opening), "{locale}");
    }
}

#[test]
fn a_phone_number_is_a_link_that_reads_from_left_to_right() {
    for locale in Locale::ALL {
        let alert = find(locale, "alert");
        assert!(alert.contains("href=\"tel:19\""));
        assert!(alert.contains("<bdi class=\"number\" dir=\"ltr\">19</bdi>"));
    }
}

/// HTML, style, every font the style may load and the icon, uncompressed, without the photo.
#[test]
fn the_first_view_of_any_page_weighs_at_most_a_hundred_kilobytes() {
    let css = asset("base.css");
    assert!(css.len() <= 12_000, "base.css has {} bytes", css.len());
    let style = String::from_utf8(css).expect("css is text");
    let fonts: usize = style
        .split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .map(|name| asset(name.trim_matches('"')).len())
        .sum();
    let shared = style.len() + fonts + asset("icon.svg").len();
    each(|locale, page| {
        let script = if page.html.contains("subscribe.js") {
            asset("subscribe.js").len()
        } else {
            0
        };
        let total = shared + script + page.html.len();
        assert!(
            total <= 100_000,
            "{locale}/{} weighs {total} bytes",
            page.name
        );
    });
}

#[test]
fn every_asset_a_page_names_exists() {
    each(samples::assets_exist);
}

fn find(locale: Locale, name: &str) -> String {
    let pages = render_all(locale).expect("samples render");
    let found = pages.into_iter().find(|page| page.name == name);
    found.unwrap_or_else(|| panic!("no sample {name}")).html
}

fn asset(name: &str) -> Vec<u8> {
    assets::find(name)
        .unwrap_or_else(|| panic!("{name} is not embedded"))
        .into_owned()
}
