//! This repository keeps the rules of its own house.

use xtask::tidy::{Tree, check};

#[test]
fn the_repository_keeps_the_rules_of_the_house() {
    let tree = Tree::read(&xtask::run::root()).expect("the repository can be read");
    assert!(tree.find("Cargo.toml").is_some(), "this is the repository");
    let breaches: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}
