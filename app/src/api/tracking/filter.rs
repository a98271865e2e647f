//! Which rows of the tracking table are wanted. Lives in the address, so that a view can be kept, shared and exported.

use crate::context::{encode, form_value};
use domain::ids::{CourseId, GroupId};
use domain::search::SearchTerm;
use store::{ReportFilter, ReportSort, ReportStatus, Scope, SortBy};

/// Every status with its name in addresses, in the order they are shown.
pub const STATUSES: [(ReportStatus, &str); 5] = [
    (ReportStatus::NotStarted, "not-started"),
    (ReportStatus::InProgress, "in-progress"),
    (ReportStatus::Done, "done"),
    (ReportStatus::Overdue, "overdue"),
    (ReportStatus::Exempt, "exempt"),
];

/// Every order with its name in addresses.
const ORDERS: [(SortBy, &str); 5] = [
    (SortBy::Name, "name"),
    (SortBy::Course, "course"),
    (SortBy::Status, "status"),
    (SortBy::Due, "due"),
    (SortBy::Completed, "completed"),
];

/// Which rows, in which order, from which page on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Part of a name, an e-mail address or an employee number.
    pub search: Option<SearchTerm>,
    /// Members of this group only.
    pub group: Option<GroupId>,
    /// This course only.
    pub course: Option<CourseId>,
    /// Rows in this state only.
    pub status: Option<ReportStatus>,
    /// Only those to whom it was assigned, or (`false`) only those who take it of their own accord.
    pub assigned: Option<bool>,
    /// The column they are sorted by.
    pub sort: SortBy,
    /// Greatest first.
    pub descending: bool,
    /// The page, from 1.
    pub page: u32,
}

impl Filter {
    /// Reads the query of an address; what makes no sense is left out.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let text = |name| form_value(query, name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let status = text("status");
        let sort = text("sort");
        Self {
            search: text("q").and_then(|text| SearchTerm::parse(&text)),
            group: text("group").and_then(|id| id.parse().ok()),
            course: text("course").and_then(|id| id.parse().ok()),
            status: STATUSES.iter().find(|(_, name)| status.as_deref() == Some(name)).map(|(status, _)| *status),
            assigned: match text("taken").as_deref() {
                Some("assigned") => Some(true),
                Some("own") => Some(false),
                _ => None,
            },
            sort: ORDERS.iter().find(|(_, name)| sort.as_deref() == Some(name)).map_or(SortBy::Name, |(sort, _)| *sort),
            descending: text("order").as_deref() == Some("descending"),
            page: text("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
        }
    }

    /// The query that [`Filter::read`] reads back as this; what is usual is left out.
    #[must_use]
    pub fn query(&self) -> String {
        let mut pairs = vec![];
        let mut put = |name: &str, value: String| pairs.push(format!("{name}={}", encode(&value)));
        if let Some(search) = &self.search {
            put("q", search.as_str().to_owned());
        }
        if let Some(group) = self.group {
            put("group", group.to_string());
        }
        if let Some(course) = self.course {
            put("course", course.to_string());
        }
        if let Some(status) = self.status {
            put("status", status_name(status).to_owned());
        }
        if let Some(assigned) = self.assigned {
            put("taken", taken_name(assigned).to_owned());
        }
        if self.sort != SortBy::Name {
            put("sort", self.sort_name().to_owned());
        }
        if self.descending {
            put("order", "descending".to_owned());
        }
        if self.page > 1 {
            put("page", self.page.to_string());
        }
        pairs.join("&")
    }

    /// The address of the page that shows it.
    #[must_use]
    pub fn address(&self) -> String {
        with_query("/tracking", &self.query())
    }

    /// The address of the file with all of its rows, on every page; `ending` is `csv` or `xlsx`.
    #[must_use]
    pub fn export_address(&self, ending: &str) -> String {
        with_query(&format!("/tracking/export.{ending}"), &self.clone().on_page(1).query())
    }

    /// The same rows from another page on.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = page;
        self
    }

    /// The same rows sorted by a column; by the one they are sorted by already, the other way round.
    #[must_use]
    pub fn sorted_by(mut self, sort: SortBy) -> Self {
        self.descending = self.sort == sort && !self.descending;
        self.sort = sort;
        self.on_page(1)
    }

    /// The rows of one course in one state, or in any, of those who must take it or of the others.
    #[must_use]
    pub fn of(mut self, course: CourseId, status: Option<ReportStatus>, assigned: bool) -> Self {
        self.course = Some(course);
        self.status = status;
        self.assigned = Some(assigned);
        self.on_page(1)
    }

    /// Whether it leaves anything out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        self.search.is_some()
            || self.group.is_some()
            || self.course.is_some()
            || self.status.is_some()
            || self.assigned.is_some()
    }

    /// The name of its order in addresses.
    #[must_use]
    pub fn sort_name(&self) -> &'static str {
        ORDERS.iter().find(|(sort, _)| *sort == self.sort).map_or("name", |(_, name)| name)
    }

    /// What the database is asked for, within what the viewer may see.
    #[must_use]
    pub fn report(&self, scope: Scope) -> ReportFilter {
        ReportFilter {
            scope,
            group: self.group,
            course: self.course,
            status: self.status,
            assigned: self.assigned,
            search: self.search.clone(),
        }
    }

    /// In which order.
    #[must_use]
    pub fn order(&self) -> ReportSort {
        ReportSort { by: self.sort, descending: self.descending }
    }
}

/// The name of a status in addresses and in the keys of its texts.
#[must_use]
pub fn status_name(status: ReportStatus) -> &'static str {
    STATUSES.iter().find(|(known, _)| *known == status).map_or("", |(_, name)| name)
}

/// The name in addresses of those to whom a course was assigned, and of those who take it of their own accord.
#[must_use]
pub fn taken_name(assigned: bool) -> &'static str {
    if assigned { "assigned" } else { "own" }
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_its_address() {
        let id = "018f0000-0000-7000-8000-000000000001";
        let query = format!(
            "q=Zo%C3%AB%20%26%20co&group={id}&course={id}&status=overdue&taken=own&sort=due&order=descending&page=3"
        );
        let filter = Filter::read(&query);
        assert_eq!(filter.search.as_ref().map(SearchTerm::as_str), Some("Zoë & co"));
        assert_eq!((filter.status, filter.assigned), (Some(ReportStatus::Overdue), Some(false)));
        assert_eq!((filter.sort, filter.descending, filter.page), (SortBy::Due, true, 3));
        assert_eq!(filter.query(), query);
        assert_eq!(Filter::read(&filter.query()), filter);
        assert_eq!(filter.export_address("csv"), format!("/tracking/export.csv?{}", query.replace("&page=3", "")));
    }

    #[test]
    fn nonsense_is_left_out() {
        let filter = Filter::read("q=+&group=x&course=%00&status=dead&sort=salary&order=up&page=-1");
        assert_eq!(filter, Filter::read(""));
        assert!(!filter.narrows());
        assert_eq!(filter.address(), "/tracking");
    }

    #[test]
    fn a_column_is_sorted_up_then_down_then_up() {
        let first = Filter::read("sort=due&page=4").sorted_by(SortBy::Course);
        assert_eq!((first.sort, first.descending, first.page), (SortBy::Course, false, 1));
        let second = first.sorted_by(SortBy::Course);
        assert!(second.descending);
        assert!(!second.sorted_by(SortBy::Course).descending);
    }
}
