# Courses as their authors see them.
authoring-lead = Courses are folders of plain files. Upload one, try it out as a learner would, and publish it when it is right.
authoring-facts = Facts about the organisation
authoring-empty = No courses yet
authoring-empty-text = A course is a folder of text files, packed as a zip archive. Upload one and you see at once what learners will get.
authoring-table = Courses
col-course = Course
col-live = Live
col-draft = Draft
col-people = People on it
col-minutes = Minutes
state-draft = Draft
state-live = Live
state-earlier = Earlier
state-not-live = Not published yet
state-no-draft = None
version-draft = Draft
version-number = Version { $number }

upload-do = Upload a course
upload-new = Upload a new draft
upload-title = Upload a course
upload-lead = Pack the course's folder as a zip archive and choose it here. It is checked before anything is stored.
upload-file = The course as a zip archive
upload-file-hint = At most 64 MiB packed and 200 MiB unpacked.
upload-check = Upload and check
upload-again-title = When you have mended it
upload-again = Upload and check again
upload-what-happens = An archive without errors becomes the course's draft, in place of an earlier draft. Learners see nothing of it until you publish it.
upload-nothing = Choose a zip archive.
upload-too-large = This archive is larger than 64 MiB. Make films and pictures smaller, or split the course.
upload-not-a-zip = This is not a zip archive that can be read. Pack the folder again as a plain zip, without a password.
done-uploaded = The check found no errors. This is the draft now: try it out, then publish it.

folder-title = What belongs into the folder
folder-lead = These files, in any folders you like. Every text file can be written with any editor and kept in git.
folder-toml = The table of contents: title, modules and activities in order. The one file that must be there, at the top.
folder-guide = For whoever runs the course. Only trainers see it.
folder-job-aid = One page that learners may print and keep.
folder-lesson = Lessons, in Markdown.
folder-quiz = Questions with their key and a reason for each answer.
folder-conversation = Simulated conversations.
folder-plan = Scripted plays of the conversation beside them, which are its tests. Only trainers see them.
folder-ack = Texts to agree to, word for word.
folder-media = Pictures and drawings, films with captions, recordings of lines.
folder-example = The quickest way to begin: download a course that is here already, look at its files, and change them.

check-title = What the check found
check-broken = Not stored yet: { $count ->
    [one] one error
   *[other] { $count } errors
} to mend
check-about = { $archive }: { $files ->
    [one] one file was read.
   *[other] { $files } files were read.
}
check-about-nameless = { $files ->
    [one] One file was read.
   *[other] { $files } files were read.
}
check-nothing-lost = Nothing that was here before has changed. Mend the places below in your files, pack the folder again and upload it. This page stays for three days.
check-list = What to mend
check-gone = The findings of that upload are no longer kept. Upload the archive again to see them.
check-error = error
check-warning = warning
check-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
}
check-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
check-findings = { $count ->
    [one] One finding of the check
   *[other] { $count } findings of the check
}
check-more = And { $count ->
    [one] one more. It appears once these are mended.
   *[other] { $count } more. They appear once these are mended.
}
check-clean = The check found nothing to mend.
check-warned = { $count ->
    [one] The check has one warning
   *[other] The check has { $count } warnings
}
check-broken-now = { $count ->
    [one] By today's rules there is one error
   *[other] By today's rules there are { $count } errors
}
check-warned-text = It can be published like this. Each is worth a look.

course-no-draft = Nothing is being worked on. Upload a new draft whenever something should change.
course-versions = Published versions
course-no-versions = Nothing is published yet, so learners do not see this course.
draft-since = Uploaded
draft-size = { $count ->
    [one] one activity
   *[other] { $count } activities
}, { $minutes } minutes
draft-look = Look at it and try it
version-export = Download as zip
version-since = Live since
version-people = { $count ->
    [0] nobody on it
    [one] one person on it
   *[other] { $count } people on it
}
version-guide = Facilitator's guide
version-outline = What is in it
version-outline-lead = Open any of them to see it as a learner would.
version-about = About this version

changes-title = Compared with what is live
changes-first = Nothing is live yet: this would be the first version.
changes-none = It is exactly what is live already.
changes-frame = The activities are the same. Titles, order, guide or job aid differ.
changes-added = New
changes-changed = Changed
changes-removed = Gone

keys-title = What becomes of finished plays
keys-again = The key is corrected. { $count ->
    [one] One finished play is scored again
   *[other] { $count } finished plays are scored again
  }; the better mark stays.
keys-nobody = The key is corrected. Nobody has finished it yet.
keys-shape = It goes another way now, so { $count ->
    [one] one finished play keeps its score.
   *[other] { $count } finished plays keep their score.
  }

