//! tifli-signer
