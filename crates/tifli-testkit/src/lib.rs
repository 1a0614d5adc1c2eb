//! tifli-testkit
