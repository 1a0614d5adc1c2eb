//! Logs and metrics. Logs are JSON lines for a server and short text for a demonstration; neither
//! ever holds what a person typed. Not for the terminal's summary.

use std::io::IsTerminal as _;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::failure::{Done, Failure, Trying as _};

/// How logs look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logs {
    /// One JSON object a line.
    Json,
    /// Short text, warnings and worse.
    Text,
}

/// Starts logging to standard error. `TIFLI_LOG` changes what is logged.
pub fn start_logs(logs: Logs) -> Done {
    let usual = match logs {
        Logs::Json => "info,sqlx=warn,hyper=warn,reqwest=warn",
        Logs::Text => "warn",
    };
    let filter = EnvFilter::builder()
        .with_env_var("TIFLI_LOG")
        .with_default_directive(tracing::Level::WARN.into())
        .try_from_env()
        .unwrap_or_else(|_| EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let begun = match logs {
        Logs::Json => builder.json().flatten_event(true).try_init(),
        Logs::Text => builder.compact().without_time().try_init(),
    };
    begun.map_err(|error| Failure::new(format!("logging cannot start: {error}")))
}

/// Starts collecting metrics; the handle writes them out.
pub fn start_metrics() -> Done<PrometheusHandle> {
    PrometheusBuilder::new()
        .install_recorder()
        .trying("starting the metrics")
}
