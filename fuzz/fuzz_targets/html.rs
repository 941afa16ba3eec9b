#![no_main]

#[path = "../../tests/fuzz/targets.rs"]
#[allow(dead_code, reason = "each target is one of several")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::html(data));
