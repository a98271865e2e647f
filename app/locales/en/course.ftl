# Courses, lessons, acknowledgements.
crumbs = Where you are
courses-title = Courses
courses-lead = Take any of them, whenever you like.
courses-assigned = Assigned
courses-empty = No courses yet
courses-empty-text = Once a trainer publishes a course, you find it here.

course-begin = Begin the course
course-continue = Continue
course-job-aid = One-page job aid
job-aid-lead = Print it and keep it beside your screen.
course-done = You completed this course on { $date }
course-receipt = See your receipt
course-facts-missing = Some facts about this organisation are not filled in yet, so a few texts show placeholders.
course-progress = Your progress
course-minutes = about { $minutes } minutes
course-rule = Complete every required part to finish.
course-module-done = { $done } of { $total } done
course-keys = Answer keys: { $keys }.

activity-optional = Optional.
status-stuck = Not passed
kind-lesson = Lesson
kind-quiz = Quiz
kind-conversation = Conversation
kind-acknowledgement = Agreement

rule-read = Done when you have read it.
rule-quiz = Done when you reach { $pass } %.
rule-quiz-attempts = Done when you reach { $pass } % in { $most ->
    [one] one attempt
   *[other] { $most } attempts
}.
rule-practice = Done when you reach an ending.
rule-assessed = Done when you score { $pass } % and end well, in { $most ->
    [one] one attempt
   *[other] { $most } attempts
}.
rule-agree = Done when you agree to the text.

missing-read = Still to do: mark it as read at the end.
missing-practice = Still to do: play it to an ending.
missing-agree = Still to do: agree at the end of the text.
missing-pass = Still to do: reach { $pass } %.
missing-pass-best = Still to do: reach { $pass } %. Your best so far is { $best } %.
missing-none-left = No attempt is left and { $pass } % was not reached. A trainer decides what comes next.
ruling-waits = You have used your attempts. A trainer looks at it and decides what comes next; you need do nothing.
ruling-again = A trainer gave you one more attempt on { $date }
ruling-accepted = A trainer accepted this as done on { $date }
ruling-begin = Begin the further attempt

callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Careful
callout-caution = Stop and think
callout-example = Example
callout-table = Table
callout-captions = Captions

pager = Within this course
pager-previous = Before
pager-next = Next
pager-leave = Leave for now. Your place is kept.
pager-course = Back to the course

lesson-minutes = { $minutes } min read
lesson-done = You have read this.
lesson-finish = Mark as read and continue
lesson-finish-last = Mark as read
lesson-next = Go on

agree-do = I agree
agree-done = You agreed to this on { $date }.
agree-lead = Read it, then agree at the end. The exact text is kept with your receipt.

done-course = You completed the course. Your receipt is below.

# What learners say back to the author.
remark-open = Say something about this
remark-kind = What is it?
remark-disagree = I disagree with this
remark-problem = Something is wrong or unclear here
remark-text = In your words
remark-hint = It goes to the people who wrote this. They do not see your name.
remark-send = Send it
remark-empty = Write what you want to say.
remark-too-long = That is too long. Keep it under 2,000 characters.
remark-too-many = That was a lot within an hour. Send this one later; it is still here.
done-remark = Thank you. It has reached the people who wrote this course.
