# Conversations and their debriefs.
talk-briefing = What you know
talk-with = You talk with { $name }.
talk-practice = This is practice. Only you see your score, nothing you say here counts against you, and you can play it as often as you like.
talk-assessed = This one counts. You have { $most ->
    [one] one attempt
   *[other] { $most } attempts
}. The debrief shows better answers once you have passed or used the last one.
talk-variants = Each attempt tells the case in another way.
talk-begin = Begin the conversation
talk-prompt = What do you say?
talk-prompt-do = What do you do?
talk-prompt-both = What do you do or say?
talk-do = Do
talk-do-what = Do: { $what }
talk-did = Done by you
talk-typing = One moment:
talk-hurry = Show it now
talk-left = Answer within
talk-unreachable = We could not reach the server, so that reply is not saved yet.
talk-again = Try again
talk-debrief = See how it went
talk-retry = Play it again
talk-score = Score { $score } %
talk-score-was = Score { $score } %, was { $before } %
talk-earlier = Earlier plays
talk-none-left = You have used every attempt. A trainer decides how to go on.
talk-silence = No answer came in time.
talk-recording = Recording
talk-hold = On hold for { $seconds ->
    [one] one second.
   *[other] { $seconds } seconds.
}
talk-holding = On hold
talk-draft = Your draft
talk-send = Send
talk-change = Write something else
talk-of = of
talk-joins = joins in
talk-yours = you
talk-time-usual = Some replies have a time limit.
talk-time-half = Some replies have a time limit; you have one and a half times as long.
talk-time-double = Some replies have a time limit; you have twice as long.
talk-time-unlimited = Some replies have a time limit; there is none for you.
talk-time-change = Change the time to answer
example-link = See how somebody experienced handled it
example-kicker = Worked example
example-lead = One good way through this conversation, and at each reply the reason for it. It is not the only one.
example-why = Why
example-then = Now try it yourself
example-later = You are in the middle of this conversation. The example is here again when it is over.
done-no-attempts = There was no attempt left to begin.

channel-public = Public thread
channel-chat = Private messages
channel-phone = Phone call
channel-mail = E-mail
channel-board = Shared board
audience-public = Anyone can read this
audience-chat = Only the two of you
audience-phone = On the line
audience-mail = Only the people addressed
audience-board = Shared by { $people }
audience-reach = { $people ->
    [one] One person can read this
   *[other] { $count } people can read this
}
moved-public = Back in public
moved-chat = Moved to private messages
moved-phone = Moved to a phone call
moved-mail = Moved to e-mail
moved-board = Moved to the shared board

ending-success = It ended well
ending-neutral = It is over
ending-failure = It did not end well

debrief-success = It ended well
debrief-neutral = It ended neither well nor badly
debrief-failure = It did not end well
debrief-passed = That reaches the { $pass } % this conversation asks for.
debrief-passed-unscored = That is the good ending this conversation asks for.
debrief-failed = Not passed: this conversation asks for a good ending and { $pass }%.
debrief-failed-ending = Not passed: your score is enough, but this conversation also asks for a good ending.
debrief-failed-score = Not passed: this conversation asks for { $pass }%.
debrief-blocked = Something was said that must not be, so it does not count as passed, whatever the score.
debrief-practice = This is practice: only you see the score.
debrief-keep = Keep this: { $subject }
debrief-mattered = One decision mattered most: { $subject }, { $points ->
    [0] less than a point
    [one] 1 point
   *[other] { $points } points
}
debrief-mattered-turned = One decision mattered most: { $subject }
debrief-mattered-blocked = One decision broke a rule: { $subject }
debrief-turned-why = Before this decision, a good ending could still be reached. After it, none could.
debrief-nothing-lost = You lost nothing at any decision.
debrief-try = Try this
debrief-read-why = Read why
debrief-competencies = By competency
debrief-mark-turned-free = It turned at decision { $number }, although no points were lost there. Points judge what you say. The ending also depends on what is still possible.
debrief-mark-turned = It turned at decision { $number }: after it, no good ending could be reached.
debrief-mark-blocked = Decision { $number } broke a rule, which no score makes up for.
debrief-mark-cost = Decision { $number } cost the most.
debrief-decisions = { $count ->
    [one] Your decision
   *[other] Your { $count } decisions
}
debrief-decision-no = Decision
debrief-turned-tag = Turned here
debrief-most-tag = Cost the most
debrief-whole = The whole conversation, as it was
debrief-better-why = Why it is better:
anew-title = Judged again
anew-key = Scored again on { $date } after the author corrected the key: { $now } %, was { $before } %.
anew-key-same = Scored again on { $date } after the author corrected the key: it stays { $now } %.
anew-key-unscored = Judged again on { $date } after the author corrected the key.
anew-played = The words below are as you played them.
anew-overturned = On { $date } a trainer overturned what stood against your words at decision { $number }.
anew-passes = It counts as passed now.
anew-fails = It would not pass any more. What you had completed stays completed.
anew-reason = A trainer overturned this: { $reason }
debrief-held-back = Better answers appear once you have passed or used the last attempt.
debrief-legend = Open one to see why
debrief-rated = Rated: { $ratings }
debrief-decision = Decision { $number }
debrief-blocker = Must not happen
debrief-cost = Cost { $points ->
    [0] less than a point
    [one] 1 point
   *[other] { $points } points
}
debrief-best = Nothing lost
debrief-you = You said
debrief-did = You did
debrief-silent = What happened
debrief-better = What would have been better
debrief-better-do = What would have been better to do
debrief-better-silent = Say nothing for a moment.
debrief-then = { $name } would have said
debrief-promise = You promised: { $what }.
debrief-takeaway = What to take away
debrief-trend-table = The numbers behind the line
debrief-trend-when = After
debrief-start = The beginning
debrief-trend = How { $name } moved: from { $from } to { $to } of { $most }
blocker-asks-personal-data-in-public = It asks for personal details where everybody can read the answer.

