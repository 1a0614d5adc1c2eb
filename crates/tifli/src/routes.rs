//! The two doors of a house: what the world may reach, and what only this machine may.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use tifli_app::App;
use tifli_web::admin::{AdminState, admin_router};
use tifli_web::server::{WebSettings, WebState, public_router};
use tokio::net::TcpListener;

use crate::listen::Listening;
use crate::system;

/// The public door.
pub struct Public {
    /// Already bound.
    pub listener: TcpListener,
    /// Where.
    pub address: SocketAddr,
    /// How the web side behaves.
    pub web: WebSettings,
}

/// The door for this machine.
pub struct Admin {
    /// Already bound.
    pub listener: TcpListener,
    /// Where.
    pub address: SocketAddr,
    /// Where the house keeps its data: readiness writes a few bytes there.
    pub data: PathBuf,
    /// What is measured.
    pub metrics: PrometheusHandle,
}

/// Both doors, open.
pub struct Doors {
    web: WebState,
    public: Listening,
    admin: Listening,
}

impl Doors {
    /// Opens both.
    pub fn open(app: &App, public: Public, admin: Admin) -> Self {
        let web = WebState::new(app.clone(), public.web, system::entropy());
        let outside = public_router(web.clone());
        let measured = admin.metrics;
        let inside = admin_router(AdminState {
            app: app.clone(),
            data: admin.data,
            metrics: Arc::new(move || {
                measured.run_upkeep();
                measured.render()
            }),
        });
        Self {
            web,
            public: Listening::start(public.listener, public.address, outside),
            admin: Listening::start(admin.listener, admin.address, inside),
        }
    }

    /// Takes nothing new, finishes what is under way, at both doors at once.
    pub async fn close(self) {
        self.public.refuse_new();
        self.admin.refuse_new();
        self.web.close();
        tokio::join!(self.public.end(), self.admin.end());
    }
}
