//! Live pages: a stream of server-sent events that says *that* something changed, with ids and counts only. A page that
//! comes back after a pause is told to look again, whatever it missed; the room's pages are told in order what that was.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use tifli_app::bus::{Event, Mark, Resumed, Rung};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::request::SignedIn;
use crate::server::WebState;

pub use axum::response::sse::Event as Told;

/// How often an idle stream says that it lives.
const ALIVE: Duration = Duration::from_secs(20);
/// How soon a page of the room comes back.
const RETRY: Duration = Duration::from_secs(2);

/// What a live page hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It has just connected, or something was missed: look at everything again.
    LookAgain,
    /// Something changed.
    Rung(Event),
}

struct Line {
    state: WebState,
    expires_ms: i64,
    bell: Receiver<Event>,
    closing: watch::Receiver<bool>,
    first: bool,
}

/// What happens from now on, beginning with [`Heard::LookAgain`]. It ends with the session and with the server.
pub fn listen(state: &WebState, who: &SignedIn) -> impl Stream<Item = Heard> + use<> {
    let line = Line {
        state: state.clone(),
        expires_ms: who.session.who.expires_ms,
        bell: state.app().bus().listen(),
        closing: state.closing(),
        first: true,
    };
    stream::unfold(line, |mut line| async move {
        let heard = line.next().await?;
        Some((heard, line))
    })
}

/// An answer of events. `told` makes one of what is heard, or leaves it out.
pub fn answer<F, T>(state: &WebState, who: &SignedIn, told: F) -> Response
where
    F: Fn(Heard) -> T + Send + 'static,
    T: Future<Output = Option<Told>> + Send + 'static,
{
    let events = listen(state, who).filter_map(told).map(Ok::<_, Infallible>);
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(ALIVE))
        .into_response();
    let headers = response.headers_mut();
    headers.insert(
        "x-accel-buffering",
        axum::http::HeaderValue::from_static("no"),
    );
    response
}

/// The stream of the board: each event says how many duties are late.
pub fn board(state: &WebState, who: &SignedIn) -> Response {
    let (app, actor) = (state.app().clone(), who.actor.clone());
    answer(state, who, move |heard| {
        let (app, actor) = (app.clone(), actor.clone());
        async move {
            if matches!(heard, Heard::Rung(Event::Delivery(_) | Event::Tip(_))) {
                return None;
            }
            let late = app.late_duties(&actor).await.ok()?;
            Some(Told::default().event("changed").data(late.to_string()))
        }
    })
}

/// The stream of the live board and of the queue: what kind of thing changed, never what. Each event has an id, and a
/// page that comes back with the last one it heard (`Last-Event-ID`) is told in order what it missed; if that is not
/// held any more, it is told to look at everything.
pub fn room(state: &WebState, who: &SignedIn, last: Option<Mark>) -> Response {
    let opened = Told::default().retry(RETRY).comment("room");
    let told =
        stream::once(std::future::ready(opened)).chain(follow(state, who, last).map(numbered));
    let mut response = Sse::new(told.map(Ok::<_, Infallible>))
        .keep_alive(KeepAlive::new().interval(ALIVE))
        .into_response();
    let headers = response.headers_mut();
    headers.insert(
        "x-accel-buffering",
        axum::http::HeaderValue::from_static("no"),
    );
    response
}

/// What a page of the room hears, each with where it then stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The id to come back with.
    pub mark: Mark,
    /// What happened.
    pub heard: Heard,
}

/// What happens from where a page stopped hearing. It ends with the session and with the server.
pub fn follow(
    state: &WebState,
    who: &SignedIn,
    last: Option<Mark>,
) -> impl Stream<Item = Followed> + use<> {
    let Resumed {
        mark,
        missed,
        from_now,
    } = state.app().bus().resume(last);
    let run = mark.run;
    let mut first: VecDeque<Followed> = VecDeque::new();
    match missed {
        Some(missed) => first.extend(missed.into_iter().map(|rung| at(run, rung))),
        None => first.push_back(Followed {
            mark,
            heard: Heard::LookAgain,
        }),
    }
    let line = RoomLine {
        state: state.clone(),
        expires_ms: who.session.who.expires_ms,
        closing: state.closing(),
        bell: from_now,
        first,
        run,
    };
    stream::unfold(line, |mut line| async move {
        let heard = line.next().await?;
        Some((heard, line))
    })
}

