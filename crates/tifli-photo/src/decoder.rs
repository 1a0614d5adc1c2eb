//! The parent's side: starts the confined child for each photo, feeds it, and stops it when it takes too long.
//! Not for deciding what happens to a refused photo; the caller keeps the original or not.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;

use crate::answer::{Decoded, read_answer};
use crate::child::EXIT_NOT_CONFINED;
use crate::error::PhotoError;
use crate::limits::{CHILD_WALL, CHILDREN_AT_ONCE, MAX_ANSWER_BYTES, MAX_INPUT_BYTES};

/// The signals the kernel sends when processor time is used up: SIGXCPU at the soft limit, SIGKILL at the hard one.
const OUT_OF_TIME: [i32; 2] = [24, 9];

/// Decodes photos in child processes. Clones share their two places.
#[derive(Debug, Clone)]
pub struct Decoder {
    program: PathBuf,
    args: Vec<OsString>,
    wall: Duration,
    places: Arc<Semaphore>,
}

impl Decoder {
    /// A decoder that runs `program` with `args`: in the product, the running binary itself (an
    /// absolute path, since the child starts in the root folder) and `decode`.
    pub fn new(program: PathBuf, args: Vec<OsString>) -> Self {
        Self {
            program,
            args,
            wall: CHILD_WALL,
            places: Arc::new(Semaphore::new(CHILDREN_AT_ONCE)),
        }
    }

    /// The same decoder with another wall limit.
    pub fn with_wall(self, wall: Duration) -> Self {
        Self { wall, ..self }
    }

    /// Decodes one photo in a child of its own. Waits for a free place first; the wall limit counts from the start
    /// of the child. Dropping the future kills the child.
    ///
    /// # Errors
    /// [`PhotoError`]; see [`PhotoError::blames_the_file`] for who is at fault.
    pub async fn decode(&self, bytes: &[u8]) -> Result<Decoded, PhotoError> {
        if bytes.len() > MAX_INPUT_BYTES {
            return Err(PhotoError::TooLargeBytes);
        }
        let _place = self.places.acquire().await.map_err(|_| PhotoError::Spawn)?;
        let mut child = self.spawn().map_err(|_| PhotoError::Spawn)?;
        let outcome = tokio::time::timeout(self.wall, talk(&mut child, bytes)).await;
        match outcome {
            Ok(Ok((status, answer))) => judge(status, &answer),
            Ok(Err(_)) => stop(child).await.and(Err(PhotoError::Crashed)),
            Err(_) => stop(child).await.and(Err(PhotoError::TooSlow)),
        }
    }

    /// Starts the child with no environment, no working folder of interest, and nobody to talk to but us. Its own process group
    /// keeps a Ctrl-C at the server's terminal from killing a photo half way through a graceful stop.
    fn spawn(&self) -> io::Result<Child> {
        Command::new(&self.program)
            .args(&self.args)
            .env_clear()
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }
}

/// Feeds the child while reading its answer, then waits for its end.
async fn talk(child: &mut Child, bytes: &[u8]) -> io::Result<(ExitStatus, Vec<u8>)> {
    let stdin = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let ((), answer) = tokio::try_join!(feed(stdin, bytes), listen(stdout))?;
    Ok((child.wait().await?, answer))
}

/// A child may answer before it has read everything, so a broken pipe here is no failure: its answer decides.
async fn feed(mut stdin: ChildStdin, bytes: &[u8]) -> io::Result<()> {
    match stdin.write_all(bytes).await {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

async fn listen(stdout: ChildStdout) -> io::Result<Vec<u8>> {
    let mut answer = Vec::new();
    stdout
        .take(MAX_ANSWER_BYTES as u64 + 1)
        .read_to_end(&mut answer)
        .await?;
    if answer.len() > MAX_ANSWER_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(answer)
}

/// Kills and reaps. A child that is already gone is as good.
async fn stop(mut child: Child) -> Result<(), PhotoError> {
    child.kill().await.map_err(|_| PhotoError::Crashed)
}

fn judge(status: ExitStatus, answer: &[u8]) -> Result<Decoded, PhotoError> {
    match (status.code(), status.signal()) {
        (Some(0), _) => read_answer(answer),
        (Some(code), _) if code == i32::from(EXIT_NOT_CONFINED) => Err(PhotoError::Spawn),
        (_, Some(signal)) if OUT_OF_TIME.contains(&signal) => Err(PhotoError::TooSlow),
        _ => Err(PhotoError::Crashed),
    }
}
