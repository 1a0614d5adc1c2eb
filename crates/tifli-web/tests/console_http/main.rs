//! The console over HTTP as a browser without scripts uses it: pages, forms, what two people do to one case.

mod approver;
mod browser;
mod bulletins;
mod calls;
mod codes;
mod ledger;
mod line;
mod pages;
mod regions;
mod report;
mod room;
mod sign_in;
mod walk;
