//! The content of versions.

use crate::{Db, Result, StoreError, read as stored};
use domain::{
    canonical::ContentHash,
    course::{Files, Package},
    ids::VersionId,
};
use uuid::Uuid;

/// A file by its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their media type.
    pub media_type: String,
    /// Their SHA-256.
    pub hash: ContentHash,
}

impl Db {
    /// The package of a version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such version.
    pub async fn package(&self, version: VersionId) -> Result<Package> {
        let json = scalar!(self, String, "SELECT package FROM course_versions WHERE id = $1", version.0)?
            .ok_or(StoreError::NotFound("version"))?;
        serde_json::from_str(&json).map_err(|problem| StoreError::corrupt("course_versions", "package", problem))
    }

    /// The files of a version, as they were imported, in canonical form.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn version_files(&self, version: VersionId) -> Result<Files> {
        let rows = rows!(
            self,
            (String, Vec<u8>),
            "SELECT f.path, b.bytes FROM version_files AS f JOIN blobs AS b ON b.hash = f.blob_hash
             WHERE f.version_id = $1 ORDER BY f.path",
            version.0
        )?;
        Ok(rows.into_iter().collect())
    }

    /// The files of a course's version with this number; without one, of its draft or else its newest version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such course or version.
    pub async fn export_files(&self, slug: &str, number: Option<u32>) -> Result<Files> {
        let found = match number {
            Some(number) => scalar!(
                self,
                Uuid,
                "SELECT v.id FROM course_versions AS v JOIN courses AS c ON c.id = v.course_id
                 WHERE c.slug = $1 AND v.number = $2",
                slug,
                i64::from(number)
            )?,
            None => scalar!(
                self,
                Uuid,
                "SELECT v.id FROM course_versions AS v JOIN courses AS c ON c.id = v.course_id
                 WHERE c.slug = $1 ORDER BY CASE WHEN v.number IS NULL THEN 0 ELSE 1 END, v.number DESC LIMIT 1",
                slug
            )?,
        };
        self.version_files(VersionId(found.ok_or(StoreError::NotFound("version"))?)).await
    }

    /// The media type of what [`Db::media`] would give, without reading it.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn media_type(&self, version: VersionId, file_name: &str) -> Result<Option<String>> {
        let name = file_name.split('.').next().unwrap_or_default();
        let Ok(hash) = name.parse::<ContentHash>() else {
            return Ok(None);
        };
        scalar!(
            self,
            String,
            "SELECT b.media_type FROM blobs AS b
             WHERE b.hash = $1 AND EXISTS (SELECT 1 FROM version_files AS f WHERE f.version_id = $2 AND f.blob_hash = b.hash AND f.path LIKE 'media/%')",
            hash.as_bytes().to_vec(),
            version.0
        )
    }

    /// A medium of a version by its name in addresses: the SHA-256 and the ending, as in
    /// [`Media::file_name`](domain::course::Media::file_name).
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn media(&self, version: VersionId, file_name: &str) -> Result<Option<Blob>> {
        let name = file_name.split('.').next().unwrap_or_default();
        let Ok(hash) = name.parse::<ContentHash>() else {
            return Ok(None);
        };
        let row = row!(
            self,
            (Vec<u8>, String, Vec<u8>),
            "SELECT b.bytes, b.media_type, b.hash FROM blobs AS b
             WHERE b.hash = $1 AND EXISTS (SELECT 1 FROM version_files AS f WHERE f.version_id = $2 AND f.blob_hash = b.hash AND f.path LIKE 'media/%')",
            hash.as_bytes().to_vec(),
            version.0
        )?;
        row.map(|(bytes, media_type, stored_hash)| {
            let hash = ContentHash::from_bytes(stored::hash("blobs", "hash", &stored_hash)?);
            Ok(Blob { bytes, media_type, hash })
        })
        .transpose()
    }
}
