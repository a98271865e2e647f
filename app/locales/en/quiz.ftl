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
quiz-failed-text = You need { $pass } %. Read what is said below, then try again.
quiz-held-back = You see what belongs to your own answers. The rest is shown once you have passed or used the last attempt.
quiz-item-result = Question { $number } · { $mark } %
rating-1 = Harmful
rating-2 = Poor
rating-3 = Good
rating-4 = Very good
verdict-right = Right – your answer
verdict-wrong = Your answer – not right
verdict-chosen = Your answer
verdict-missed = This would have been right
verdict-rated-same = { $rating } – as the author sees it
verdict-rated = You said: { $yours }. The author: { $key }.
verdict-rated-only = You said: { $yours }.
answer-nothing = Choose an answer.
answer-too-many = Choose one answer only.
answer-not-offered = That answer was not among those offered. Choose again.
answer-unrated = Rate every reply.
result-kicker = How it went
result-next = Go on: { $title }
result-receipt = See your receipt
result-again = Back to this activity
