# Where everybody stands.
tracking-title = Progress
tracking-lead = Who has which course, how far they are, and what is late.
tracking-assign = Assign a course
tracking-filter = Filter people and courses
tracking-search = Name, e-mail or number
tracking-group = Group
tracking-every-group = All groups
tracking-course = Course
tracking-every-course = All courses
tracking-status = Status
tracking-every-status = Any status
tracking-show = Show
tracking-clear = Clear filter
tracking-table = People and courses
tracking-caption = Each row is one person and one course. Follow a column’s name to sort by it.
tracking-by-course = By course
tracking-person = Person
tracking-progress = Progress
tracking-due = Due
tracking-completed = Completed
tracking-no-due = No due date
tracking-late = after the due day
tracking-done-parts = { $done } of { $total }
tracking-progress-of = { $name }, { $course }
tracking-count = { $total ->
    [one] 1 row
   *[other] { $total } rows
}
tracking-count-part = { $first } to { $last } of { $total } rows
tracking-overdue-count = { $count } overdue
tracking-export = Export CSV
tracking-export-xlsx = Export XLSX
tracking-done-of = { $done } of { $total } done, { $share } %
tracking-nobody-must = Not assigned to anyone
tracking-own-count = { $count } without an assignment ({ $done } done)
tracking-taken = Why they take it
tracking-taken-any = Any reason
tracking-taken-assigned = Assigned
tracking-taken-own = Without an assignment
tracking-exempt-count = { $count } exempt
tracking-more-courses = { $count ->
    [one] One more course
   *[other] { $count } more courses
}
tracking-no-match = Nothing matches
tracking-no-match-text = Take something out of the filter, or search for less.
tracking-empty = Nobody has a course yet
tracking-empty-text = Assign a course to a group or a person, and their progress appears here.
tracking-no-team = You have no team yet
tracking-no-team-text = Once HR makes you the manager of a group, its people and their courses appear here.

status-not-started = Not started
status-in-progress = In progress
status-done = Done
status-overdue = Overdue
status-exempt = Exempt

tracking-optional = (optional)
tracking-crumbs = Where you are

# The file with the rows of the table.
export-name = Name
export-email = E-mail
export-number = Employee number
export-course = Course
export-status = Status
export-done = Activities done
export-total = Activities required
export-due = Due
export-assigned = Assigned
export-started = Started
export-completed = Completed
export-file = progress

# Assigning.
assign-title = Assign a course
assign-lead = A group’s people get it now, and whoever joins later gets it then.
assign-to = Assign to
assign-to-group = A group
assign-to-person = A person
assign-to-everyone = Everyone
assign-everyone-text = Everybody at this site, and whoever is added later.
assign-not-you = What you assign to a team does not reach you, even if you belong to it. HR or another manager decides for you.
assign-group-choose = Choose a group
assign-group-hint = The people who belong to it, not those who only manage it.
assign-group-missing = Choose a group.
assign-course-choose = Choose a course
assign-course-missing = Choose a course.
assign-person-missing = Search for the person and choose them from the list.
assign-search = Who is it?
assign-search-hint = Part of a name, an e-mail address or an employee number.
assign-find = Find
assign-found = Found
assign-found-many = There may be more. Type more of the name to see fewer.
assign-nobody = Nobody here is called that. Check the spelling, or try another part of the name.
assign-other-person = Choose somebody else
assign-due = Due
assign-due-hint = It may be done until the end of that day, in each person’s own time zone.
assign-do = Assign
assign-done = Assigned
assign-reached = { $people ->
    [0] Everybody it reaches had it already, due sooner or done. Whoever joins gets it then.
    [one] It is new for one person.
   *[other] It is new for { $people } people.
}
assign-no-course = There is no course to assign yet
assign-no-course-text = As soon as a trainer publishes one, you can assign it here.
due-unknown = Enter a date, such as 2026-12-03.
due-past = Choose today or a later day.
due-missing = Choose the new due day.
reason-empty = Say why, in a few words.
reason-too-long = Use at most 500 characters.

rules-title = Assignments
rules-of = Assignments of { $course }
rules-all = All assignments
rules-none = None yet.
rules-part = These are the latest { $shown } of { $total }.
rules-for = For
rules-everyone = Everyone
rules-group = Group
rules-people = People
rules-since = Since
rules-withdraw = Withdraw
rules-withdraw-question = “{ $course }” is no longer asked of these people, unless another assignment asks it of them. What they have done stays.
rules-withdraw-do = Withdraw it
done-withdrawn = The assignment is withdrawn.

# One person.
history-groups = Groups
history-no-group = None
history-manages = { $group } (manages it)
history-joined = Here since
history-courses = Courses
history-no-courses = No courses yet
history-no-courses-text = Nothing is assigned to { $name }, and nothing was begun.
history-title = History
history-none = Nothing has happened yet.
history-older = { $count ->
    [one] One earlier event
   *[other] { $count } earlier events
}
history-dates-only = You see status and days. Results are for HR. Practice scores and what was said in a conversation are the learner’s own.
history-results = You see status, days and results that count. Practice scores and what was said in a conversation are the learner’s own.
history-recorded = What is recorded, and who sees it
history-own-case = Somebody else decides on your own due dates and exemptions.
history-assigned-on = Assigned
history-started-on = Started
history-version = Version
history-own-accord = Taken without an assignment
history-open-receipt = Receipt
history-activities = { $done } of { $total } activities

extend-open = Give more time
extend-lead = The new due day replaces the present one.
extend-due = New due day
extend-do = Extend
exempt-open = Exempt
exempt-lead = The course is no longer due for { $name } and counts as neither open nor done.
exempt-do = Exempt
exempt-end = End the exemption
exempt-end-question = “{ $course }” will be due again, by the date it had.
decision-reason = Reason
decision-reason-hint = Kept in the history. Leave out anything about health.
done-extended = There is more time now.
done-exempted = The exemption is in force.
done-exemption-ended = The exemption has ended.

event-assigned = Assigned
event-assigned-due = Assigned, due { $date }
event-started = Started
event-restarted = Started, round { $cycle }
event-activity-done = Finished: { $title }
event-ruled-again = A trainer gave one more attempt: { $title }
event-ruled-accepted = A trainer accepted without a pass: { $title }
event-attempt = Quiz: { $title }, attempt { $number }
event-attempt-score = Quiz: { $title }, attempt { $number }: { $score } %
event-run = Conversation: { $title }, attempt { $number }
event-run-score = Conversation: { $title }, attempt { $number }: { $score } %
event-run-was = judged again on { $date }, was { $score } %
event-run-passes = judged again on { $date }, had not passed
event-run-again = judged again on { $date }
event-passed = passed
event-not-passed = not passed
event-completed = Completed
event-receipt = Receipt issued
event-extended = Due day moved to { $date }
event-exempted = Exempted
event-exemption-ended = Exemption ended
event-reason = Reason: { $reason }
