//! What programs written by others say of us, and we of them.
//!
//! They run when `TIFLI_PEERS=1` is set, as `cargo xtask test --peers` does after installing them;
//! without it each test says what it left out. `TIFLI_PEERS_PYTHON` names the Python that has the
//! pinned packages; without it `python3` is asked.

mod ask;
mod sign;
