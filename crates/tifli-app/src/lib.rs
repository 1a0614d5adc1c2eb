//! tifli-app
