//! What a PDF of the house holds: glyphs, order, pages. Not for what its words say.

use super::shape::{LaidLine, Shaper, Style};
use super::sheet::{FOOT_TOP, Mark, PAGE_WIDTH};
use super::{PdfError, blocks, pdf};
use crate::paper::{Block, Direction, Fact, Footer, Paper, Picture, Table, isolate};

fn paper(language: &str, blocks: Vec<Block>) -> Paper {
    let direction = if language == "ar" {
        Direction::Rtl
    } else {
        Direction::Ltr
    };
    Paper {
        language: language.to_owned(),
        direction,
        letterhead: vec!["المديرية العامة للأمن الوطني".to_owned()],
        reference: vec![Fact::new("رقم المحضر", "CAS/2026/17")],
        title: "محضر".to_owned(),
        blocks,
        footer: Footer {
            number: "CAS/2026/17".to_owned(),
            printed: "2026-11-22 10:07".to_owned(),
            reader: "officer-1".to_owned(),
            page: "صفحة {page} من {pages}".to_owned(),
        },
    }
}

fn lay(words: &str) -> Vec<LaidLine> {
    let mut shaper = Shaper::new("ar").expect("the fonts are embedded");
    shaper
        .lay(words, Style::regular(12.0), 400.0)
        .expect("the fonts are embedded")
}

fn ids(words: &str) -> Vec<u32> {
    let glyphs = lay(words)
        .into_iter()
        .flat_map(|line| line.runs)
        .flat_map(|run| run.glyphs);
    glyphs.map(|glyph| glyph.glyph_id.to_u32()).collect()
}

/// What the eye meets from left to right.
fn seen(line: &LaidLine) -> String {
    let mut seen = String::new();
    for run in &line.runs {
        for glyph in &run.glyphs {
            seen.push_str(&run.text[glyph.text_range.clone()]);
        }
    }
    seen
}

fn marks(paper: &Paper) -> Vec<Vec<Mark>> {
    let mut shaper = Shaper::new(&paper.language).expect("the fonts are embedded");
    blocks::lay_out(paper, &mut shaper).expect("laid out").pages
}

#[test]
fn arabic_letters_are_joined_and_not_in_their_isolated_forms() {
    let alone = ids("ح");
    let joined = ids("ححح");
    assert_eq!((alone.len(), joined.len()), (1, 3));
    assert!(
        !joined.contains(&alone[0]),
        "{joined:?} holds the isolated {alone:?}"
    );
    assert!(
        joined[0] != joined[1] && joined[1] != joined[2],
        "{joined:?}"
    );
    assert!(
        !ids("محضر تصريح ⴰⴷⴰⵎ Adam é").contains(&0),
        "a letter has no glyph"
    );
}

#[test]
fn a_phone_number_within_arabic_keeps_its_order() {
    let sentence = format!("اتصلوا بالرقم {} في كل وقت", isolate("+212 6 12 34 56 78"));
    let lines = lay(&sentence);
    assert!(
        seen(&lines[0]).contains("+212 6 12 34 56 78"),
        "{}",
        seen(&lines[0])
    );
    let bare = lay("اتصلوا بالرقم 06 12 34 56 78 في كل وقت");
    assert!(
        seen(&bare[0]).contains("78 56 34 12 06"),
        "the isolation does nothing"
    );
}

#[test]
fn an_arabic_line_ends_where_its_language_begins() {
    let lines = lay("الطفل");
    let first = &lines[0].runs[0];
    assert!(first.x > 300.0, "the line begins {} from the left", first.x);
    assert_eq!(seen(&lines[0]).chars().next(), Some('ل'));
}

#[test]
fn facts_are_mirrored_in_arabic() {
    let facts = Block::Facts(vec![Fact::new("ط", "ح")]);
    let place = |language: &str| {
        let pages = marks(&paper(language, vec![facts.clone()]));
        let find = |letter: &str| {
            pages[0].iter().find_map(|mark| match mark {
                Mark::Words { x, line, .. }
                    if line
                        .runs
                        .iter()
                        .any(|run| run.text.contains(letter) && run.text.chars().count() < 4) =>
                {
                    Some(*x)
                }
                _ => None,
            })
        };
        (find("ط").expect("label"), find("ح").expect("value"))
    };
    let (label, value) = place("ar");
    assert!(label > value, "label at {label}, value at {value}");
    let (label, value) = place("fr");
    assert!(label < value, "label at {label}, value at {value}");
}

