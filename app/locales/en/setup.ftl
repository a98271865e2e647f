# The first day of a site, as its admin finds it.
setup-title = Set up this site
setup-title-of = Set up { $name }
setup-lead = About fifteen minutes. You can stop at any point: what is done is kept.
setup-progress = Set-up
setup-done-of = { $done } of { $total } done
setup-any-order = In any order. People can begin once there is a course.
setup-all-done = Everything is set up
setup-all-done-text = Nothing is left to do here. You can still change each step.
setup-folded = { $count } done
setup-open = Set up
setup-change = Change
setup-save = Save and go on
setup-said-now = Now:
setup-said-done = Done:
setup-said-todo = To do:
setup-said-aside = Set aside:
setup-aside-because = Set aside: { $reason }
setup-aside-do = Set aside
setup-reason = Reason
setup-reason-missing = Say why, so that others know later.
setup-reason-long = Use at most 200 characters.

setup-name = What your organisation is called
setup-name-why = Courses say it in many places, for example in what a customer writes.
setup-zone = Time zone
setup-zone-why = For new people. A due date ends with the day in this zone.
setup-facts = Facts the courses use
setup-facts-set = { $set } of { $all } filled in
setup-facts-missing = Still empty: { $names }. A course that uses one of them can’t be published.
setup-mail = Email
setup-mail-why = For invitations and reminders. Until then you can print invitations.
setup-mail-arrived = Tested: it arrived
setup-mail-off = This site sends no mail yet. The person who runs the server adds two options and starts it again:
setup-mail-options = --smtp-url smtps://user:password@mail.example.com --mail-from "Training <training@example.com>"
setup-mail-no-address = Your account has no email address to send a test to. Add one on the page of your account under People.
setup-mail-test = Send a test
setup-mail-test-text = We send a test to { $address }.
setup-mail-again = Send another test
setup-mail-waiting = The test is on its way
setup-mail-waiting-text = It goes out within a few seconds.
setup-mail-look = Look again
setup-mail-refused = The test was refused
setup-mail-refused-text = This is what the mail server, or the way to it, said. The settings come from the options the server was started with. We try again by ourselves for a while.
setup-mail-inbox = Is it in your inbox?
setup-mail-inbox-text = The mail server accepted the test for { $address }. That only means that it took it. The subject is “A test from Colloquy”. Look under spam as well.
setup-mail-yes = Yes, it arrived
setup-mail-no = No, not after five minutes
setup-mail-lost = The test did not arrive
setup-mail-lost-text = The mail server accepted it, so look for it there: in its log, under spam, or at the sender’s address, where a bounce would go.
setup-mail-without = Do without email for now
setup-mail-reason-hint = For example: we hand out printed invitations.
setup-course = First course
setup-course-why = Some are here already: have a look, then choose one
setup-course-done = { $count ->
    [one] 1 course is published
   *[other] { $count } courses are published
}
setup-people = People
setup-people-why = From a list, or one by one
setup-people-done = People are here
setup-people-text = Each gets a link with which they choose a password. Send it by email, or print it.
setup-admin = A second admin
setup-admin-why = You are the only one who can let people in. If you lose your password, no one can help you.
setup-admin-done = { $count } admins can sign in
setup-admin-waiting = Someone was invited and has not joined yet
setup-admin-invite = Invite as an admin
setup-admin-here = Or make someone an admin who is here already
setup-admin-without = Not needed here
setup-admin-reason-hint = For example: a team of three that shares one password safe.

offers-text = These courses come with Colloquy. Choose one to begin with: the others stay.
offers-kicker = Comes with Colloquy
offers-conversations = { $count ->
    [one] 1 conversation
   *[other] { $count } conversations
}
offers-lessons = { $count ->
    [one] 1 lesson
   *[other] { $count } lessons
}
offers-quizzes = { $count ->
    [one] 1 quiz
   *[other] { $count } quizzes
}
offers-agreements = { $count ->
    [one] 1 agreement
   *[other] { $count } agreements
}
offers-facts-set = { $count ->
    [0] Needs no facts
    [one] Uses 1 fact, which is set
   *[other] Uses { $count } facts, all set
}
offers-facts-missing = { $missing } of { $count } facts are missing: { $names }
offers-use = Use this course
offers-use-draft = Use as a draft
offers-here = It is here already
offers-look = Have a look
offers-others = See the other courses
offers-copy = A course you use is a copy: you can change every word. Or
offers-own = upload your own

done-course-used = The course is published. No one has it yet: assign it to people, or let them find it under Courses.
done-course-is-draft = The course is here as a draft. Fill in the missing facts, then publish it under Authoring.
done-course-is-here = This course is here already.
