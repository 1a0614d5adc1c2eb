//! How the child ties its own hands before it reads one byte of a stranger's file.
//! Not a container: it needs no privilege, no configuration and no helper program.
//!
//! Order of events matters in the product: `tifli decode` must come here before any asynchronous runtime or thread is
//! started, because each thread reserves address space for its stack and its allocator arena, which would be
//! charged against the memory limit. A plain single-threaded Rust program maps a few MiB and is not disturbed.

use std::io;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::limits::{CHILD_CPU_SECONDS, CHILD_MEMORY_BYTES};

/// How much the child may use. [`Default`] is what the product uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confinement {
    /// Processor time in seconds; one second later the kernel kills without a signal that could be caught.
    pub cpu_seconds: u64,
    /// Address space in bytes; a larger allocation ends the process.
    pub memory_bytes: u64,
}

impl Default for Confinement {
    fn default() -> Self {
        Self {
            cpu_seconds: CHILD_CPU_SECONDS,
            memory_bytes: CHILD_MEMORY_BYTES,
        }
    }
}

/// Lowers the limits of the calling process, for good.
///
/// Besides time and memory: no file descriptor can be made any more (the limit is zero, not small, so that closing a
/// pipe frees no number for a socket), so neither files nor the network can be opened; no byte can be written to a regular file; no
/// process or thread can be started (the kernel does not hold root to this one); no core is dumped; nobody else of
/// the same user may read the memory; no program started could gain privileges.
///
/// # Errors
/// What the kernel answered; the caller must then not touch the file.
pub fn confine(limits: &Confinement) -> io::Result<()> {
    lower(Resource::Core, 0, 0)?;
    lower(Resource::Fsize, 0, 0)?;
    lower(Resource::Nproc, 0, 0)?;
    lower(Resource::Cpu, limits.cpu_seconds, limits.cpu_seconds + 1)?;
    lower(Resource::As, limits.memory_bytes, limits.memory_bytes)?;
    lower(Resource::Nofile, 0, 0)?;
    harden()
}

/// Sets both limits of a resource, never above what the process already has.
fn lower(resource: Resource, soft: u64, hard: u64) -> io::Result<()> {
    let ceiling = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let new = Rlimit {
        current: Some(soft.min(ceiling)),
        maximum: Some(hard.min(ceiling)),
    };
    setrlimit(resource, new).map_err(io::Error::from)
}

#[cfg(target_os = "linux")]
fn harden() -> io::Result<()> {
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    rustix::thread::set_no_new_privs(true)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn harden() -> io::Result<()> {
    Ok(())
}
