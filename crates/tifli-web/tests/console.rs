//! Every console page in every language: whole, labelled, escaped, usable without a script.

mod samples;

use tifli_domain::Role;
use tifli_web::console::samples::{render_all, render_parts};
use tifli_web::i18n::Locale;
use tifli_web::public::samples::Sample;

fn each(check: impl Fn(Locale, &Sample)) {
    for locale in Locale::ALL {
        for sample in render_all(locale).expect("every sample renders") {
            check(locale, &sample);
        }
    }
}

fn each_with_parts(check: impl Fn(Locale, &Sample)) {
    for locale in Locale::ALL {
        let parts = render_parts(locale).expect("every part renders");
        for sample in render_all(locale)
            .expect("every sample renders")
            .into_iter()
            .chain(parts)
        {
            check(locale, &sample);
        }
    }
}

#[test]
fn no_page_or_part_has_a_missing_word() {
    each_with_parts(samples::no_word_is_missing);
}

#[test]
fn every_page_says_its_language_and_direction_and_has_one_main_heading() {
    each(|locale, page| {
        samples::language_and_direction_are_said(locale, page);
        samples::one_main_heading(locale, page);
        assert!(page.html.contains("noindex"), "{locale}/{}", page.name);
    });
}

#[test]
fn what_people_typed_never_becomes_markup() {
    each_with_parts(samples::nothing_typed_is_markup);
}

#[test]
fn no_page_has_inline_style_or_script_handlers() {
    each_with_parts(samples::nothing_inline);
}

#[test]
fn every_control_has_a_label_or_a_legend() {
    each(samples::controls_are_labelled);
}

#[test]
fn ids_are_unique_and_every_summary_link_leads_to_a_field() {
    each(samples::ids_are_unique_and_links_lead_to_them);
}

#[test]
fn every_post_carries_the_token_and_works_without_a_script() {
    each(|locale, page| {
        for form in page.html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let head = form.split('>').next().unwrap_or_default();
            assert!(
                head.contains("action=\"/"),
                "{locale}/{}: {head}",
                page.name
            );
            if head.contains("method=\"post\"") {
                assert!(
                    form.contains("name=\"csrf\" value=\"f3c1a9\""),
                    "{locale}/{}: {head}",
                    page.name
                );
                assert!(form.contains("<button"), "{locale}/{}: {head}", page.name);
            }
        }
    });
}

#[test]
fn every_asset_a_page_names_exists() {
    each(samples::assets_exist);
}

#[test]
fn with_something_in_the_way_approving_is_not_offered_and_refusing_is() {
    for locale in Locale::ALL {
        let open = find(locale, "approval");
        assert!(open.contains("value=\"approve\""));
        let refused = find(locale, "approval-blocked");
        assert!(!refused.contains("value=\"approve\""));
        assert!(refused.contains("value=\"refuse\"") && refused.contains("value=\"return\""));
        assert!(!find(locale, "approval-own-draft").contains("name=\"decision\" value="));
    }
}

#[test]
fn a_tips_photo_is_not_in_the_page_until_it_is_opened() {
    for locale in Locale::ALL {
        assert!(!find(locale, "tip").contains("<img src=\"portrait"));
        assert!(find(locale, "tip-opened").contains("data-veil"));
    }
}

#[test]
fn a_post_without_a_session_keeps_everything_that_was_typed() {
    for locale in Locale::ALL {
        let kept = find(locale, "session-expired");
        assert!(kept.contains("name=\"kept_action\" value=\"/console/tips/tip_1/ask\""));
        assert!(kept.contains("name=\"kept.question\" value=\"&#60;script"));
        let again = find(locale, "replay");
        assert!(
            again.contains("action=\"/console/tips/tip_1/ask\"")
                && again.contains("name=\"question\" value=\"&#60;script")
        );
    }
}

#[test]
fn a_form_with_errors_shows_again_what_was_typed() {
    for locale in Locale::ALL {
        let first = find(locale, "first-administrator-errors");
        assert!(first.contains("name=\"name\" value=\"Nadia Tazi\""));
        assert!(!find(locale, "first-administrator").contains("name=\"name\" value=\"name\""));
        let escaped = "&#60;script&#62;alert(1)&#60;/script&#62;";
        for (page, control) in [
            ("sign-in-refused", "name=\"login\" value=\""),
            ("report-problems", "name=\"reporter_name\" value=\""),
            ("report-problems", "name=\"place_q\" value=\""),
            ("erase-confirm", "name=\"number\" value=\""),
            ("people", "name=\"name\" value=\""),
        ] {
            assert!(
                find(locale, page).contains(&format!("{control}{escaped}")),
                "{locale}/{page}: {control}"
            );
        }
    }
}

#[test]
fn a_finished_delivery_stops_asking() {
    for locale in [Locale::Ar, Locale::Fr] {
        assert!(find(locale, "delivery").contains("hx-trigger=\"every 2s\""));
        assert!(!find(locale, "delivery-dark").contains("hx-trigger"));
    }
}

#[test]
fn every_role_of_the_domain_has_a_name() {
    for locale in Locale::ALL {
        let people = find(locale, "people");
        for role in Role::ALL {
            assert!(
                people.contains(&format!("<option value=\"{}\"", role.as_str())),
                "{role:?}"
            );
        }
    }
}

fn find(locale: Locale, name: &str) -> String {
    let pages = render_all(locale).expect("samples render");
    pages
        .into_iter()
        .find(|page| page.name == name)
        .unwrap_or_else(|| panic!("no sample {name}"))
        .html
}
