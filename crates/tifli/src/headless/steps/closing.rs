//! From found to closed, by the API alone.

use serde_json::{Value, json};

use super::OFFICER;
use crate::headless::client::Check;
use crate::headless::ensure;
use crate::headless::world::World;

/// Records everything between found and closed for a child found `alive` or `dead`, and closes the
/// file; what is recorded already is left as it is. Before that the close is refused and names what is open.
pub async fn wind_up(world: &World<'_>, case: &str, found: &str) -> Check<()> {
    let close = format!("cases/{case}/close");
    let early = world.post(&close, OFFICER, Value::Null).await?;
    early.refused(409, "closing_open")?;
    let path = format!("cases/{case}/closing");
    let before = world.read(&path, OFFICER).await?.good()?;
    let open = before["open"].as_array().cloned().unwrap_or_default();
    for (item, word) in [
        ("located", "police"),
        ("seen", found),
        ("safe", "safe"),
        ("decision", "return"),
        ("hand_over", ""),
        ("family_told", ""),
        ("interview", "accepted"),
        ("outcome", "contributed"),
    ] {
        let dead = found == "dead";
        let needless = dead && ["safe", "interview"].contains(&item);
        if needless || !open.iter().any(|open| open == item) {
            continue;
        }
        let word = match item {
            "decision" if dead => "inquiry",
            _ => word,
        };
        say(world, case, (item, word)).await?.good()?;
    }
    super::bulletin::cessation_acknowledged(world, case).await?;
    let closing = world.read(&path, OFFICER).await?.good()?;
    ensure!(
        closing["closable"] == Value::Bool(true),
        "still open: {}",
        closing["open"]
    );
    world.post(&close, OFFICER, Value::Null).await?.good()?;
    Ok(())
}

/// Records one item as done, with a name.
pub async fn say(
    world: &World<'_>,
    case: &str,
    (item, word): (&str, &str),
) -> Check<crate::headless::client::Answer> {
    let said = json!({
        "item": item,
        "how": "done",
        "word": word,
        "name": "Person Invented",
    });
    world
        .post(&format!("cases/{case}/closing"), OFFICER, said)
        .await
}
