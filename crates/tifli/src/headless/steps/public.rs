//! What anybody sees: the page, the feed, the CAP document.

use tifli_cap::{MsgType, Status};

use super::report::PRIVATE;
use crate::headless::client::{Check, Wrong};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// The page in each language that an alert needs: the child is on it, nothing private is.
pub async fn page_shows_the_child_and_nothing_private(world: &mut World<'_>) -> Check<Found> {
    let code = world.known("code")?;
    let languages = &world.demo.pack().languages().suffice;
    for language in languages {
        let language = language.as_str();
        let page = world.client.get(&format!("/{language}/a/{code}")).await?;
        page.status(200)?;
        let page = page.text();
        let name = if language == "ar" {
            "سلمى"
        } else {
            "Salma"
        };
        ensure!(
            page.contains(name),
            "the page in {language} does not name the child"
        );
        let number = &world.demo.pack().call().number;
        ensure!(
            page.contains(number.as_str()),
            "no number to call in {language}"
        );
        let private = PRIVATE.iter().find(|private| page.contains(**private));
        ensure!(
            private.is_none(),
            "the page in {language} shows something private"
        );
        let home = world.client.get(&format!("/{language}")).await?;
        ensure!(
            home.text().contains(&code),
            "the list in {language} does not have it"
        );
    }
    let photo = world.client.get(&format!("/a/{code}/photo.jpg")).await?;
    photo.status(200)?;
    ensure!(
        photo.bytes().starts_with(&[0xff, 0xd8]),
        "the photo is no JPEG"
    );
    let card = world.client.get(&format!("/a/{code}/card.jpg")).await?;
    card.status(200)?;
    world.learn("card", &card.bytes().len().to_string());
    verified(world, &code).await?;
    Ok(format!(
        "page and list in {} languages, photo, verification",
        languages.len()
    )
    .into())
}

/// By code, by link and by text: an exercise, as everything of a demonstration; a text with a word more is not ours.
async fn verified(world: &World<'_>, code: &str) -> Check<()> {
    let page = world.client.get(&format!("/v/{code}")).await?;
    page.status(200)?;
    let said = world.client.get(&format!("/v/{code}.json")).await?;
    ensure!(said.json()["state"] == "exercise", "the code is not known");
    let signed = world.client.get(&format!("/v/{code}.signed.json")).await?;
    signed.status(200)?;
    for (text, state) in [
        (code.to_owned(), "exercise"),
        (format!("{code} 0600000000"), "not_ours"),
    ] {
        let asked = serde_json::json!({ "text": text });
        let answer = world.post("verify", "", asked).await?.good()?;
        ensure!(answer["state"] == state, "it is not said to be {state}");
    }
    Ok(())
}

/// The feed names the document; the document is valid CAP and says that it is a test.
pub async fn feed_and_cap_have_it(world: &mut World<'_>) -> Check<Found> {
    let address = cap_address(world).await?;
    let document = cap_at(world, &address).await?;
    ensure!(
        document.msg_type == MsgType::Alert,
        "the CAP document is no alert"
    );
    ensure!(
        document.status == Status::Test,
        "a demonstration's alert is not marked as a test"
    );
    let needed = world.demo.pack().languages().suffice.len();
    ensure!(
        document.info.len() >= needed,
        "a language is missing in the CAP document"
    );
    let areas = document.info.iter().all(|info| !info.area.is_empty());
    ensure!(areas, "an area is missing in the CAP document");
    world.learn("cap", &address);
    Ok(format!("valid CAP 1.2 in {} languages", document.info.len()).into())
}

/// The address of the newest document in the feed.
pub async fn cap_address(world: &World<'_>) -> Check<String> {
    let language = world
        .demo
        .pack()
        .languages()
        .alert
        .first()
        .map_or("ar", |tag| tag.as_str());
    let feed = world.client.get(&format!("/{language}/feed.atom")).await?;
    feed.status(200)?;
    let feed = feed.text();
    let none = || Wrong("the feed names no CAP document".into());
    let rest = feed.split("/cap/").nth(1).ok_or_else(none)?;
    let file = rest.split(['"', '<', '&']).next().ok_or_else(none)?;
    Ok(format!("/cap/{file}"))
}

/// The document at an address, read by our own strict reader.
pub async fn cap_at(world: &World<'_>, address: &str) -> Check<tifli_cap::Alert> {
    let document = world.client.get(address).await?;
    document.status(200)?;
    let text = document.text();
    let private = PRIVATE.iter().any(|private| text.contains(private));
    ensure!(!private, "the CAP document holds something private");
    tifli_cap::parse(&text)
        .map_err(|error| Wrong(format!("the CAP document is not valid: {error}")))
}
