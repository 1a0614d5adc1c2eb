//! Asking a running server through its admin socket: backups and audit checks. The server holds
//! the database, so nothing here opens it.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, StatusCode, Url};
use serde_json::{Value, json};

use crate::failure::{Done, Failure, Trying as _};
use crate::terminal::say;

/// The longest a backup or a check may take.
const PATIENCE: Duration = Duration::from_secs(3_600);

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

async fn ask(admin: &Url, path: &str, body: &Value) -> Done<Value> {
    let url = admin.join(path).trying("reading the admin address")?;
    let client = Client::builder().no_proxy().timeout(PATIENCE).build();
    let answer = client
        .trying("making an HTTP client")?
        .post(url)
        .json(body)
        .send()
        .await;
    let answer = answer.trying("asking the running server")?;
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
