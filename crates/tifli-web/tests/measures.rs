//! Every measure of the impact assessment points at a test that is there.

use std::fs;
use std::path::Path;

use tifli_domain::dpia::MEASURES;

fn sources(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, out);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            out.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn each_measure_of_the_impact_assessment_is_held_by_a_test_that_is_there() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut text);
    for measure in MEASURES {
        let test = format!("fn {}(", measure.test);
        assert!(text.contains(&test), "{} has no test", measure.id);
    }
}
