//! The house is there, its people sign in, strangers do not.

use serde_json::json;
use tifli_domain::Role;

use super::{ADMIN, OFFICER};
use crate::headless::client::Check;
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Pages and the machine's own door answer.
pub async fn ready(world: &mut World<'_>) -> Check<Found> {
    world.client.get("/").await?.status(200)?;
    let health = world
        .client
        .get(&format!("{}/readyz", world.demo.admin_url()))
        .await?
        .good()?;
    ensure!(
        health["realm"] == "demo",
        "the house does not say that it is a demonstration"
    );
    ensure!(!world.inside.is_empty(), "nobody lives inside of the area");
    Ok(format!(
        "{} invented subscribers, {} inside",
        world.demo.crowd().len(),
        world.inside.len()
    )
    .into())
}

/// Everybody signs in with both factors; every role is among them.
pub async fn everybody_signs_in(world: &mut World<'_>) -> Check<Found> {
    for role in Role::ALL {
        world.person(role)?;
    }
    for person in world.demo.people() {
        world.sign_in(person).await?;
        let me = world
            .read("sessions/current", &person.login)
            .await?
            .good()?;
        ensure!(
            me["role"] == person.role.as_str(),
            "{} has another role",
            person.login
        );
    }
    Ok(format!(
        "{} people of {} roles, two factors each",
        world.demo.people().len(),
        Role::ALL.len()
    )
    .into())
}

/// No token, a wrong code, a used code, the wrong role: no case is shown.
pub async fn strangers_are_refused(world: &mut World<'_>) -> Check<Found> {
    let officer = world.person(Role::Officer)?;
    let used =
        tifli_app::people::code_at(&officer.totp_secret, world.demo.now_ms()).unwrap_or_default();
    for (password, code) in [
        (officer.password.as_str(), used.as_str()),
        ("not-the-password", "000000"),
    ] {
        let body = json!({ "login": officer.login, "password": password, "totp": code });
        world.post("sessions", "", body).await?.refused(401, "")?;
    }
    world.read("cases", "").await?.refused(401, "")?;
    world.read("cases", ADMIN).await?.refused(403, "")?;
    world.read("people", OFFICER).await?.refused(403, "")?;
    Ok("a used code, a wrong password, no token, the wrong role".into())
}