#[test]
fn the_same_paper_gives_the_same_octets() {
    let paper = paper("ar", vec![Block::Paragraph("نص مع Adam و 2026".to_owned())]);
    let first = pdf(&paper).expect("a file");
    assert_eq!(first, pdf(&paper).expect("a file"));
    assert!(first.starts_with(b"%PDF-"));
}

#[test]
fn a_table_of_forty_pages_repeats_its_head_and_keeps_off_the_foot() {
    let row = |at: usize| {
        vec![
            at.to_string(),
            "Commissariat d’arrondissement, مقاطعة".to_owned(),
        ]
    };
    let table = Table {
        head: vec!["#".to_owned(), "Service".to_owned()],
        widths: vec![1, 5],
        rows: (0..1300).map(row).collect(),
    };
    let long = paper("fr", vec![Block::Table(table)]);
    let pages = marks(&long);
    assert!(pages.len() >= 40, "{} pages", pages.len());
    for page in &pages {
        let heads = page
            .iter()
            .filter(|mark| matches!(mark, Mark::Shade(_)))
            .count();
        assert_eq!(heads, 1);
        let crosses = page.iter().any(|mark| match mark {
            Mark::Words { y, line, .. } => *y < FOOT_TOP && y + line.height > FOOT_TOP,
            _ => false,
        });
        assert!(!crosses, "words run into the foot");
    }
    let shown: usize = pages
        .iter()
        .flatten()
        .filter(|mark| matches!(mark, Mark::Words { line, .. } if line.runs.iter().any(|run| run.text.contains("Commissariat"))))
        .count();
    assert_eq!(shown, 1300);
    let octets = pdf(&long).expect("a file");
    let count = format!("/Count {}", pages.len());
    assert!(
        octets
            .windows(count.len())
            .any(|part| part == count.as_bytes()),
        "{count}"
    );
}

#[test]
fn a_value_taller_than_a_page_goes_on_over_the_next() {
    let words = "كلمة ".repeat(4000);
    let pages = marks(&paper(
        "ar",
        vec![Block::Facts(vec![Fact::new("وصف", words)])],
    ));
    assert!(pages.len() > 3, "{} pages", pages.len());
}

#[test]
fn every_page_tells_who_had_it_printed_and_when() {
    let blocks = vec![
        Block::Paragraph("أ".to_owned()),
        Block::NewPage,
        Block::Paragraph("ب".to_owned()),
    ];
    let pages = marks(&paper("ar", blocks));
    assert_eq!(pages.len(), 2);
    for (at, page) in pages.iter().enumerate() {
        let foot: String = page
            .iter()
            .filter_map(|mark| match mark {
                Mark::Words { y, line, .. } if *y > FOOT_TOP => {
                    line.runs.first().map(|run| run.text.to_string())
                }
                _ => None,
            })
            .collect();
        assert!(
            foot.contains("officer-1") && foot.contains("2026-11-22 10:07"),
            "{foot}"
        );
        assert!(foot.contains(&format!("صفحة {} من 2", at + 1)), "{foot}");
    }
}

#[test]
fn nothing_stands_outside_the_page() {
    let words = "Très long : ".repeat(200) + &"x".repeat(500);
    let blocks = vec![
        Block::Paragraph(words.clone()),
        Block::List(vec![words.clone()]),
        Block::Facts(vec![Fact::new(words.clone(), words)]),
        Block::Ruled(60),
    ];
    for language in ["ar", "fr"] {
        for mark in marks(&paper(language, blocks.clone())).iter().flatten() {
            if let Mark::Words { x, line, .. } = mark {
                for run in &line.runs {
                    let wide: f32 = run
                        .glyphs
                        .iter()
                        .map(|glyph| glyph.x_advance * run.size)
                        .sum();
                    let (left, right) = (x + run.x, x + run.x + wide);
                    assert!(
                        left > 40.0 && right < PAGE_WIDTH - 40.0,
                        "{left} to {right} in {language}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_picture_that_is_no_jpeg_is_refused() {
    let picture = Picture {
        jpeg: b"GIF89a".to_vec(),
        caption: "x".to_owned(),
    };
    let refused = pdf(&paper("ar", vec![Block::Picture(picture)]));
    assert_eq!(refused, Err(PdfError::Picture));
}
