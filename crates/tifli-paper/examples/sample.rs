//! Writes one invented paper as PDF and as plain text, to be looked at: `cargo run -p tifli-paper --example sample FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;

use tifli_paper::{
    Block, Check, Direction, Fact, Footer, Paper, Signature, Table, isolate, pdf, plain_text,
};

fn main() -> ExitCode {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let made = [("ar", arabic()), ("fr", french())]
        .iter()
        .all(|(name, paper)| write(&folder, name, paper));
    if made {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn write(folder: &std::path::Path, name: &str, paper: &Paper) -> bool {
    let Ok(octets) = pdf(paper) else { return false };
    let text = plain_text(paper);
    std::fs::write(folder.join(format!("{name}.pdf")), octets).is_ok()
        && std::fs::write(folder.join(format!("{name}.txt")), text).is_ok()
}

fn arabic() -> Paper {
    Paper {
        language: "ar".to_owned(),
        direction: Direction::Rtl,
        letterhead: vec![
            "المملكة المغربية".to_owned(),
            "المديرية العامة للأمن الوطني".to_owned(),
        ],
        reference: vec![
            Fact::new("رقم المحضر", "CAS-03/2026/17"),
            Fact::new("التاريخ", "22 نونبر 2026، 10:05"),
        ],
        title: "محضر تصريح باختفاء طفل".to_owned(),
        blocks: vec![
            Block::Paragraph(format!(
                "تلقّينا التصريح من السيدة {} وقد اتصلت من الهاتف رقم {} وأفادت بما يلي، وقد شوهد الطفل آخر مرة قرب متجر {} على الساعة 17:30.",
                isolate("فاطمة بنعلي"),
                isolate("+212 6 12 34 56 78"),
                isolate("Marjane Derb Sultan"),
            )),
            Block::Heading("الطفل".to_owned()),
            Block::Facts(vec![
                Fact::new("الاسم الكامل", "آدم المثال"),
                Fact::new("الاسم بالحروف اللاتينية", "Adam Exemple"),
                Fact::new("ⵉⵙⵎ", "ⴰⴷⴰⵎ"),
                Fact::new("الهاتف", "06 12 34 56 78"),
            ]),
            Block::Table(Table {
                head: vec!["القناة".into(), "الحالة".into(), "متى".into()],
                widths: vec![3, 2, 2],
                rows: vec![
                    vec![
                        "الصفحة الخاصة والإشعارات".into(),
                        "موافَق".into(),
                        "2026-11-22 10:05".into()
                    ];
                    4
                ],
            }),
            Block::Checks(vec![
                Check {
                    label: "أوافق على نشر الصورة".into(),
                    ticked: true,
                },
                Check {
                    label: "لا أوافق على نشر الصورة".into(),
                    ticked: false,
                },
            ]),
            Block::List(vec![
                "يحتفظ المصرِّح بنسخة من هذا المحضر.".into(),
                "يمكن سحب الموافقة في أي وقت.".into(),
            ]),
            Block::Ruled(2),
            Block::Signatures(vec![
                Signature {
                    label: "توقيع المصرِّح(ة)".into(),
                    name: "فاطمة بنعلي".into(),
                },
                Signature {
                    label: "توقيع الضابط".into(),
                    name: String::new(),
                },
            ]),
        ],
        footer: arabic_footer(),
    }
}

fn arabic_footer() -> Footer {
    Footer {
        number: "CAS-03/2026/17".into(),
        printed: "طُبع في 2026-11-22 10:07".into(),
        reader: "officer.casa.1".into(),
        page: "صفحة {page} من {pages}".into(),
    }
}

fn french() -> Paper {
    Paper {
        language: "fr".to_owned(),
        direction: Direction::Ltr,
        letterhead: vec![
            "Royaume du Maroc".to_owned(),
            "Direction générale de la sûreté nationale".to_owned(),
        ],
        reference: vec![
            Fact::new("Procès-verbal n°", "CAS-03/2026/17"),
            Fact::new("Date", "22 novembre 2026, 10:05"),
        ],
        title: "Procès-verbal de déclaration de disparition d’un enfant".to_owned(),
        blocks: vec![
            Block::Facts(vec![
                Fact::new("Nom", "Adam Exemple"),
                Fact::new("Nom en arabe", "آدم المثال"),
                Fact::new("Téléphone", "06 12 34 56 78"),
            ]),
            Block::Table(Table {
                head: vec!["Canal".into(), "État".into(), "Quand".into()],
                widths: vec![3, 2, 2],
                rows: vec![
                    vec![
                        "Page propre et notifications".into(),
                        "donné".into(),
                        "2026-11-22 10:05".into()
                    ];
                    60
                ],
            }),
        ],
        footer: Footer {
            number: "CAS-03/2026/17".into(),
            printed: "Imprimé le 2026-11-22 10:07".into(),
            reader: "officer.casa.1".into(),
            page: "Page {page} sur {pages}".into(),
        },
    }
}
