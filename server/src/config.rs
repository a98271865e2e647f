//! The settings of a running server, checked before anything starts.

use crate::cli;
use crate::connections::Limits;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A site that others reach needs its address.
    #[error(
        "listening on {0}, which others can reach: say by which address people use the site, \
         for example --public-url https://learn.example"
    )]
    NoPublicUrl(SocketAddr),
    /// A site that others reach needs a key of its own.
    #[error(
        "listening on {0}, which others can reach: name a file for the site's secret key, the same on every server, \
         for example --key-file /etc/colloquy/key (made on first start if it is not there)"
    )]
    NoKeyFile(SocketAddr),
    /// The address is not usable.
    #[error("--public-url {0} has to be http:// or https://, a host and nothing after it")]
    BadPublicUrl(String),
    /// Plain http beyond this machine would send passwords in the clear.
    #[error("--public-url {0} has to be https:// unless it is this machine: sign-in needs it")]
    NotHttps(String),
    /// The key file cannot be read or made.
    #[error("the key file {path}: {source}")]
    KeyFile {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The key file holds something else.
    #[error("the key file {0} has to hold 64 hexadecimal digits")]
    BadKey(PathBuf),
    /// The data folder cannot be made.
    #[error("the data folder {path} cannot be made ({source}); let this user write there, or name another with --data")]
    Data {
        /// Which folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Checked settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The database.
    pub database_url: String,
    /// Where people reach the site, without a slash at the end.
    pub public_url: String,
    /// Whether that is by https.
    pub https: bool,
    /// Whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether the address was given, so that origins are compared with it.
    pub fixed_origin: bool,
    /// How many connections at once, and how long each may keep the server waiting.
    pub limits: Limits,
}

/// The database an option names, or the SQLite file in the data folder, which is made if need be.
///
/// # Errors
/// [`ConfigError::Data`] when the folder cannot be made.
pub fn database_url(store: &cli::Store) -> Result<String, ConfigError> {
    if let Some(url) = &store.database_url {
        return Ok(url.clone());
    }
    make_private_folder(&store.data).map_err(|source| ConfigError::Data { path: store.data.clone(), source })?;
    Ok(format!("sqlite:{}", store.data.join("colloquy.sqlite").display()))
}

/// Makes a folder that nobody but its owner can look into. One that is there already stays as it is.
fn make_private_folder(path: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

impl Config {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// [`ConfigError`], which says what to change.
    pub fn new(options: &cli::Serve) -> Result<Self, ConfigError> {
        let alone = options.listen.ip().is_loopback();
        if !alone && options.public_url.is_none() {
            return Err(ConfigError::NoPublicUrl(options.listen));
        }
        if !alone && options.key_file.is_none() {
            return Err(ConfigError::NoKeyFile(options.listen));
        }
        let public_url = match &options.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", options.listen),
        };
        let parsed: Option<http::Uri> = public_url.parse().ok();
        let bad = || ConfigError::BadPublicUrl(public_url.clone());
        let uri = parsed.filter(|uri| uri.path() == "/" && uri.query().is_none()).ok_or_else(bad)?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(bad()),
        };
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let local = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        if !https && !local {
            return Err(ConfigError::NotHttps(public_url));
        }
        Ok(Self {
            listen: options.listen,
            database_url: database_url(&options.store)?,
            https,
            trusted_proxies: options.trusted_proxies.clone(),
            fixed_origin: options.public_url.is_some(),
            public_url,
            limits: Limits::default(),
        })
    }
}

/// Where the site's secret key is: the named file, or `key` in the data folder.
#[must_use]
pub fn key_path(store: &cli::Store, key_file: Option<&PathBuf>) -> PathBuf {
    key_file.cloned().unwrap_or_else(|| store.data.join("key"))
}

/// The site's secret key: 32 bytes from a file, which is made with a fresh key when it is not there.
///
/// # Errors
/// [`ConfigError::KeyFile`] and [`ConfigError::BadKey`].
pub fn site_key(path: &std::path::Path, entropy: &dyn domain::time::Entropy) -> Result<[u8; 32], ConfigError> {
    let failed = |source| ConfigError::KeyFile { path: path.to_owned(), source };
    if !path.exists() {
        let mut key = [0; 32];
        entropy.fill(&mut key);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        write_private(path, &format!("{}\n", hex::encode(key))).map_err(failed)?;
        return Ok(key);
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim(), &mut key).map_err(|_| ConfigError::BadKey(path.to_owned()))?;
    Ok(key)
}

fn write_private(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    fn config(args: &[&str]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap();
        let start = ["colloquy", "serve", "--data", data];
        let all = start.iter().chain(args);
        let cli::Command::Serve(options) = cli::Cli::parse_from(all).command else { unreachable!() };
        Config::new(&options)
    }

    #[test]
    fn loopback_needs_nothing() {
        let config = config(&[]).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert!(!config.https && !config.fixed_origin);
    }

    #[test]
    fn a_reachable_site_needs_an_address_a_key_and_https() {
        let open = ["--listen", "0.0.0.0:3000"];
        assert!(matches!(config(&open), Err(ConfigError::NoPublicUrl(_))));
        let named = [&open[..], &["--public-url", "https://learn.example/"]].concat();
        assert!(matches!(config(&named), Err(ConfigError::NoKeyFile(_))));
        let keyed = [&named[..], &["--key-file", "key"]].concat();
        assert_eq!(config(&keyed).unwrap().public_url, "https://learn.example");
        assert!(matches!(config(&["--public-url", "http://learn.example"]), Err(ConfigError::NotHttps(_))));
        for bad in ["learn.example", "ftp://learn.example", "https://learn.example/path"] {
            assert!(matches!(config(&["--public-url", bad]), Err(ConfigError::BadPublicUrl(_))), "{bad}");
        }
    }

    #[test]
    fn a_key_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data").join("key");
        let entropy = crate::clock::SystemEntropy;
        let key = site_key(&path, &entropy).unwrap();
        assert_eq!(site_key(&path, &entropy).unwrap(), key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "short").unwrap();
        assert!(matches!(site_key(&path, &entropy), Err(ConfigError::BadKey(_))));
    }
}
