//! The report as a stream: exactly the rows a page shows, all pages long, never all in memory.

use super::{
    ReportFilter, ReportRow, ReportSort,
    report::{StoredRow, rows_sql},
};
use crate::{
    Db, Result, StoreError,
    sql::{Arg, Sql},
    tx::Conn,
};
use domain::time::Timestamp;
use futures::{
    SinkExt, Stream, StreamExt,
    channel::mpsc::{Sender, channel},
};

/// Rows that may wait for whoever takes them.
const AHEAD: usize = 64;

async fn feed(db: Db, sql: Sql, now: Timestamp, mut sink: Sender<Result<ReportRow>>) {
    // Whoever asked may have gone away: then nobody is left to tell, and the statement is dropped.
    macro_rules! pass_on {
        ($rows:expr) => {{
            let mut rows = $rows;
            while let Some(row) = rows.next().await {
                let row = row.map_err(StoreError::from).and_then(|row: StoredRow| row.read(now));
                let failed = row.is_err();
                if sink.send(row).await.is_err() || failed {
                    return;
                }
            }
        }};
    }
    match db.conn().await {
        Err(error) => drop(sink.send(Err(error)).await),
        Ok(Conn::Sqlite(mut conn)) => pass_on!(sql.sqlite().fetch(&mut *conn)),
        Ok(Conn::Postgres(mut conn)) => pass_on!(sql.postgres().fetch(&mut *conn)),
    }
}

impl Db {
    /// Every row of the report, at most `limit`, in its order, as of `now`. Ends after the first error.
    pub fn report_export(
        &self,
        filter: &ReportFilter,
        sort: ReportSort,
        limit: u32,
        now: Timestamp,
    ) -> impl Stream<Item = Result<ReportRow>> + Send + Unpin + 'static {
        let mut sql = rows_sql(filter, sort, self.is_sqlite(), now);
        sql.bind(" LIMIT ", Arg::Number(i64::from(limit)));
        let (sink, rows) = channel(AHEAD);
        tokio::spawn(feed(self.clone(), sql, now, sink));
        rows
    }
}
