# The frame around every page.
skip = Skip to content
demo-label = Demonstration
demo-banner = This is a demonstration. The people are invented, and everything you change may be reset.
nav-main = Main
nav-home = Home
nav-courses = Courses
nav-tracking = Progress
nav-gap = Mind the gap
nav-people = People
nav-groups = Groups
nav-authoring = Authoring
nav-site = Site
nav-account = Your account
theme-light = Light
theme-dark = Dark
theme-device = As this device
sign-out = Sign out
footer-recorded = What is recorded, and who sees it
unsent-title = Nothing has been sent yet
unsent-text = You had been signed out. This is what you wrote. Send it now, or change it below and send it from there.
unsent-send = Send it now
unsent-drop = Leave it
form-problem = Please check this
back-home = Back to the home page
to-sign-in = Go to sign-in

error-400 = That could not be read
error-400-text = Something in the request was missing or garbled. Go back, reload the page and try again.
error-401 = Please sign in
error-401-text = You have been signed out, or never were signed in. Nothing you saved is lost.
error-403 = This is not yours to open
error-403-text = Your account has no access to this page. If you need it, ask the people who run this site.
error-404 = There is nothing here
error-404-text = The address may be mistyped, or what was here has moved.
error-405 = There is nothing to see here
error-405-text = This address takes forms only. Go back to the page you came from.
error-409 = Someone was quicker
error-409-text = This changed while you were looking at it. Go back and reload to see how things stand now.
error-413 = That is too large
error-413-text = What you sent is larger than this site takes. Make it smaller and try again.
error-429 = Too many attempts from here
error-429-text = There were very many attempts from your connection. Wait a quarter of an hour, then try again.
error-500 = Something broke on our side
error-500-text = What you saved before is safe. Try again in a moment. If it stays broken, tell the people who run this site.
error-503 = Not available just now
error-503-text = The site can't reach its data, or more people are signing in than it can serve at once. Nothing you saved is lost. Wait a moment and try again. If this goes on, tell the people who run this site.
try-again = Try again

# A form that could not be saved
unsaved = Not saved yet
unsaved-text = The site can't save anything right now. What you sent is kept on this page. Wait a moment, then try again.
unsaved-broken = Something broke on our side. What you sent is kept on this page. Try again, and if it stays broken, tell the people who run this site.
unsaved-written = What you wrote

done-signed-out = You are signed out.
done-welcome = You are all set.
done-asked = If there is an account with an email address, a link is on its way. It works for two hours. If you asked a moment ago, use the link you already have.
done-saved = Saved.

# Dates
date = { $day } { $month } { $year }
date-time = { $date }, { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
due-today = due today
due-tomorrow = due tomorrow
due-in-days = { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
overdue-days = { $days ->
    [one] 1 day overdue
   *[other] { $days } days overdue
}
minutes = { $minutes } min
