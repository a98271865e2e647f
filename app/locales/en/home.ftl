# The home page.
home-title = Home
home-greeting = Hello, { $name }
home-lead-open = { $count ->
    [one] One course is waiting for you.
   *[other] { $count } courses are waiting for you.
}
home-lead-done = You are up to date.
home-continue = Continue where you were
home-continue-do = Continue
home-begin = Your next course
home-suggestion = A good place to begin
home-begin-do = Begin
home-place = { $course } · { $module }
home-due = Due { $date }, { $left }
home-due-head = Also yours to do
home-done-head = Done
home-done-on = Completed on { $date }
home-receipt = Receipt
home-empty = Nothing is waiting for you
home-empty-text = When somebody assigns you a course, it appears here with its date. You can also take one of your own accord.
home-empty-do = See all courses

count-of = { $done } of { $total }
progress-of = Progress in { $course }
status-due-soon = Due soon

work-head = Your work
work-tracking = Progress
work-tracking-text = Who is done, who is late, and who is about to be.
work-gap = Mind the gap
work-gap-text = Whether the same case is handled differently on different channels.
work-people = People
work-people-text = Invite people, and look after their accounts.
work-authoring = Authoring
work-authoring-text = Upload a course, try it as a learner would, publish it.
work-site = Site
work-site-text = How this site is set up, and who did what.
