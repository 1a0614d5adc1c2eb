//! Asking a running server through its admin socket: backups, audit checks, letters
//! that came back. The server holds
//! the database, so nothing here opens it.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, Response, StatusCode, Url};
use serde_json::{Value, json};

use crate::failure::{Done, Failure, Trying as _};
use crate::terminal::say;

/// The longest a backup or a check may take.
const PATIENCE: Duration = Duration::from_secs(3_600);
/// The most octets of a mail that came back.
const LONGEST_MAIL: u64 = 1024 * 1024;

/// `tifli backup create`: the server writes rows and sealed photos into `folder` of its machine.
pub async fn create_backup(admin: &Url, folder: &Path) -> Done {
    let folder = std::path::absolute(folder).trying("finding the folder of the backup")?;
    let report = ask(admin, "backup", &json!({ "to": folder })).await?;
    let files = report["files"].as_array().map_or(0, Vec::len);
    say(&format!("backup of {files} files in {}", folder.display()));
    say("It opens nothing without the keys: back up keys.db and the master key apart from it.");
    Ok(())
}

/// `tifli audit verify`: the server reads its chains from the first entry to the last.
pub async fn verify_audit(admin: &Url) -> Done {
    let report = ask(admin, "audit/verify", &Value::Null).await?;
    if report["ok"] == Value::Bool(true) {
        say(&format!(
            "the audit chain holds over {} entries",
            report["entries"]
        ));
        return Ok(());
    }
    Err(Failure::new(format!("the audit chain is broken: {report}")))
}

/// `tifli mail bounce`: hands a mail that came back, read from standard input, to the server.
pub async fn take_bounce(admin: &Url) -> Done {
    use std::io::Read as _;
    let mut mail = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(LONGEST_MAIL)
        .read_to_end(&mut mail);
    read.trying("reading the mail from standard input")?;
    let url = admin
        .join("mail/bounce")
        .trying("reading the admin address")?;
    let client = Client::builder().no_proxy().timeout(PATIENCE).build();
    let asked = client
        .trying("making an HTTP client")?
        .post(url)
        .header("content-type", "message/rfc822")
        .body(mail);
    let said = said(asked.send().await.trying("asking the running server")?).await?;
    say(said["taken"].as_str().unwrap_or("taken"));
    Ok(())
}

async fn ask(admin: &Url, path: &str, body: &Value) -> Done<Value> {
    let url = admin.join(path).trying("reading the admin address")?;
    let client = Client::builder().no_proxy().timeout(PATIENCE).build();
    let answer = client
        .trying("making an HTTP client")?
        .post(url)
        .json(body)
        .send()
        .await;
    said(answer.trying("asking the running server")?).await
}

async fn said(answer: Response) -> Done<Value> {
    let status = answer.status();
    let said: Value = answer.json().await.trying("reading the server's answer")?;
    // A broken chain is answered with a conflict and the report that says where.
    if status.is_success() || status == StatusCode::CONFLICT {
        return Ok(said);
    }
    let why = said["detail"]
        .as_str()
        .or_else(|| said["code"].as_str())
        .unwrap_or("no reason given");
    Err(Failure::new(format!(
        "the server refuses ({}): {why}",
        status.as_u16()
    )))
}
