//! SQL put together at run time, for lists with filters: only from literals, every value bound.