struct RoomLine {
    state: WebState,
    expires_ms: i64,
    closing: watch::Receiver<bool>,
    bell: Receiver<Rung>,
    first: VecDeque<Followed>,
    run: u64,
}

impl RoomLine {
    async fn next(&mut self) -> Option<Followed> {
        if *self.closing.borrow() || self.state.app().now_ms() >= self.expires_ms {
            return None;
        }
        if let Some(missed) = self.first.pop_front() {
            return Some(missed);
        }
        let rung = tokio::select! {
            rung = self.bell.recv() => rung,
            _ = self.closing.changed() => return None,
        };
        if self.state.app().now_ms() >= self.expires_ms {
            return None;
        }
        match rung {
            Ok(rung) => Some(at(self.run, rung)),
            Err(RecvError::Lagged(_)) => {
                let Resumed { mark, from_now, .. } = self.state.app().bus().resume(None);
                self.bell = from_now;
                Some(Followed {
                    mark,
                    heard: Heard::LookAgain,
                })
            }
            Err(RecvError::Closed) => None,
        }
    }
}

fn at(run: u64, rung: Rung) -> Followed {
    Followed {
        mark: Mark {
            run,
            number: rung.number,
        },
        heard: Heard::Rung(rung.event),
    }
}

fn numbered(followed: Followed) -> Told {
    let kind = match followed.heard {
        Heard::LookAgain => "all",
        Heard::Rung(Event::Case(_)) => "case",
        Heard::Rung(Event::Alert(_)) => "alert",
        Heard::Rung(Event::Delivery(_)) => "delivery",
        Heard::Rung(Event::Venue) => "venue",
        Heard::Rung(Event::Tip(_)) => "tip",
        Heard::Rung(Event::Board) => "board",
        Heard::Rung(Event::Bulletin(_)) => "bulletin",
    };
    let told = Told::default().event("changed").data(kind);
    told.id(followed.mark.to_string())
}

/// The stream of the venues' page: each event says how many alerts need somebody.
pub fn venues(state: &WebState, who: &SignedIn) -> Response {
    let (app, actor) = (state.app().clone(), who.actor.clone());
    answer(state, who, move |heard| {
        let (app, actor) = (app.clone(), actor.clone());
        async move {
            if !matches!(heard, Heard::LookAgain | Heard::Rung(Event::Venue)) {
                return None;
            }
            let open = app.live_venue_cases(&actor).await.ok()?;
            Some(Told::default().event("changed").data(open.to_string()))
        }
    })
}

/// The stream of the tips' queue: each event says how many wait.
pub fn tips(state: &WebState, who: &SignedIn) -> Response {
    let (app, actor) = (state.app().clone(), who.actor.clone());
    answer(state, who, move |heard| {
        let (app, actor) = (app.clone(), actor.clone());
        async move {
            if !matches!(heard, Heard::LookAgain | Heard::Rung(Event::Tip(_))) {
                return None;
            }
            let waiting = app.all_waiting_tips(&actor).await.ok()?;
            Some(Told::default().event("changed").data(waiting.to_string()))
        }
    })
}

