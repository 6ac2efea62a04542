//! The committed samples are what the generator writes.

use xtask::sample;

#[test]
fn committed_samples_equal_what_the_seed_writes() {
    let folder = xtask::root().join("samples");
    for (name, content) in sample::files().unwrap() {
        let committed = std::fs::read(folder.join(name)).unwrap_or_default();
        assert!(committed == content, "samples/{name} is stale: run cargo xtask sample");
    }
}

#[test]
fn samples_fit_into_a_repository() {
    for (name, content) in sample::files().unwrap() {
        assert!(content.len() <= 2 << 20, "samples/{name} has {} bytes", content.len());
    }
}
