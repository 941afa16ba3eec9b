//! The thin binary: everything is in the library.

/// Documents are made and dropped by the hundred thousand, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    jianyan::cli::run(std::env::args_os())
}