impl Line {
    async fn next(&mut self) -> Option<Heard> {
        if std::mem::take(&mut self.first) {
            return Some(Heard::LookAgain);
        }
        if *self.closing.borrow() || self.state.app().now_ms() >= self.expires_ms {
            return None;
        }
        let rung = tokio::select! {
            rung = self.bell.recv() => rung,
            _ = self.closing.changed() => return None,
        };
        if self.state.app().now_ms() >= self.expires_ms {
            return None;
        }
        match rung {
            Ok(event) => Some(Heard::Rung(event)),
            Err(RecvError::Lagged(_)) => Some(Heard::LookAgain),
            Err(RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;

    use axum::extract::FromRequestParts;
    use axum::http::{Request, header};
    use tifli_app::people::{Factor, SessionKind};
    use tifli_app::testing::{DISTRICT, PASSWORD, TestHouse};
    use tifli_domain::Role;
    use tifli_domain::ports::Entropy;

    use super::*;
    use crate::request::authenticate;
    use crate::server::WebSettings;

    struct Zero;
    impl Entropy for Zero {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    async fn room(house: &TestHouse) -> (WebState, SignedIn) {
        let state = WebState::new(house.app.clone(), WebSettings::default(), Arc::new(Zero));
        let (_, person) = house.person(Role::Room, DISTRICT).await;
        let factor = Factor::Totp(house.code(&person));
        let signed_in = house
            .app
            .sign_in(&person.login, PASSWORD, &factor, SessionKind::Bearer);
        let bearer = format!("Bearer {}", signed_in.await.unwrap().token);
        let request = Request::get("/").header(header::AUTHORIZATION, bearer);
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let session = authenticate(&state, &parts.headers, SessionKind::Bearer).await;
        parts.extensions.insert(session.unwrap().unwrap());
        let who = SignedIn::from_request_parts(&mut parts, &state)
            .await
            .unwrap();
        (state, who)
    }

    #[tokio::test]
    async fn a_page_looks_at_everything_first_and_then_hears_what_rings() {
        let house = TestHouse::new().await;
        let (state, who) = room(&house).await;
        let mut heard = pin!(listen(&state, &who));
        assert_eq!(heard.next().await, Some(Heard::LookAgain));
        house.app.bus().ring(Event::Tip("tip_1".to_owned()));
        assert_eq!(
            heard.next().await,
            Some(Heard::Rung(Event::Tip("tip_1".to_owned())))
        );
    }

    #[tokio::test]
    async fn who_missed_too_much_looks_at_everything_again() {
        let house = TestHouse::new().await;
        let (state, who) = room(&house).await;
        let mut heard = pin!(listen(&state, &who));
        heard.next().await;
        for n in 0..5_000 {
            house.app.bus().ring(Event::Tip(n.to_string()));
        }
        assert_eq!(heard.next().await, Some(Heard::LookAgain));
    }

    #[tokio::test]
    async fn a_page_of_the_room_that_was_cut_off_hears_every_event_once_and_in_order() {
        let house = TestHouse::new().await;
        let (state, who) = room(&house).await;
        let ring = |n: u64| house.app.bus().ring(Event::Tip(n.to_string()));
        let tip = |n: u64| Heard::Rung(Event::Tip(n.to_string()));
        let mut heard = pin!(follow(&state, &who, None));
        let first = heard.next().await.unwrap();
        assert_eq!(
            first.heard,
            Heard::LookAgain,
            "who comes new looks at everything"
        );
        ring(1);
        let last = heard.next().await.unwrap();
        assert_eq!(last.heard, tip(1));
        for n in 2..=40 {
            ring(n);
        }
        let mut back = pin!(follow(&state, &who, Some(last.mark)));
        for n in 2..=40 {
            assert_eq!(back.next().await.unwrap().heard, tip(n));
        }
        ring(41);
        assert_eq!(back.next().await.unwrap().heard, tip(41));
        let foreign = Mark {
            run: last.mark.run ^ 1,
            ..last.mark
        };
        let mut other = pin!(follow(&state, &who, Some(foreign)));
        assert_eq!(other.next().await.unwrap().heard, Heard::LookAgain);
    }

    #[tokio::test]
    async fn a_stream_ends_with_the_session_and_with_the_server() {
        let house = TestHouse::new().await;
        let (state, who) = room(&house).await;
        let mut first = pin!(listen(&state, &who));
        let mut second = pin!(listen(&state, &who));
        first.next().await;
        second.next().await;
        state.close();
        assert_eq!(first.next().await, None);
        house.clock.advance(9 * 60 * 60 * 1_000);
        house.app.bus().ring(Event::Tip("tip_1".to_owned()));
        assert_eq!(second.next().await, None);
    }
}
