//! Draws invented notices as pictures, to be looked at: as PPM files, by
//! `cargo run -p tifli-paper --example screen FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;

use tifli_paper::{Screen, Tone, screen};

fn main() -> ExitCode {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let drawn = [arabic(), french(), nothing()].iter().all(|notice| {
        let name = format!("{}-{:?}.ppm", notice.language, notice.tone);
        screen(notice).is_ok_and(|picture| {
            let mut file = format!("P6 {} {} 255\n", picture.width, picture.height).into_bytes();
            file.extend_from_slice(&picture.rgb);
            std::fs::write(folder.join(name), file).is_ok()
        })
    });
    if drawn {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn arabic() -> Screen {
    Screen {
        language: "ar".to_owned(),
        tone: Tone::Active,
        band: "عرض تجريبي - اختفاء طفلة: سلمى، 9 سنوات".to_owned(),
        title: "سلمى، 9 سنوات".to_owned(),
        lines: [
            "الرباط، أكدال",
            "الأحد 22 نونبر 2026، حوالي الساعة 14:30",
            "معطف أحمر وحقيبة مدرسية زرقاء",
            "إذا شاهدتموها أو كانت لديكم أي معلومة عنها، فاتصلوا فورا بالرقم 19.",
        ]
        .map(str::to_owned)
        .to_vec(),
        call: "19".to_owned(),
        place: "https://tifli.example/ar/a/0123456789abcdef".to_owned(),
        code: Some("https://tifli.example/v/0123456789abcdef".to_owned()),
        photo: None,
    }
}

fn french() -> Screen {
    Screen {
        language: "fr".to_owned(),
        tone: Tone::Active,
        band: "DÉMONSTRATION - Disparition d'une fille : Salma, 9 ans".to_owned(),
        title: "Salma, 9 ans".to_owned(),
        lines: [
            "Rabat, Agdal",
            "dimanche 22 novembre 2026, vers 14 h 30",
            "Manteau rouge, cartable bleu",
            "Si vous l'avez vue ou si vous avez une information, appelez sans délai le 19.",
        ]
        .map(str::to_owned)
        .to_vec(),
        call: "19".to_owned(),
        place: "https://tifli.example/fr/a/0123456789abcdef".to_owned(),
        code: Some("https://tifli.example/v/0123456789abcdef".to_owned()),
        photo: None,
    }
}

fn nothing() -> Screen {
    Screen {
        language: "fr".to_owned(),
        tone: Tone::Neutral,
        band: "Tifli".to_owned(),
        title: "Aucune alerte n'est en cours.".to_owned(),
        lines: vec!["لا يوجد أي إنذار حاليا.".to_owned()],
        call: String::new(),
        place: "https://tifli.example/fr".to_owned(),
        code: None,
        photo: None,
    }
}
