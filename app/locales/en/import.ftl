# Stories from elsewhere, taken over as drafts of conversations.
import-do = Take over a Twine story
upload-import = You have a story made with Twine?
import-title = Take over a Twine story
import-lead = Passages become the parts of a conversation, links its choices. You get a draft to finish in any editor.
import-file = The story as a file
import-file-hint = Twee 3, or the HTML file that Twine 2 publishes or archives. At most 4 MiB.
import-text = Or its text
import-text-hint = Paste it here instead. Each passage of Twee begins with a line such as “:: Start”.
import-convert = Make a draft
import-what-happens = Nothing in the story is run, and nothing becomes a course: you see the draft for a day, alone.
import-nothing = Choose a file, or paste the story’s text.
import-too-large = This is larger than 4 MiB. Export the story alone, without pictures or sounds inside it.
import-not-text = This is not text in UTF-8. Save the file as UTF-8, or export the story from Twine again.
import-neither = This is neither Twee 3 nor a story that Twine 2 published. In Twine, choose “Publish to File” or “Export As Twee”.
import-gone = That draft is no longer kept. Take the story over again to see it.
import-again-title = Take over another story

import-draft-title = The draft
import-unread-title = This story could not be read
import-unread = Nothing was taken over
import-unread-text = Mend the story, or export it again.
import-done = A draft is made, and its key is still to be written
import-not-stored = It is not stored: download it, finish it, and upload it as a part of a course. This page stays for a day.
import-download = Download { $file }

import-taken = What was taken over
import-passages = Passages
import-links = Links
import-story = Title
import-start = Begins with
import-format = Made for
import-found = What is odd in the story

import-to-do = What is still to do
import-to-do-lead = The check of a course says this of the draft. Lines are those of the draft.
import-col-what = What
import-col-grave = How grave
import-must = Must be done
import-look = Worth a look
import-col-times = Times
import-col-lines = Lines

import-left = What was not converted
import-left-lead = Lines are those of the story. The draft names each in a comment.
import-nothing-left = Everything in the story was converted.
import-left-more = And { $count ->
    [one] one more
   *[other] { $count } more
}, in the comments of the draft.
import-col-left = What
import-col-passage = Passage

import-draft = Text of the draft
import-lines = { $count ->
    [one] one line
   *[other] { $count } lines
}
import-lines-more = And { $count ->
    [one] one more line
   *[other] { $count } more lines
} in the file.

import-help = How to finish a draft
import-help-lead = In the draft a choice has words and leads somewhere. Its reason is empty:
import-help-before =
    - I’ll look into it. -> second-call
    {"  "}why:
import-help-keyed = Finished, it is rated and says why:
import-help-after =
    - I’ll trace it and write to you by four. -> second-call
    {"  "}rate: acknowledge 1, commit 2
    {"  "}effect: trust +1
    {"  "}why: Names what happens next, and until when.
import-help-rate = “rate:” gives points from -2 to 2 for each skill the choice shows. At least one choice of each part needs it.
import-help-why = “why:” is what learners read afterwards: what the choice does to the other person.
import-help-end = “(end: success)”, “(end: failure)” and “(end: neutral)” mark the parts where the conversation ends.
import-help-speech = “note:” is what is seen or heard. Turn it into speech by the speaker’s name: “Dana: Hello?”
import-help-then = Then put the file into a course’s folder, name it in course.toml and upload the course. The check tells what is left.
