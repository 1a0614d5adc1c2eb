//! The two bodies of a letter: plain text, and HTML that says the same.
//!
//! The HTML carries no script, no style sheet from elsewhere and no picture but the alert's own.

use std::fmt::Write;

use super::letter::{AlertMail, Words, direction_of};

/// The plain text. Languages are parted by a line of stars.
pub(super) fn plain(mail: &AlertMail) -> String {
    let parts: Vec<String> = mail
        .words
        .iter()
        .map(|words| plain_words(mail, words))
        .collect();
    parts.join("\n* * *\n\n")
}

/// The HTML page. The whole page takes the direction of its first language, each part its own.
pub(super) fn html(mail: &AlertMail) -> String {
    let first = mail
        .words
        .first()
        .map_or("", |words| words.language.as_str());
    let mut page = String::with_capacity(2048);
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         </head>\n<body style=\"margin:0;padding:16px;font-family:Tahoma,Arial,sans-serif;\
         font-size:17px;line-height:1.6;color:#1a1a1a;background:#ffffff\">\n",
        escape(first),
        direction_of(first),
        escape(&mail.subject),
    );
    for words in &mail.words {
        html_words(&mut page, mail, words);
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn plain_words(mail: &AlertMail, words: &Words) -> String {
    let mut text = format!("{}\n\n", line(&words.headline));
    for paragraph in &words.paragraphs {
        let _ = write!(text, "{}\n\n", paragraph.trim());
    }
    for link in &words.links {
        let _ = write!(text, "{}\n{}\n\n", line(&link.words), link.url);
    }
    for small in &words.footer {
        let _ = writeln!(text, "{}", small.trim());
    }
    let _ = write!(
        text,
        "{}\n{}\n",
        line(&words.unsubscribe),
        mail.unsubscribe_url
    );
    text
}

fn html_words(page: &mut String, mail: &AlertMail, words: &Words) {
    let _ = write!(
        page,
        "<div lang=\"{}\" dir=\"{}\" style=\"max-width:640px;margin:0 auto\">\n\
         <h1 style=\"font-size:24px;line-height:1.3\">{}</h1>\n",
        escape(&words.language),
        direction_of(&words.language),
        escape(&words.headline),
    );
    if let Some(picture) = &words.picture {
        let _ = writeln!(
            page,
            "<p><img src=\"{}\" alt=\"{}\" width=\"320\" style=\"max-width:100%;height:auto\"></p>",
            escape(&picture.url),
            escape(&picture.alt),
        );
    }
    for paragraph in &words.paragraphs {
        let text = escape(paragraph.trim()).replace('\n', "<br>\n");
        let _ = writeln!(page, "<p>{text}</p>");
    }
    for link in &words.links {
        let _ = writeln!(
            page,
            "<p><a href=\"{}\" style=\"color:#0b4a8f;font-weight:bold\">{}</a></p>",
            escape(&link.url),
            escape(&link.words),
        );
    }
    page.push_str("<div style=\"font-size:14px;color:#4a4a4a\">\n");
    for small in &words.footer {
        let _ = writeln!(page, "<p>{}</p>", escape(small.trim()));
    }
    let _ = write!(
        page,
        "<p><a href=\"{}\" style=\"color:#4a4a4a\">{}</a></p>\n</div>\n</div>\n",
        escape(&mail.unsubscribe_url),
        escape(&words.unsubscribe),
    );
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::letter::{Link, Picture};

    fn mail() -> AlertMail {
        let words = |language: &str, headline: &str| Words {
            language: language.to_owned(),
            headline: headline.to_owned(),
            paragraphs: vec!["<b>&\"'\nx".to_owned()],
            picture: Some(Picture {
                url: "https://tifli.net/p.jpg".to_owned(),
                alt: "\"><script>".to_owned(),
            }),
            links: vec![Link {
                words: "read".to_owned(),
                url: "https://tifli.net/a?b=1&c=2".to_owned(),
            }],
            footer: vec!["small".to_owned()],
            unsubscribe: "stop".to_owned(),
        };
        AlertMail {
            id: "a".to_owned(),
            thread: Vec::new(),
            to: "a@b.tifli.net".to_owned(),
            token: "t".to_owned(),
            campaign: "c".to_owned(),
            unsubscribe_url: "https://tifli.net/u/1".to_owned(),
            subject: "نداء".to_owned(),
            words: vec![words("ar", "نداء طفل مفقود"), words("fr", "Alerte\nenfant")],
            at_ms: 0,
        }
    }

    #[test]
    fn arabic_stands_from_right_to_left_and_french_the_other_way_in_one_letter() {
        let page = html(&mail());
        assert!(
            page.starts_with("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">"),
            "{page}"
        );
        assert!(
            page.contains("<div lang=\"ar\" dir=\"rtl\"")
                && page.contains("<div lang=\"fr\" dir=\"ltr\"")
        );
    }

    #[test]
    fn no_word_of_a_letter_becomes_markup() {
        let page = html(&mail());
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
        assert!(
            page.contains("<p>&lt;b&gt;&amp;&quot;&#39;<br>\nx</p>"),
            "{page}"
        );
        assert!(page.contains("href=\"https://tifli.net/a?b=1&amp;c=2\""));
    }

    #[test]
    fn both_bodies_carry_every_link_and_the_way_out() {
        let mail = mail();
        let text = plain(&mail);
        assert!(text.contains("\nAlerte enfant\n"), "{text}");
        for body in [text, html(&mail).replace("&amp;", "&")] {
            assert!(body.contains("https://tifli.net/a?b=1&c=2"), "{body}");
            assert!(body.contains("https://tifli.net/u/1"), "{body}");
        }
    }
}
