//! The store's promises, told as stories on both engines.

mod writes;
