//! The command line: what can be asked for, and handing it on. `decode` is handled before this.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use reqwest::Url;

use crate::demo::{self, DemoSettings, Seed};
use crate::failure::{Done, Trying as _};
use crate::listen::parse_address;
use crate::{admin, cap, doctor, secrets, serve, terminal};

/// Where a demonstration listens unless told otherwise.
const DEMO_PORT: u16 = 8440;

/// Tifli: missing-child alerts, from the report to the recall.
#[derive(Parser)]
#[command(name = "tifli", version, about, arg_required_else_help = true)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a house: pages, console, API and workers in one process.
    Serve {
        /// The configuration file.
        #[arg(long)]
        config: PathBuf,
    },
    /// Run a demonstration: invented children, subscribers and partners, on this machine only.
    Demo(DemoArgs),
    /// Take a backup of a running house.
    #[command(subcommand)]
    Backup(Backup),
    /// The audit chain of a running house.
    #[command(subcommand)]
    Audit(Audit),
    /// Letters to subscribers.
    #[command(subcommand)]
    Mail(Mail),
    /// Messages of the Common Alerting Protocol.
    #[command(subcommand)]
    Cap(Cap),
    /// Check a configuration, the master key, the disk and the photo decoder.
    Doctor {
        /// The configuration file.
        #[arg(long)]
        config: PathBuf,
    },
    /// Print a new master key.
    MasterKey,
    /// Decode one photo from standard input, confined (internal).
    #[command(hide = true)]
    Decode,
}

#[derive(Args)]
struct DemoArgs {
    /// Keep everything in this folder, to go on with it later; otherwise it goes when the demonstration ends.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where to listen; port 0 takes any free one [default: localhost:8440, any port with --headless].
    #[arg(long, value_name = "HOST:PORT", value_parser = parse_address)]
    listen: Option<SocketAddr>,
    /// The port alone, on localhost.
    #[arg(long, conflicts_with = "listen")]
    port: Option<u16>,
    /// Write where everything is and who can sign in to this file, as JSON, once it can be used.
    #[arg(long)]
    ready_file: Option<PathBuf>,
    /// The country: ma, qa.
    #[arg(long, default_value = "ma")]
    pack: String,
    /// How many invented subscribers.
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    subscribers: u32,
    /// Send to this push service on this machine instead of an own one; may be repeated.
    #[arg(long, value_name = "ADDR:PORT")]
    partner: Vec<SocketAddr>,
    /// Let the system of a partner stand at this address on this machine, to be added in the console; may be repeated.
    #[arg(long, value_name = "ADDR:PORT")]
    system: Vec<SocketAddr>,
    /// Invent the same subscribers and phones again: 64 hexadecimal digits.
    #[arg(long, value_parser = demo::parse_seed)]
    seed: Option<Seed>,
    /// Live a whole case over HTTP, print one line a step, and end.
    #[arg(long)]
    headless: bool,
}

#[derive(Subcommand)]
enum Backup {
    /// Write rows and sealed photos, without any key, into a new folder of the server's machine.
    Create {
        /// The admin address, such as http://127.0.0.1:8441.
        #[arg(long)]
        admin: Url,
        /// The folder.
        #[arg(long)]
        to: PathBuf,
    },
}

#[derive(Subcommand)]
enum Cap {
    /// Say of each file whether it is valid, by the OASIS schema of its version; fail if any is not.
    Check(cap::CheckArgs),
}

#[derive(Subcommand)]
enum Mail {
    /// Hand a mail that came back, on standard input, to the running server: what a mail server pipes to.
    Bounce {
        /// The admin address, such as http://127.0.0.1:8441.
        #[arg(long)]
        admin: Url,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Read the chain from the first entry to the last.
    Verify {
        /// The admin address, such as http://127.0.0.1:8441.
        #[arg(long)]
        admin: Url,
    },
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let line = Line::parse();
    match obey(line.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::warn(&format!("tifli: {failure}"));
            failure.code()
        }
    }
}

fn obey(command: Command) -> Done {
    match command {
        Command::Serve { config } => on_runtime(serve::serve(&config)),
        Command::Demo(args) => on_runtime(demo::demo(args.into())),
        Command::Backup(Backup::Create { admin, to }) => {
            on_runtime(admin::create_backup(&admin, &to))
        }
        Command::Audit(Audit::Verify { admin }) => on_runtime(admin::verify_audit(&admin)),
        Command::Mail(Mail::Bounce { admin }) => on_runtime(admin::take_bounce(&admin)),
        Command::Cap(Cap::Check(args)) => cap::check(&args),
        Command::Doctor { config } => on_runtime(doctor::examine(&config)),
        Command::MasterKey => {
            terminal::say(&secrets::new_master_key());
            Ok(())
        }
        Command::Decode => Ok(()),
    }
}

fn on_runtime(command: impl Future<Output = Done>) -> Done {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.trying("starting the runtime")?.block_on(command)
}

impl From<DemoArgs> for DemoSettings {
    fn from(args: DemoArgs) -> Self {
        let usual = if args.headless { 0 } else { DEMO_PORT };
        let localhost = SocketAddr::from(([127, 0, 0, 1], args.port.unwrap_or(usual)));
        let listen = args.listen.unwrap_or(localhost);
        Self {
            data: args.data,
            listen,
            ready_file: args.ready_file,
            pack: args.pack,
            subscribers: args.subscribers,
            partners: args.partner,
            systems: args.system,
            seed: args.seed,
            headless: args.headless,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Line::command().debug_assert();
    }

    #[test]
    fn a_demonstration_listens_where_it_is_told() {
        let line = |args: &[&str]| Line::try_parse_from(args);
        let listen = |args: &[&str]| match line(args).unwrap().command {
            Command::Demo(args) => DemoSettings::from(args).listen.to_string(),
            _ => panic!("a demo was asked for"),
        };
        assert_eq!(listen(&["tifli", "demo"]), "127.0.0.1:8440");
        assert_eq!(
            listen(&["tifli", "demo", "--listen", "localhost:0"]),
            "127.0.0.1:0"
        );
        assert_eq!(listen(&["tifli", "demo", "--port", "0"]), "127.0.0.1:0");
        assert!(line(&["tifli", "demo", "--subscribers", "0"]).is_err());
        assert!(line(&["tifli", "demo", "--seed", "abc"]).is_err());
        assert!(line(&["tifli", "demo", "--seed", &"0a".repeat(32)]).is_ok());
    }
}
