//! Build helpers where the standard tools do not reach. `run` and `test` call them; nobody needs to by hand.

#[cfg(feature = "bindgen")]
mod front;
#[cfg(feature = "fuzz")]
mod fuzz;
mod layers;
mod licences;
mod metadata;
mod spdx;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run -p xtask -- COMMAND

  licences      every locked package has a licence that deny.toml allows
  layers        dependencies point one way; the browser part holds nothing of the server
  front WASM    target/front/pkg from a built WebAssembly file (needs --features bindgen)
  fuzz [--target conversation|plan|twee|twine-html|all] [--seconds 600] [--seed N]
                feeds mutated files to the readers; what breaks one is kept in fuzz/found/";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        ["licences"] => licences::run(),
        ["layers"] => layers::run(),
        #[cfg(feature = "bindgen")]
        ["front", wasm] => front::run(std::path::Path::new(wasm)),
        #[cfg(not(feature = "bindgen"))]
        ["front", _] => Err("front needs: cargo run -p xtask --features bindgen -- front WASM".to_owned()),
        #[cfg(feature = "fuzz")]
        ["fuzz", ref options @ ..] => match fuzz::Options::parse(options) {
            Ok(options) => fuzz::run(&options),
            Err(problem) => {
                eprintln!("{problem}\n\n{USAGE}");
                return ExitCode::from(2);
            }
        },
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