publish-title = Publish this draft
publish-open = Publish…
publish-do = Publish now
publish-first = From then on everybody can find this course and it can be assigned. A published version never changes; for the next change you upload a new draft.
publish-minor = This becomes version { $number }. Whoever is half-way moves on to it and keeps what they have done; whoever has finished stays finished. A published version never changes; for the next change you upload a new draft.
publish-facts-title = One thing before it can be published
publish-facts = The texts name facts about your organisation that nobody has filled in yet: { $names }.
publish-facts-do = Fill them in
publish-facts-missing = It was not published: facts about your organisation that its texts name are not filled in yet. See below.
publish-draft-changed = It was not published: somebody has replaced or published the draft meanwhile. This is how things stand now.
done-published = Published. New learners get this version from now on.

about-state = State
about-uploaded = Uploaded
about-published = Published
about-people = People
about-minutes = Takes
about-language = Language
about-keys = Answer keys agreed by
about-competencies = Makes people better at
about-hash = Content (SHA-256)
mode-practice = Practice
mode-assessed = Assessed
version-variants = { $count ->
    [one] 1 variant
   *[other] { $count } variants
}
variants = Attempts play
variant-main = the main file
guide-lead = For whoever runs the course. Learners do not see this.
preview-job-aid-lead = Learners find this on the course's page and may print it.

preview = Preview
preview-of = Preview: { $title }
preview-note = This is what a learner sees. Nothing you do here is stored.
preview-one = Learners see one question a page.
preview-shuffled = Each attempt has them in another order.
preview-agree = Below the statement learners find the button with which they agree.

key-title = Key and reasons
key-lead = In the order of the file. Learners see the reasons after they hand in. Keys agreed by: { $keys }.
key-right = Right
key-wrong = Not right
key-rated = { $rating }
key-competency = counts for { $name }

play-title = Try it
play-remembers = Only you see this:
play-seconds = { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}
play-silence = Let the time run out
play-back = Take back the last reply
play-again = From the beginning
play-debrief = The debrief that the learner reads

percent = { $value } %
map-proof = What the checker proved
map-not-proven = Not proven: the conversation has more states than can be looked at, so it cannot be scored.
map-states = Different situations
map-best = Most points
map-worst = Fewest points
map-pass = Passes from
map-bots = Playing without thinking
map-best-run = The shortest way to full points
bot-play = How
bot-score = Score
bot-share = Runs that pass
bot-outcome = Outcome
bot-random = By chance
bot-always-first = Always the first reply
bot-always-longest = Always the longest reply
bot-passes = Passes
bot-fails = Does not pass
map-nodes = Every part of the conversation
map-count = { $count ->
    [one] one part
   *[other] { $count } parts
}
map-lead = Everything that can be said, how it is rated, what it changes and where it leads. Learners never see this.
map-choices = What can be said at { $node }
map-said = Reply and reason
map-rated = Rated
map-moves = Changes
map-target = Leads to
map-when = Only if
map-silence = Nothing is said for { $seconds } seconds.
map-jump-if = If { $condition }, it goes on at
map-jump = Otherwise it goes on at
map-blocker = Blocker: { $name }
map-promise = Promises: { $what }

# What learners said.
remarks-link = What learners said ({ $count } open)
remarks-title = What learners said
remarks-lead = Each one stands at the line it is about. Who wrote it is not shown.
remarks-none = Nobody has said anything yet
remarks-none-text = Under every debrief, quiz result and lesson, learners can disagree or report a problem. It arrives here.
remark-badge-disagree = Disagrees
remark-badge-problem = Problem
remark-who = Learner { $name }
remark-settle = Mark as dealt with
remark-settled = Dealt with
remark-reopen = Open it again
overturn-title = Own words that failed a run ({ $count })
overturn-lead = What a rule found in them counts until you overturn it. The learner reads your reason.
overturn-quote = In their own words
overturn-open = Overturn this
overturn-reason = Why should it not count?
overturn-do = Overturn it
overturn-own = These are your own words. Another trainer decides.
overturn-done = Overturned
done-overturned = Overturned. The run is judged without it, and the learner reads your reason.

