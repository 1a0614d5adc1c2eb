//! Saying that a demonstration is ready: a file for programs, a summary for people.

use std::path::Path;

use serde_json::{Value, json};

use super::Demo;
use crate::failure::{Done, Trying as _};
use crate::house::write_private;

/// Writes where everything is and who can sign in, whole or not at all.
pub fn write(file: &Path, demo: &Demo) -> Done {
    let text = serde_json::to_vec_pretty(&describe(demo)).trying("writing the ready file")?;
    write_private(file, &text)
}

fn describe(demo: &Demo) -> Value {
    let people: Vec<Value> = demo
        .people()
        .iter()
        .map(|person| {
            json!({
                "role": person.role,
                "name": person.name,
                "login": person.login,
                "password": person.password,
                "totp_secret": person.totp_secret,
                "district": person.district,
            })
        })
        .collect();
    let mail = json!({
        "name": "smtp",
        "address": format!("smtp://{}", demo.smtp_address()),
        "ask": format!("{}/received", demo.mail_url()),
    });
    let systems = demo.systems();
    let system = |name: &str, origin: String, ask: &str| json!({ "name": name, "address": origin, "ask": format!("{origin}{ask}") });
    let hook = system("webhook", systems.hook_url(), "/events");
    let cap = system("cap", systems.cap_url(), "/current");
    let partners: Vec<Value> = demo
        .push_urls()
        .iter()
        .map(|push| json!({ "name": "push", "address": push, "ask": format!("{push}/received") }))
        .chain([mail, hook, cap])
        .collect();
    json!({
        "base_url": demo.base_url(),
        "admin_url": demo.admin_url(),
        "push_url": demo.push_urls().first(),
        "people": people,
        "partners": partners,
    })
}

/// What a person at the terminal needs to know.
pub fn summary(demo: &Demo) -> Vec<String> {
    let base = demo.base_url();
    let received: Vec<String> = demo
        .push_urls()
        .iter()
        .map(|push| format!("{push}/received"))
        .collect();
    let mut lines = vec![
        String::new(),
        "Tifli demonstration: invented children, nothing leaves this machine.".into(),
        String::new(),
        format!("  Public page      {base}/"),
        format!("  Console          {base}/console"),
        format!("  Sandbox push     {}", received.join("  ")),
        format!("  Sandbox mail     {}/received", demo.mail_url()),
        format!("  Sandbox webhook  {}/events", demo.systems().hook_url()),
        format!("  Sandbox CAP      {}/current", demo.systems().cap_url()),
        format!("  Admin socket     {}", demo.admin_url()),
        format!("  Folder           {}", demo.folder().path().display()),
        format!("  Subscribers      {}", demo.crowd().len()),
        String::new(),
        "  Sign in with login, password and a code of the authenticator (the code now, good for a minute):".into(),
        String::new(),
        format!(
            "  {:<14} {:<11} {:<19}   {:<6}   district",
            "role", "login", "password", "code"
        ),
    ];
    for person in demo.people() {
        let code =
            tifli_app::people::code_at(&person.totp_secret, demo.now_ms()).unwrap_or_default();
        lines.push(format!(
            "  {:<14} {:<11} {}   {code}   {}",
            person.role.as_str(),
            person.login,
            person.password,
            person.district,
        ));
    }
    lines.push(String::new());
    lines.push("  For an authenticator:".into());
    lines.extend(
        demo.people()
            .iter()
            .map(|person| format!("  {}", person.otpauth)),
    );
    lines.push(String::new());
    lines.push("  Ctrl-C ends it.".into());
    lines
}
