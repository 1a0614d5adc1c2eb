//! The program. The photo decoder comes before everything else: it must confine itself while there
//! is neither a thread nor an open file. Everything else is [`cli`].

mod admin;
mod cap;
mod cap_key;
mod cli;
mod config;
mod demo;
mod doctor;
mod failure;
mod headless;
mod house;
mod letters;
mod listen;
mod routes;
mod secrets;
mod serve;
mod system;
mod telemetry;
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    let decodes = std::env::args_os()
        .nth(1)
        .is_some_and(|first| first == "decode");
    if decodes {
        return tifli_photo::decode_main(std::io::stdin().lock(), std::io::stdout().lock());
    }
    cli::run()
}
