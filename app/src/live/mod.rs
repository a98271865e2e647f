//! Server functions that islands call.
