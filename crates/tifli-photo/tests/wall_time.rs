//! A child that never answers. Alone in its binary, so that "no child is left" can be asked of the whole process.

use std::fs;
use std::time::Duration;

use tifli_photo::{Decoder, PhotoError};

/// The process ids of this process's children, as the kernel lists them.
fn children() -> String {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    tasks
        .map(|task| fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default())
        .collect()
}

#[tokio::test]
async fn a_child_that_exceeds_its_wall_time_is_killed_and_the_next_photo_has_its_place() {
    let spinning = Decoder::new(
        env!("CARGO_BIN_EXE_tifli-decode").into(),
        vec!["--spin".into()],
    );
    let spinning = spinning.with_wall(Duration::from_millis(200));
    for _ in 0..3 {
        assert_eq!(spinning.decode(b"hello").await, Err(PhotoError::TooSlow));
        assert_eq!(children(), "");
    }
}
