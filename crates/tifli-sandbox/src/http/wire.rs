//! Sockets that can misbehave below HTTP: hang up, send garbage, stop in the middle of an answer.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

const GARBAGE: &[u8] = b"\x16\x03\x01\x00\xff\x00\x07tifli sandbox: this is not HTTP\r\n\r\n";
/// How much of an answer is kept back when it is cut.
const CUT: usize = 16;

/// What the next write on a connection becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mischief {
    /// What it should be.
    None,
    /// Nothing: the connection closes.
    HangUp,
    /// Octets that are not HTTP, then the end.
    Garbage,
    /// All but the last octets, then the end.
    Cut,
}

/// Lets a handler script the connection its request came by.
#[derive(Clone, Debug)]
pub(crate) struct Wire(Arc<AtomicU8>);

/// A listener whose connections can be scripted.
pub(crate) struct ScriptedListener(TcpListener);

/// One such connection.
pub(crate) struct ScriptedStream {
    inner: TcpStream,
    wire: Wire,
}

impl Wire {
    pub(crate) fn script(&self, mischief: Mischief) {
        self.0.store(mischief as u8, Ordering::Release);
    }

    fn mischief(&self) -> Mischief {
        match self.0.load(Ordering::Acquire) {
            1 => Mischief::HangUp,
            2 => Mischief::Garbage,
            3 => Mischief::Cut,
            _ => Mischief::None,
        }
    }
}

impl ScriptedListener {
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<(Self, SocketAddr)> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok((Self(listener), address))
    }
}

impl Listener for ScriptedListener {
    type Io = ScriptedStream;
    type Addr = Wire;

    async fn accept(&mut self) -> (ScriptedStream, Wire) {
        loop {
            match self.0.accept().await {
                Ok((inner, _)) => {
                    if let Err(error) = inner.set_nodelay(true) {
                        tracing::debug!(%error, "sandbox connection without nodelay");
                    }
                    let wire = Wire(Arc::default());
                    return (
                        ScriptedStream {
                            inner,
                            wire: wire.clone(),
                        },
                        wire,
                    );
                }
                Err(error) => {
                    tracing::warn!(%error, "sandbox cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<Wire> {
        Ok(Wire(Arc::default()))
    }
}

impl Connected<IncomingStream<'_, ScriptedListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, ScriptedListener>) -> Self {
        stream.remote_addr().clone()
    }
}

impl AsyncRead for ScriptedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for ScriptedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let instead = match self.wire.mischief() {
            Mischief::None => return Pin::new(&mut self.inner).poll_write(context, buffer),
            Mischief::HangUp => &[],
            Mischief::Garbage => GARBAGE,
            Mischief::Cut => &buffer[..buffer.len().saturating_sub(CUT)],
        };
        let written = Pin::new(&mut self.inner).poll_write(context, instead);
        if written.is_pending() {
            return Poll::Pending;
        }
        // The error makes the server drop the connection, which is the point.
        self.wire.script(Mischief::HangUp);
        Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
