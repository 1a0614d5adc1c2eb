//! Stories of the senders against a push service that really receives and decrypts: who is inside
//! gets it, who was handed it learns the end, and what a push service answers is heeded.

mod ends;
mod faults;
mod forgeries;
mod hostile;
mod lanes;
mod letters;
mod reach;
mod regions;
mod rows;
mod scene;
mod systems;
mod withheld;
