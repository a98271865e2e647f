# Mind the gap: the same case on two channels.
gap-title = Mind the gap
gap-lead = Does the same case get the same answer on every channel?
gap-simulated = Simulated choices, not customer experience
gap-simulated-text = These figures come from conversations that people played here. They tell how people choose, not how customers were treated. They are about groups, and nobody is named.
gap-filter = Choose a group
gap-group = People
gap-everybody = Everybody
gap-show = Show
gap-clear = Show everybody

gap-noun-public = Public thread
gap-noun-dm = Private messages
gap-noun-phone = Phone
gap-noun-email = E‑mail
gap-noun-board = Shared board
gap-place-public = in public
gap-place-dm = in private messages
gap-place-phone = on the phone
gap-place-email = by e-mail
gap-place-board = on a shared board

gap-headline-open = The same case goes better { $better } than { $worse }: by { $points } points of 100 on average, most likely between { $low } and { $high }.
gap-headline-closed = The same case goes equally well { $one } and { $other }, as far as it matters.
gap-headline-unclear = No difference can be told apart from chance yet.
gap-headline-few = It is too early to tell: a comparison needs { $people } people and { $cases } cases, played on both channels.

gap-table = Pairs of channels
gap-reading = Differences are the first channel less the second, in points of 100. The drawing goes from −{ $scale } to +{ $scale }; its shaded part, { $band } points either way, is as good as no difference.
gap-channels = Channels
gap-people = People
gap-cases = Cases
gap-difference = Difference in score
gap-interval = Interval, 95 %
gap-promises = Promised something else
gap-breaches = Crossed a line
gap-pair = { $one } and { $other }
gap-from-to = { $low } to { $high }
gap-better = better { $place }
gap-open = Gap
gap-closed = No gap that matters
gap-unclear = Not clear yet
gap-too-few = Not shown
gap-missing = Still missing
gap-waiting = { $count ->
    [one] One pair of channels has too little to compare yet
   *[other] { $count } pairs of channels have too little to compare yet
}
gap-waiting-table = Pairs of channels that cannot be compared yet
gap-missing-people = { $have } of { $need } people so far.
gap-missing-cases = { $have } of { $need } cases so far.
gap-lopsided = Played { $place } first { $count } of { $all } times, so learning is part of the difference.
gap-no-decision = No decision in common
gap-rate = { $share } %
gap-rate-place = { $share } % { $place }
gap-rate-ends = { $low } to { $high } %
gap-left-out = { $count ->
    [0] Every conversation that was begun was finished.
    [one] One conversation was begun and never finished. It is left out.
   *[other] { $count } conversations were begun and never finished. They are left out.
}

gap-nothing = There is nothing to compare yet
gap-nothing-text = It takes the same case on two channels, played by the same people. Authors name the case in a conversation’s “family”.
gap-nothing-group = Nobody in this group has played the same case on two channels.

gap-how = How this is computed
gap-how-first = Of each conversation, each person’s first finished play counts, in practice or assessed. Later plays do not.
gap-how-pairs = Conversations that tell the same case belong together. Whoever has played a case on both channels gives one difference: score less score.
gap-how-difference = For each case we take the mean over its people, then the mean over cases. The interval is Student’s t over the cases: if other cases like these were drawn, 95 of 100 such intervals would hold the true mean.
gap-how-promises = Decisions that have the same name on both channels are laid side by side. “Promised something else” is the share where the promises differ, no promise included.
gap-how-breaches = “Crossed a line” is the share of plays in which something was said that fails a conversation at any score. Both shares have Wilson’s interval, widened for what one person does alike.
gap-how-order = Whoever plays a case for the second time has learnt from the first. Where a course draws the order for each person, that cancels out. Where one channel mostly came first, its row says so.
gap-how-few = Under { $people } people or { $cases } cases nothing is shown.
gap-how-closed = “No gap that matters” takes { $cases } cases or more, and an interval within { $band } points either way. “Gap” means that the interval lies on one side of zero.
gap-limits = What it does not say
gap-limit-simulated = Nothing about customers. People knew that they were practising.
gap-limit-cases = Nothing certain about cases of another kind. The two shares hold for these cases only.
gap-limit-promises = Promises are compared by their words as authors wrote them, so the same promise in other words counts as another.
gap-limit-many = With several pairs of channels, one in twenty shows a gap by chance alone.
gap-limit-ceiling = When nearly everybody plays nearly perfectly, channels look alike because the cases are too easy.
gap-orders = Which channel came first
gap-orders-caption = How often each channel came first, and the difference in score then.
gap-order-first = First channel first
gap-order-second = Second channel first
gap-order-cell = { $count } times, { $points } points
gap-order-few = { $count } times, too few people to tell