# How people play a conversation.
insight-title = How people play it
insight-lead = Every run in this version, finished or not, without names. Runs that went back to a decision and runs of the preview do not count.
insight-read = Read the conversation
insight-none = Nobody has played it yet
insight-none-text = As soon as learners play this version, you see here what they say and where they stop.
insight-tabs = Which runs
insight-others = Compare with
insight-all = All runs
insight-first = First run of each person
insight-newest = There are { $all } runs. What follows is of the newest { $most }.
insight-few = Fewer than { $fewest } people have played it, which is too few for averages: scores, times and costs appear from { $fewest } people on.
insight-too-few = too few to say
insight-unreadable = { $count ->
    [one] One run could not be followed through this conversation and is left out.
   *[other] { $count } runs could not be followed through this conversation and are left out.
}
insight-look = Worth a look
insight-nothing = Nothing stands out: no costly reply is what most people say, and none that was often on offer goes unsaid.
insight-mistake = { $share } % say “{ $text }” It costs { $cost ->
    [one] one point
   *[other] { $cost } points
} of the score on average.
insight-mistake-silence = { $share } % let the time run out. It costs { $cost ->
    [one] one point
   *[other] { $cost } points
} of the score on average.
insight-never = Nobody says “{ $text }” It was on offer { $count } times.
insight-silence = Nothing is said in time.
insight-numbers = In numbers
insight-runs = { $count ->
    [one] Runs, by one person
   *[other] Runs, by { $count } people
}
insight-finished = Finished
insight-abandoned = Abandoned
insight-open = Under way
insight-time = Median time of a run
insight-score = Mean score
insight-numbers-note = Abandoned means unfinished and untouched for a day. A reply counts with ten minutes at most.
insight-ended = How the runs ended
insight-success = Ended well
insight-neutral = Ended neither well nor badly
insight-failure = Ended badly
insight-part = { $count } ({ $share } %)
insight-drawn = The ways people took
insight-drawn-label = Drawing of the ways people took; the table below says the same
insight-node = { $visits ->
    [one] 1 visit
   *[other] { $visits } visits
} · { $share } %
insight-legend-node = The darker and the further left, the more runs came here
insight-legend-way = The broader, the more went on this way
insight-legend-unused = Nobody went this way
insight-legend-left = So many abandoned it here
insight-table = Every part, the most visited first
insight-table-lead = The share of a part is of all runs, the share of a reply is of all replies there. What a reply costs is how much less can still be reached after it than after the best one, in points of the score.
insight-unseen = Nobody has come to these parts
insight-where = Part and reply
insight-times = Times
insight-share = Share
insight-cost = Costs
insight-dwell = Median time
insight-left = Abandoned here
insight-mean = mean { $time }
insight-by = { $count ->
    [one] by one person
   *[other] by { $count } people
}
insight-of-runs = of runs
insight-open-here = { $count } under way
insight-offered = on offer { $count } times
insight-jump = Goes on to
insight-points = { $points ->
    [one] 1 point
   *[other] { $points } points
}
insight-seconds = { $seconds } s
insight-minutes = { $minutes } min { $seconds } s

wordings-title = Wordings left to you ({ $count })
wordings-lead = Replies in own words that were not recognised, left with consent. Some may make good “says:” lines.
wordings-closest = Closest: “{ $words }”
wordings-drop = Clear away

decisions-title = Decisions
decisions-link = Decisions: { $count ->
    [one] 1 person waits
   *[other] { $count } people wait
}
decisions-lead = These people have used every attempt without passing. You see how it went, so you do not see who they are. What you decide and why is shown to them and stays in their history.
decisions-who = Learner { $name }
decisions-none = Nobody waits for a decision
decisions-none-text = Whoever uses up their attempts at a quiz or an assessed conversation appears here.
decisions-more = { $count ->
    [one] One more person waits
   *[other] { $count } more people wait
}. They appear as you decide.
decisions-best = Best result { $best } %; { $pass } % passes.
decisions-no-best = No result; { $pass } % passes.
decisions-variant = told as { $name }
decisions-self = This is about you: another trainer decides.
decisions-next-quiz = One more attempt has the same questions, and all answers have been shown to them. They are hidden again until it is handed in.
decisions-next-same = One more attempt plays what was played longest ago, and its better answers have been shown to them. They are hidden again until it is over.
decisions-next-other = One more attempt plays a telling of the case that they have not seen; { $count ->
    [one] one is left
   *[other] { $count } are left
}. The better answers they were shown are hidden again until it is over.
decisions-reason-hint = They read it too. Leave out anything about health.
decisions-again = Give one more attempt
decisions-accept = Accept without a pass
decisions-too-late = Somebody else has decided about this meanwhile, or it has changed. Nothing was done.
decisions-decided = Decided lately
decisions-was-again = { $name } got one more attempt
decisions-was-accepted = { $name } was accepted without a pass
decisions-by = by { $name }
done-decided = Decided. They find it on the activity’s page.

# Two versions side by side.
beside-title = { $here } beside { $there }
beside-alone = { $version } alone
beside-few = Fewer than { $fewest } people have played one of the two, which is too few to compare: its figures appear from { $fewest } people on.
beside-newest = Of { $version } the newest { $most } runs are compared.
beside-whole = The two as a whole
beside-figure = Figure
beside-difference = Difference
beside-runs = Runs
beside-people = People
beside-passed = Passed, of the finished
beside-changed = What changed for learners
beside-lead = The largest difference first, each from { $there } to { $here }. Shares differ in points of a hundred, costs in points of the score. Between few runs a difference is often chance.
beside-no-change = No part and no reply differs by a point or more where enough people played both.
beside-smaller = { $count ->
    [one] One smaller difference
   *[other] { $count } smaller differences
}
beside-same = { $count ->
    [one] One place that differs by less than a point, or has too few people to compare
   *[other] { $count } places that differ by less than a point, or have too few people to compare
}
beside-same-lead = A dash means that there is nothing to say, or that too few people stand behind it.
beside-of-replies = of replies there
beside-unchanged = no change
beside-only = What could not be matched
beside-only-lead = Parts are matched by name, replies by their decision or else by their words. These are in one version only.
beside-only-in = Only in { $version }
