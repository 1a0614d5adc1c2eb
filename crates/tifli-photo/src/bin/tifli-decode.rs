//! The decoding child on its own, so that this crate's tests have a program to start. The product never ships it: there the
//! same function runs as `tifli decode`. The flags play children gone wrong and exist only here.

use std::io::{self, Write};
use std::net::UdpSocket;
use std::process::{Command, ExitCode};
use std::{fs, hint, thread};

use tifli_photo::{Confinement, confine, decode_main, portrait, render, write_answer};

fn main() -> ExitCode {
    let flag = std::env::args().nth(1);
    let played = match flag.as_deref() {
        None => return decode_main(io::stdin().lock(), io::stdout().lock()),
        Some("--spin") => spin(),
        Some("--burn") => burn(),
        Some("--starve") => starve(),
        Some("--flood") => flood(),
        Some("--garble") => io::stdout().write_all(b"\0\0\0\x02{}and more"),
        Some("--smuggle") => smuggle(),
        Some("--probe") => probe(),
        Some("--die") => return ExitCode::from(3),
        Some(_) => return ExitCode::from(64),
    };
    if played.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Never ends and uses no processor time.
fn spin() -> io::Result<()> {
    loop {
        thread::park();
    }
}

/// Uses processor time for ever, under a limit of one second.
fn burn() -> io::Result<()> {
    confine(&Confinement {
        cpu_seconds: 1,
        ..Confinement::default()
    })?;
    loop {
        hint::black_box(0);
    }
}

/// Asks for twice the memory it may have.
fn starve() -> io::Result<()> {
    let limits = Confinement::default();
    confine(&limits)?;
    let hoard = vec![1_u8; usize::try_from(limits.memory_bytes).map_err(io::Error::other)? * 2];
    hint::black_box(&hoard);
    Ok(())
}

/// Answers without end.
fn flood() -> io::Result<()> {
    loop {
        io::stdout().write_all(&[b'x'; 4096])?;
    }
}

/// A well-formed answer whose JPEGs carry a comment.
fn smuggle() -> io::Result<()> {
    let mut answer = render(&portrait::jpeg(1));
    for rendition in answer
        .iter_mut()
        .flat_map(|decoded| &mut decoded.renditions)
    {
        rendition.jpeg.splice(2..2, *b"\xFF\xFE\0\x08secret");
    }
    write_answer(&answer, &mut io::stdout())
}

/// Tries, confined, what an attacker would try, and reports how each attempt ended.
fn probe() -> io::Result<()> {
    confine(&Confinement::default())?;
    let attempts = [
        ("file", fs::File::open("/etc/passwd").is_ok()),
        ("socket", UdpSocket::bind("127.0.0.1:0").is_ok()),
        (
            "program",
            Command::new("/bin/true")
                .status()
                .is_ok_and(|status| status.success()),
        ),
    ];
    for (name, succeeded) in attempts {
        writeln!(
            io::stdout(),
            "{name} {}",
            if succeeded { "opened" } else { "refused" }
        )?;
    }
    Ok(())
}
