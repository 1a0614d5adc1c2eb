//! The directory of security services as a file of comma-separated values: how a pack fills it at
//! first, how an administrator takes it out and puts it back. Not for: keeping it.

use crate::{Pack, PackError, PackParts};
use std::collections::BTreeSet;
use tifli_domain::cell::{armed, harmless};
use tifli_domain::service::{Known, Service, Typed};

/// The file within a pack.
pub(crate) const FILE: &str = "services.csv";
/// The most lines a directory may have.
const MOST: usize = 5_000;

/// What is wrong with one line of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// The line, as an editor counts them: the first one holds the columns' names.
    pub line: u64,
    /// The column; empty when it is the line as a whole.
    pub field: &'static str,
    /// A code that pages and the API word.
    pub code: &'static str,
}

/// Reads a file as people make them: with or without a byte order mark, its values separated by commas
/// or, as spreadsheets of some languages do, by semicolons, whichever its first line has more of.
pub fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let count = |sign: char| head.matches(sign).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The services that a file describes; otherwise everything that is wrong with it.
pub(crate) fn read(text: &str, known: &Known<'_>) -> Result<Vec<Service>, Vec<LineError>> {
    let mut reader = csv_reader(text);
    let whole = |line, code| LineError {
        line,
        field: "",
        code,
    };
    let columns = reader
        .headers()
        .map_err(|_| vec![whole(1, "not_csv")])?
        .clone();
    if Typed::COLUMNS[..2]
        .iter()
        .any(|name| !columns.iter().any(|c| c == *name))
    {
        return Err(vec![whole(1, "columns_missing")]);
    }
    let mut wrong = Vec::new();
    let mut services: Vec<Service> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) if services.len() + wrong.len() >= MOST => {
                wrong.push(whole(line, "too_many_lines"));
                break;
            }
            Ok(true) => {}
            Err(_) => {
                wrong.push(whole(line, "not_csv"));
                continue;
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        let cells: csv::StringRecord = record.iter().map(armed).collect();
        let Ok(typed) = cells.deserialize::<Typed>(Some(&columns)) else {
            wrong.push(whole(line, "unknown_column"));
            continue;
        };
        match typed.check(known) {
            Ok(service) if seen.insert(service.id.clone()) => services.push(service),
            Ok(_) => wrong.push(LineError {
                line,
                field: "id",
                code: "given_twice",
            }),
            Err(all) => wrong.extend(all.into_iter().map(|one| LineError {
                line,
                field: one.field,
                code: one.code,
            })),
        }
    }
    if wrong.is_empty() {
        Ok(services)
    } else {
        Err(wrong)
    }
}

/// The directory that a pack brings with it.
pub(crate) fn of_pack(parts: &PackParts, known: &Known<'_>) -> Result<Vec<Service>, PackError> {
    read(parts.get(FILE)?, known).map_err(|wrong| {
        let first = &wrong[0];
        PackError::rule(
            format!("{FILE}, line {}", first.line),
            format!("{}: {}", first.field, first.code),
        )
    })
}

impl Pack {
    /// The services this country begins with.
    pub fn first_directory(&self) -> &[Service] {
        &self.directory
    }

    /// The services that a file describes; otherwise everything that is wrong with it, by line.
    pub fn read_directory(&self, text: &str) -> Result<Vec<Service>, Vec<LineError>> {
        let (kinds, districts) = self.codes_of_services();
        read(
            text,
            &Known {
                kinds: &kinds,
                districts: &districts,
            },
        )
    }

    /// The service that a form describes; otherwise everything that is wrong with it.
    pub fn read_service(
        &self,
        typed: &Typed,
    ) -> Result<Service, Vec<tifli_domain::service::Wrong>> {
        let (kinds, districts) = self.codes_of_services();
        typed.check(&Known {
            kinds: &kinds,
            districts: &districts,
        })
    }

    /// The directory as a file that [`Pack::read_directory`] reads back; no cell of it runs in a spreadsheet.
    pub fn write_directory(&self, services: &[Service]) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(Typed::COLUMNS)?;
        for service in services {
            writer.write_record(service.typed().cells().map(harmless))?;
        }
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn codes_of_services(&self) -> (Vec<&str>, Vec<&str>) {
        let kinds = self.services().iter().map(|kind| kind.id.as_str());
        let districts = self.districts().iter().map(|one| one.id.as_str());
        (kinds.collect(), districts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack() -> Pack {
        Pack::load("ma").unwrap()
    }

    #[test]
    fn every_pack_begins_with_a_directory_that_reads_back_as_it_was_written() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            let first = pack.first_directory();
            assert!(first.len() >= 10, "{code}");
            for district in pack.districts() {
                let own = first.iter().any(|service| service.district == district.id);
                assert!(own, "{code}: no service in {}", district.id);
            }
            for service in first {
                assert!(
                    service.email.ends_with(".example.org"),
                    "{code}: {}",
                    service.id
                );
                assert!(
                    service.names.iter().all(|name| !name.is_empty()),
                    "{}",
                    service.id
                );
            }
            let written = pack.write_directory(first).unwrap();
            assert_eq!(pack.read_directory(&written).unwrap(), first);
        }
    }

    #[test]
    fn no_cell_runs_in_a_spreadsheet_and_the_file_reads_back_as_it_was() {
        let pack = pack();
        let mut service = pack.first_directory()[0].clone();
        service.names = ["-1", "=cmd|' /C calc'!A0", "'=1"].map(str::to_owned);
        service.region = "@SUM(A1)".to_owned();
        service.phone = "+212 500 00 00 01".to_owned();
        let services = [service];
        let written = pack.write_directory(&services).unwrap();
        let line = written.lines().nth(1).unwrap();
        for cell in line.split(',') {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{line}");
        }
        assert!(line.contains(",'+212 500 00 00 01,"), "{line}");
        assert_eq!(pack.read_directory(&written).unwrap(), services);
    }

    #[test]
    fn each_wrong_line_is_named_by_its_number() {
        let text = "\u{feff}id,kind,name_fr,email\n\
            a1,police,Un,a@b.example.org\n\
            a1,police,Deux,\n\
            \"b1\",navy,\"Trois\nlignes\",nowhere\n\
            c1,police,,\n";
        let wrong = pack().read_directory(text).unwrap_err();
        let wrong: Vec<_> = wrong.iter().map(|w| (w.line, w.field, w.code)).collect();
        assert_eq!(
            wrong,
            [
                (3, "id", "given_twice"),
                (4, "name_fr", "hidden_characters"),
                (4, "kind", "not_an_answer"),
                (4, "email", "not_an_email"),
                (6, "name_ar", "missing"),
            ]
        );
        let semicolons = "id;kind;name_fr;name_ar\na1;police;Un, deux;واحد\n";
        assert_eq!(
            pack().read_directory(semicolons).unwrap()[0].names[1],
            "Un, deux"
        );
        let code = |text: &str| pack().read_directory(text).unwrap_err()[0].clone();
        assert_eq!(code("name,email\n").code, "columns_missing");
        assert_eq!(
            code("id,kind,colour\na1,police,red\n").code,
            "unknown_column"
        );
        assert_eq!(code("id,kind\na1,police,more\n").code, "not_csv");
    }
}
