//! Third-party files of the browser and the papers' fonts: `npm ci` where a lock file changed, and the few files that
//! the crates embed.
//!
//! No script of a package is ever run, and nothing but the listed files leaves `node_modules`.

use std::path::Path;

use crate::run::{Done, Failure, program, root, run};

/// Lies in `node_modules` and holds the lock file it was filled from.
const STAMP: &str = ".installed-lock";

/// Fills `node_modules` from the lock file, unless it already is.
///
/// # Errors
/// When the registry cannot be reached or the lock file does not fit.
pub(super) fn install_packages(folder: &Path) -> Done {
    let lock_path = folder.join("package-lock.json");
    let lock = std::fs::read(&lock_path).map_err(|error| Failure::at(&lock_path, &error))?;
    let stamp = folder.join("node_modules").join(STAMP);
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("fetching the packages of {}/", name(folder));
    let mut npm = program("npm");
    npm.current_dir(folder);
    npm.args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    run(&mut npm)?;
    std::fs::create_dir_all(folder.join("node_modules"))?;
    std::fs::write(&stamp, lock).map_err(|error| Failure::at(&stamp, &error))
}

/// The lists of what is taken, and the folder that each fills.
const LISTS: &[(&str, &str)] = &[
    ("web/vendor.txt", "crates/tifli-web/assets/vendor"),
    ("web/fonts.txt", "crates/tifli-paper/fonts"),
];

/// Copies what the lists name into the crates, where a file is missing or differs.
///
/// # Errors
/// When a listed file is not in `node_modules`, or a line is not `source name`.
pub(super) fn copy_vendor_files() -> Done {
    LISTS
        .iter()
        .try_for_each(|(list, folder)| copy_list(list, folder))
}

fn copy_list(list: &str, folder: &str) -> Done {
    let packages = root().join("web/node_modules");
    let vendor = root().join(folder);
    let text = std::fs::read_to_string(root().join(list))?;
    std::fs::create_dir_all(&vendor)?;
    for (source, target) in read_list(&text)? {
        let source = packages.join(source);
        let target = vendor.join(target);
        let bytes = std::fs::read(&source).map_err(|error| Failure::at(&source, &error))?;
        if !std::fs::read(&target).is_ok_and(|present| present == bytes) {
            std::fs::write(&target, bytes).map_err(|error| Failure::at(&target, &error))?;
        }
    }
    Ok(())
}

/// The pairs (path in `node_modules`, name in the crate) of the list.
fn read_list(text: &str) -> Result<Vec<(&str, &str)>, Failure> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            match (words.next(), words.next(), words.next()) {
                (Some(source), Some(target), None) if is_plain(source) && !target.contains('/') => {
                    Ok((source, target))
                }
                _ => Err(Failure(format!(
                    "a list of browser files or fonts: not `source name`: {line}"
                ))),
            }
        })
        .collect()
}

fn is_plain(path: &str) -> bool {
    !path.starts_with('/') && !path.split('/').any(|part| part == "..")
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::read_list;

    #[test]
    fn a_line_is_a_source_and_a_name() {
        let list = "# note\n\na/b.js   b.js\n@c/d/e.css e.css\n";
        assert_eq!(
            read_list(list),
            Ok(vec![("a/b.js", "b.js"), ("@c/d/e.css", "e.css")])
        );
    }

    #[test]
    fn a_line_that_leaves_its_folder_is_refused() {
        assert!(read_list("../x y").is_err());
        assert!(read_list("/etc/x y").is_err());
        assert!(read_list("a ../b").is_err());
        assert!(read_list("a b c").is_err());
        assert!(read_list("a").is_err());
    }
}