rewind-do = Try another answer here
rewind-title = A second try
rewind-text = You are back at an earlier decision. Say something else and see where it leads. Nothing here is scored.
rewind-back = Back to how it went the first time
rewind-unscored = This was a second try from an earlier decision. It is not scored and counts for nothing.

compare-title = Compare with { $count ->
    [one] your other play
   *[other] your { $count } other plays
}
compare-when = Played
compare-score = Score
compare-ending = Ending
compare-way = Where it took another way
compare-same = It took the same way.
compare-said = At decision { $number } you said: “{ $words }”
compare-did = At decision { $number } you did this: { $words }
compare-silent = At decision { $number } you said nothing in time.

# Own words where the reply is free.
own-label = Your reply, in your own words
own-hint = You see how it reads before anything is sent. At most { $most } characters.
own-look = Look at it
own-instead = Choose from replies instead
own-reading = How it reads
own-found-none = Nothing in it stands out.
own-found-blocker = { $count ->
    [one] 1 thing that must not be sent
   *[other] { $count } things that must not be sent
}
own-found-warning = { $count ->
    [one] 1 thing to think about again
   *[other] { $count } things to think about again
}
own-found-good = { $count ->
    [one] 1 good thing
   *[other] { $count } good things
}
own-as = We read this as:
own-confirm = Yes, send it
own-others = No, I mean:
own-unsure = We are not sure what you mean. Which of these comes closest? Your own words are sent.
own-keep = Keep my wording, without my name, so that the author can learn from it
own-change = Change it
own-empty = Write what you want to say first.
own-too-long = That is too long. Keep it under { $most } characters.
own-blocker = Must not be sent
own-warning = Think again
own-good = Good
own-meant = Read as: “{ $words }”
rule-asks-personal-data-in-public = It asks for personal details where everybody can read the answer. Offer a private place instead.
rule-repeats-personal-data-in-public = It shows details that lead to one person, where everybody reads along. Leave them out.
rule-discloses-secret = It gives away something that is not yours to tell.
rule-non-apology = It sounds like an apology, and leaves the fault with them. Say what you are sorry for.
rule-blames = It can be heard as blame. Say what happens now instead.
rule-sends-away = It sends them somewhere else. Can you do this step for them?
rule-promises-compensation = It promises money or its worth. Are you allowed to?
rule-empty-phrase = They have read this phrase many times. Your own words say more.
rule-apologises = You say sorry, or own the fault.
rule-shows-empathy = You name what it is like for them.
rule-owns-next-step = You say what you will do.
rule-gives-time = You say when.
rule-says-who-one-is = You say who is writing.
rule-keeps-data-private = You keep their details out of public view.
