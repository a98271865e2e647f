# Quizzes.
quiz-about = { $count ->
    [one] One question.
   *[other] { $count } questions.
}
quiz-left = { $left ->
    [0] No attempt left.
    [one] One attempt left.
   *[other] { $left } attempts left.
}
quiz-best = Your best so far: { $mark } %
quiz-begin = Begin
quiz-again = Try again
quiz-again-minutes = Try again, { $minutes } min
quiz-again-last = Start the last attempt, { $minutes } min
quiz-again-practice = Take it again for practice
quiz-earlier = Your attempts
quiz-attempt = Attempt { $number }: { $mark } %
quiz-question = Question { $number } of { $count }
quiz-multiple = Choose all that apply.
quiz-judgement = Rate each reply on its own.
quiz-save-next = Save and go on
quiz-save-review = Save and review
quiz-before = Back
quiz-review = Review all answers
quiz-answered = { $done } of { $total } answered
quiz-saving = Saving…
quiz-saved = Saved
quiz-unsaved = Not saved yet. Use the button below to try again.
quiz-review-title = Before you hand it in
quiz-review-lead = Nothing is marked until you hand it in.
quiz-not-answered = Not answered
quiz-change = Change
quiz-submit = Hand it in
quiz-submit-anyway = Hand it in as it is
quiz-missing = { $count ->
    [one] One question has no answer. Hand it in all the same?
   *[other] { $count } questions have no answer. Hand it in all the same?
}
quiz-passed = Passed
quiz-passed-text = You needed { $pass } %.
quiz-failed = Not passed yet
quiz-failed-text = You need { $pass } %.
quiz-held-back = You see which questions cost points. The right answers come once you have passed, or after the last attempt.
quiz-answers = { $count ->
    [one] Your answer
   *[other] Your { $count } answers
}
quiz-answers-open = { $count ->
    [0] All of them are right.
    [one] One is open: it cost something.
   *[other] { $count } are open: these cost something.
}
quiz-number = Question { $number }
quiz-mark-right = Right
quiz-mark-wrong = Wrong
quiz-left-empty = You left this empty. No answer, no points.
quiz-rest = { $count ->
    [one] One you rightly left out
   *[other] { $count } you rightly left out
}
quiz-rest-single = { $count ->
    [one] The other answer
   *[other] The { $count } other answers
}
rating-1 = Harmful
rating-2 = Poor
rating-3 = Good
rating-4 = Very good
verdict-right = You chose this, and it is right
verdict-wrong = You chose this, and it is not right
verdict-chosen = You chose this
verdict-missed = Right was
verdict-ticked-right = You ticked this, rightly
verdict-ticked-wrong = You ticked this; it doesn’t belong
verdict-ticked-missed = You left this out; it belongs
verdict-ticked-not = Not ticked, rightly
verdict-rated-same = You said: { $rating }. The author says the same.
verdict-rated = You said: { $yours }. The author says: { $key }.
verdict-rated-only = You said: { $yours }.
verdict-unrated = You did not rate this. The author says: { $key }.
scale-you = You
scale-author = The author
scale-both = You and the author
answer-nothing = Choose an answer.
answer-too-many = Choose one answer only.
answer-not-offered = That answer was not among those offered. Choose again.
answer-unrated = Rate every reply.
result-kicker = How it went
result-next = Continue: { $title }, { $minutes } min
result-receipt = See your receipt
result-again = Back to this activity
