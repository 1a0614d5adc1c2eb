//! One PostgreSQL cluster per test binary, made on first use.
//!
//! It listens on a socket in its own folder only. It ends when the test binary does, however that
//! ends: a small shell waits on a pipe that the binary holds open, then stops the server.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::{Connection as _, Executor as _};
use tokio::sync::OnceCell;

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static NEXT: AtomicUsize = AtomicUsize::new(1);

struct Cluster {
    folder: PathBuf,
    /// Its standard input is the pipe; never waited for.
    _watcher: Mutex<Child>,
}

/// Makes an empty database and returns its address.
pub(super) async fn new_database() -> String {
    let cluster = CLUSTER
        .get_or_init(|| async {
            tokio::task::spawn_blocking(start)
                .await
                .expect("starting PostgreSQL does not panic")
        })
        .await;
    let name = format!("story_{}", NEXT.fetch_add(1, Ordering::SeqCst));
    let mut conn = sqlx::PgConnection::connect(&cluster.address("postgres"))
        .await
        .expect("the cluster answers");
    conn.execute(sqlx::AssertSqlSafe(format!("create database {name}")))
        .await
        .expect("a database can be made");
    conn.close().await.expect("the connection closes");
    cluster.address(&name)
}

impl Cluster {
    fn address(&self, database: &str) -> String {
        let socket = self.folder.to_string_lossy();
        format!("postgres://postgres@localhost/{database}?host={socket}")
    }
}

fn start() -> Cluster {
    let bin = find_binaries();
    let folder = tempfile::Builder::new()
        .prefix("tifli-pg-")
        .tempdir()
        .expect("a temporary folder can be made")
        .keep();
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(&folder));
    }
    let data = folder.join("data");
    run(as_postgres(&bin.join("initdb"))
        .arg("-D")
        .arg(&data)
        .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"])
        .args(["--no-locale", "--no-sync"]));
    // The test is not about surviving a power cut, so syncing is off; all else is as delivered.
    let options = format!(
        "-k {} -c listen_addresses='' -c fsync=off -c max_connections=200",
        folder.display()
    );
    run(as_postgres(&bin.join("pg_ctl"))
        .arg("-D")
        .arg(&data)
        .arg("-l")
        .arg(folder.join("log"))
        .args(["-w", "-s", "-o", &options, "start"]));
    Cluster {
        _watcher: Mutex::new(watch(&bin, &folder)),
        folder,
    }
}

fn watch(bin: &Path, folder: &Path) -> Child {
    use std::os::unix::process::CommandExt as _;
    let script = format!(
        "cat >/dev/null; '{}' -D '{folder}/data' -m immediate -s stop; rm -rf '{folder}'",
        bin.join("pg_ctl").display(),
        folder = folder.display(),
    );
    as_postgres(Path::new("/bin/sh"))
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell can be started")
}

fn find_binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut found: Vec<PathBuf> = versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .expect("PostgreSQL is needed for this test: install the package postgresql-15")
}

/// PostgreSQL refuses to run as root; then its own user runs it.
fn as_postgres(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn run(command: &mut Command) {
    let output = command
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .expect("the program can be started");
    assert!(
        output.status.success(),
        "{command:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
