use leptos::prelude::*;

/// The signs there are. Each is a file in `style/icons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// Right, or saved.
    Check,
    /// Wrong.
    Cross,
    /// Nothing yet.
    Circle,
    /// Begun.
    Half,
    /// Finished.
    Done,
    /// Once more.
    Retry,
    /// Not open yet.
    Lock,
    /// A lesson.
    Lesson,
    /// A quiz.
    Quiz,
    /// A conversation.
    Talk,
    /// An acknowledgement.
    Pledge,
    /// In public.
    Public,
    /// A private message.
    Chat,
    /// On the phone.
    Phone,
    /// E-mail.
    Mail,
    /// Good to know.
    Info,
    /// Look out.
    Warning,
    /// Time.
    Clock,
    /// A date.
    Calendar,
    /// A person.
    Person,
    /// A group.
    People,
    /// A course.
    Course,
    /// Send a file.
    Upload,
    /// Get a file.
    Download,
    /// Print.
    Print,
    /// Search.
    Search,
    /// Add.
    Plus,
    /// Change.
    Edit,
    /// Remove.
    Trash,
    /// Back.
    Left,
    /// On.
    Right,
    /// A receipt.
    Receipt,
    /// Numbers.
    Chart,
    /// Light theme.
    Sun,
    /// Dark theme.
    Moon,
    /// Sign out.
    Out,
    /// A password or secret.
    Key,
    /// Report, or disagree.
    Flag,
    /// Look at it.
    Eye,
    /// A file.
    File,
    /// Show fewer.
    Filter,
    /// Settings.
    Settings,
}

impl IconName {
    fn svg(self) -> &'static str {
        match self {
            Self::Check => include_str!("../../../style/icons/check.svg"),
            Self::Cross => include_str!("../../../style/icons/cross.svg"),
            Self::Circle => include_str!("../../../style/icons/circle.svg"),
            Self::Half => include_str!("../../../style/icons/half.svg"),
            Self::Done => include_str!("../../../style/icons/done.svg"),
            Self::Retry => include_str!("../../../style/icons/retry.svg"),
            Self::Lock => include_str!("../../../style/icons/lock.svg"),
            Self::Lesson => include_str!("../../../style/icons/lesson.svg"),
            Self::Quiz => include_str!("../../../style/icons/quiz.svg"),
            Self::Talk => include_str!("../../../style/icons/talk.svg"),
            Self::Pledge => include_str!("../../../style/icons/pledge.svg"),
            Self::Public => include_str!("../../../style/icons/public.svg"),
            Self::Chat => include_str!("../../../style/icons/chat.svg"),
            Self::Phone => include_str!("../../../style/icons/phone.svg"),
            Self::Mail => include_str!("../../../style/icons/mail.svg"),
            Self::Info => include_str!("../../../style/icons/info.svg"),
            Self::Warning => include_str!("../../../style/icons/warning.svg"),
            Self::Clock => include_str!("../../../style/icons/clock.svg"),
            Self::Calendar => include_str!("../../../style/icons/calendar.svg"),
            Self::Person => include_str!("../../../style/icons/person.svg"),
            Self::People => include_str!("../../../style/icons/people.svg"),
            Self::Course => include_str!("../../../style/icons/course.svg"),
            Self::Upload => include_str!("../../../style/icons/upload.svg"),
            Self::Download => include_str!("../../../style/icons/download.svg"),
            Self::Print => include_str!("../../../style/icons/print.svg"),
            Self::Search => include_str!("../../../style/icons/search.svg"),
            Self::Plus => include_str!("../../../style/icons/plus.svg"),
            Self::Edit => include_str!("../../../style/icons/edit.svg"),
            Self::Trash => include_str!("../../../style/icons/trash.svg"),
            Self::Left => include_str!("../../../style/icons/left.svg"),
            Self::Right => include_str!("../../../style/icons/right.svg"),
            Self::Receipt => include_str!("../../../style/icons/receipt.svg"),
            Self::Chart => include_str!("../../../style/icons/chart.svg"),
            Self::Sun => include_str!("../../../style/icons/sun.svg"),
            Self::Moon => include_str!("../../../style/icons/moon.svg"),
            Self::Out => include_str!("../../../style/icons/out.svg"),
            Self::Key => include_str!("../../../style/icons/key.svg"),
            Self::Flag => include_str!("../../../style/icons/flag.svg"),
            Self::Eye => include_str!("../../../style/icons/eye.svg"),
            Self::File => include_str!("../../../style/icons/file.svg"),
            Self::Filter => include_str!("../../../style/icons/filter.svg"),
            Self::Settings => include_str!("../../../style/icons/settings.svg"),
        }
    }
}

/// What is inside the file's `<svg>`; its attributes are in the style sheet, once for all.
fn drawing(svg: &'static str) -> &'static str {
    let start = svg.find('>').map_or(0, |at| at + 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    &svg[start..end]
}

/// A sign that goes with words. It is never alone: assistive technology does not see it.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
    /// More than twice as large.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let class = if large { "icon icon-large" } else { "icon" };
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true" inner_html=drawing(name.svg())></svg> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_drawing_goes_into_the_page() {
        assert_eq!(drawing(IconName::Check.svg()), r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#);
    }
}
