//! JSON on the wire, read as text.

use leptos::serde_json;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned};

/// Arguments and answers as JSON in the body of a POST request.
pub type Wire = Post<JsonText>;

/// JSON like the framework's own, but read from text and not from bytes: the properties of islands are, and reading the
/// same types from bytes as well would add a twentieth to the module.
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_string(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        // What is not UTF-8 is no JSON either, and the empty text says so.
        serde_json::from_str(std::str::from_utf8(&bytes).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let bytes = JsonText::encode(&("é".to_owned(), 7)).unwrap();
        assert_eq!(&bytes[..], "[\"é\",7]".as_bytes());
        let read: (String, u32) = JsonText::decode(bytes).unwrap();
        assert_eq!(read, ("é".to_owned(), 7));
        for wrong in ["", "[", "[\"é\"]", "7"] {
            assert!(<JsonText as Decodes<(String, u32)>>::decode(Bytes::from(wrong)).is_err(), "{wrong}");
        }
        assert!(<JsonText as Decodes<String>>::decode(Bytes::from_static(b"\"\xff\"")).is_err());
    }
}
