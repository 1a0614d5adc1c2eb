//! The built binary as a process that is started, killed and started again on the same folder.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::log::{FILTER, Log};

/// How long a start may take before the test gives up on it, in tenths of a second.
const PATIENCE: u32 = 1_200;

pub struct Node {
    folder: PathBuf,
    partners: Vec<SocketAddr>,
    systems: Vec<SocketAddr>,
    seed: String,
    child: Child,
    pub ready: Value,
}

impl Node {
    /// Starts on `folder`, sending to these push services instead of one of its own, and with leave
    /// to call these systems.
    pub async fn start(
        folder: &Path,
        (partners, systems): (&[SocketAddr], &[SocketAddr]),
        seed: &[u8; 32],
    ) -> Self {
        let seed = tifli_app::hex(seed);
        let (child, ready) = launch(folder, (partners, systems), (&seed, 0)).await;
        Self {
            folder: folder.to_owned(),
            partners: partners.to_vec(),
            systems: systems.to_vec(),
            seed,
            child,
            ready,
        }
    }

    /// `kill -9`, at once.
    pub fn kill(&mut self) {
        self.child.kill().expect("the process can be killed");
        self.child.wait().expect("the process has ended");
    }

    /// What it logs, over all its lives.
    pub fn log(&self) -> Log {
        Log::new(log_of(&self.folder))
    }

    /// Starts again on the same folder, at the same address: what it tells others links there.
    pub async fn restart(&mut self) {
        let called = (&self.partners[..], &self.systems[..]);
        let (child, ready) = launch(&self.folder, called, (&self.seed, self.port())).await;
        self.child = child;
        self.ready = ready;
    }

    fn port(&self) -> u16 {
        let base = self.base_url();
        let port = base.rsplit(':').next().and_then(|port| port.parse().ok());
        port.expect("an address with its port")
    }

    pub fn base_url(&self) -> String {
        self.ready["base_url"]
            .as_str()
            .expect("an address")
            .to_owned()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended already; there is nobody left to tell.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn log_of(folder: &Path) -> PathBuf {
    folder.with_extension("log")
}

async fn launch(
    folder: &Path,
    (partners, systems): (&[SocketAddr], &[SocketAddr]),
    (seed, port): (&str, u16),
) -> (Child, Value) {
    let ready = folder.with_extension("ready");
    if ready.exists() {
        std::fs::remove_file(&ready).expect("the ready file can be removed");
    }
    let log = File::options()
        .create(true)
        .append(true)
        .open(log_of(folder))
        .expect("a log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tifli"));
    command
        .args(["demo", "--pack", "qa", "--subscribers", "2000"])
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .args(["--seed", seed])
        .arg("--data")
        .arg(folder)
        .arg("--ready-file")
        .arg(&ready)
        .env("TIFLI_LOG", FILTER)
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("a log"))
        .stderr(log);
    for partner in partners {
        command.arg("--partner").arg(partner.to_string());
    }
    for system in systems {
        command.arg("--system").arg(system.to_string());
    }
    let mut child = command.spawn().expect("the binary starts");
    for _ in 0..PATIENCE {
        if let Ok(text) = std::fs::read(&ready) {
            return (
                child,
                serde_json::from_slice(&text).expect("the ready file is JSON"),
            );
        }
        let ended = child.try_wait().expect("the process can be asked");
        assert!(ended.is_none(), "it ended while starting: {ended:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it was not ready in time");
}
