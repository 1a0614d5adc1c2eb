//! What a paper is: its language, its head, its blocks and its foot. Not for how it looks.

/// Which way a paper is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left: tables, facts and boxes are mirrored.
    Rtl,
}

/// One paper, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// BCP 47, for the reader's program and its voice.
    pub language: String,
    /// Which way the language is written.
    pub direction: Direction,
    /// Who issues it, one line each, from the highest authority down.
    pub letterhead: Vec<String>,
    /// Number, date and place as facts, printed beside the letterhead.
    pub reference: Vec<Fact>,
    /// What kind of paper it is.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// What stands below each page.
    pub footer: Footer,
}

/// One piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading within the paper.
    Heading(String),
    /// Running text; a newline begins a new line.
    Paragraph(String),
    /// Labels and values in two columns.
    Facts(Vec<Fact>),
    /// A table with a head that is repeated on each page.
    Table(Table),
    /// Points.
    List(Vec<String>),
    /// A photo.
    Picture(Picture),
    /// Boxes to sign in, side by side.
    Signatures(Vec<Signature>),
    /// Boxes to tick, one a line.
    Checks(Vec<Check>),
    /// So many dotted lines to write on by hand.
    Ruled(u8),
    /// What follows begins a new page.
    NewPage,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What is known of it; may be empty, to be filled in by hand.
    pub value: String,
}

impl Fact {
    /// A label with its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// Rows of equal length under a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The words above each column.
    pub head: Vec<String>,
    /// The relative width of each column; as many as the head has words, else all are alike.
    pub widths: Vec<u8>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
}

/// A photo with the words beneath it.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// A JPEG file, already made safe.
    pub jpeg: Vec<u8>,
    /// What it shows, also for those who do not see it.
    pub caption: String,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("octets", &self.jpeg.len())
            .finish_non_exhaustive()
    }
}

/// A box to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// In which quality the person signs.
    pub label: String,
    /// The person's name, if it is known beforehand.
    pub name: String,
}

/// A box to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What a tick says.
    pub label: String,
    /// Whether it is ticked by the house already.
    pub ticked: bool,
}

/// What stands below each page, so that a copy tells where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer {
    /// The paper's number, or the case's.
    pub number: String,
    /// When it was printed.
    pub printed: String,
    /// Who had it printed: name or account, and the unit.
    pub reader: String,
    /// "Page {page} of {pages}" in the paper's language.
    pub page: String,
}

impl Footer {
    /// The words that count the pages.
    pub fn page_words(&self, page: usize, pages: usize) -> String {
        self.page
            .replace("{page}", &page.to_string())
            .replace("{pages}", &pages.to_string())
    }
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// `value` set apart from the words around it, so that a Latin name or a phone number keeps its own order within an
/// Arabic sentence. Every value put into a sentence goes through here.
pub fn isolate(value: &str) -> String {
    format!("{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}")
}

/// `text` without the marks of [`isolate`]: for telegrams, and for comparing.
pub fn strip_isolates(text: &str) -> String {
    text.replace([FIRST_STRONG_ISOLATE, POP_ISOLATE], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_never_written_into_a_log() {
        let picture = Picture {
            jpeg: b"\xff\xd8secret".to_vec(),
            caption: "Adam".to_owned(),
        };
        assert_eq!(format!("{picture:?}"), "Picture { octets: 8, .. }");
    }

    #[test]
    fn pages_are_counted_in_the_words_of_the_paper() {
        let footer = Footer {
            number: String::new(),
            printed: String::new(),
            reader: String::new(),
            page: "صفحة {page} من {pages}".to_owned(),
        };
        assert_eq!(footer.page_words(2, 12), "صفحة 2 من 12");
    }
}
