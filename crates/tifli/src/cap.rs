//! `tifli cap check`: the verdict on CAP files, one line a file. Not for judging: the crate
//! `tifli-cap` does that; here are only files, the terminal and the exit code.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};
use tifli_cap::{Finding, MAX_READ_BYTES, Message, Options, Profile, Verdict, check_file};

use crate::failure::{Done, Failure};
use crate::terminal::say;

/// What `tifli cap check` is asked.
#[derive(Args)]
pub struct CheckArgs {
    /// CAP 1.0, 1.1 or 1.2 messages, or Atom, RSS and EDXL-DE documents that carry them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Count warnings (the specification's prose, geometry) as errors.
    #[arg(long)]
    strict: bool,
    /// Hold the messages to the demands of a profile, too.
    #[arg(long, value_parser = PossibleValuesParser::new(Profile::ALL.map(|profile| profile.name)))]
    profile: Option<String>,
    /// Print all findings: one JSON object a file.
    #[arg(long)]
    json: bool,
}

/// Says the verdict on each file.
///
/// # Errors
/// Any file is invalid or cannot be read.
pub fn check(args: &CheckArgs) -> Done {
    let options = Options {
        strict: args.strict,
        profile: args.profile.as_deref().and_then(Profile::find),
    };
    let mut invalid = 0;
    for path in &args.files {
        let file = path.display().to_string();
        let verdict = read(path).map(|bytes| check_file(&bytes, &options));
        invalid += usize::from(!verdict.as_ref().is_ok_and(|verdict| verdict.valid));
        say(&match (&verdict, args.json) {
            (Ok(verdict), false) => verdict.line(&file),
            (Ok(verdict), true) => report(&file, verdict).to_string(),
            (Err(error), false) => format!("{file}: invalid: it cannot be read: {error}"),
            (Err(error), true) => unread(&file, error).to_string(),
        });
    }
    if invalid == 0 {
        return Ok(());
    }
    let files = args.files.len();
    Err(Failure::new(format!(
        "{invalid} of {files} files are invalid"
    )))
}

/// The file, or as much of it as shows that it is too large.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_READ_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn report(file: &str, verdict: &Verdict) -> Value {
    let findings: Vec<Value> = verdict.findings.iter().map(finding).collect();
    let messages: Vec<Value> = verdict.messages.iter().map(message).collect();
    json!({
        "file": file,
        "valid": verdict.valid,
        "wrapper": verdict.wrapper.as_str(),
        "messages": messages,
        "findings": findings,
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "severity": finding.severity.as_str(),
        "at": finding.at,
        "line": finding.line,
        "code": finding.code,
        "sentence": finding.sentence,
    })
}

fn message(message: &Message) -> Value {
    let alert = message.alert.as_ref().ok();
    json!({
        "at": message.at,
        "version": message.version.as_str(),
        "identifier": alert.map(|alert| &alert.identifier),
        "sender": alert.map(|alert| &alert.sender),
        "sent": alert.map(|alert| alert.sent.to_string()),
        "status": alert.map(|alert| alert.status.as_str()),
        "msgType": alert.map(|alert| alert.msg_type.as_str()),
    })
}

fn unread(file: &str, error: &io::Error) -> Value {
    json!({
        "file": file,
        "valid": false,
        "wrapper": null,
        "messages": [],
        "findings": [{
            "severity": "error",
            "at": "/",
            "line": null,
            "code": "not-read",
            "sentence": format!("The file cannot be read: {error}."),
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(files: &[&Path]) -> CheckArgs {
        CheckArgs {
            files: files.iter().map(|file| file.to_path_buf()).collect(),
            strict: false,
            profile: None,
            json: false,
        }
    }

    #[test]
    fn one_invalid_file_fails_the_whole_command() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let sound = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\
            <identifier>a</identifier><sender>s</sender><sent>2026-11-22T09:30:00+01:00</sent>\
            <status>Test</status><msgType>Update</msgType><scope>Public</scope></alert>";
        std::fs::write(path("sound.xml"), sound).unwrap();
        std::fs::write(path("broken.xml"), sound.replace("Test", "test")).unwrap();
        let (sound, broken) = (path("sound.xml"), path("broken.xml"));
        assert!(check(&args(&[&sound])).is_ok());
        assert!(check(&args(&[&broken, &sound])).is_err());
        assert!(check(&args(&[&path("lacking.xml")])).is_err());
        let strict = CheckArgs {
            strict: true,
            ..args(&[&sound])
        };
        assert!(check(&strict).is_err(), "an Update needs references");
    }

    #[test]
    fn the_report_tells_messages_and_findings() {
        let verdict = check_file(b"<a/>", &Options::default());
        let told = report("x.xml", &verdict);
        assert_eq!(told["valid"], false);
        assert_eq!(told["wrapper"], "not-cap");
        assert_eq!(told["findings"][0]["code"], "not-cap");
        assert_eq!(told["findings"][0]["line"], 1);
    }
}
