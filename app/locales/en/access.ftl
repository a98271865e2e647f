# Coming in.
sign-in-title = Sign in
sign-in-lead = Practise the conversations that matter before you have them.
sign-in-login = E-mail or employee number
sign-in-password = Password
sign-in-do = Sign in
sign-in-out-over = You have been signed out. Sign in, and you go on where you were.
sign-in-out-kept = You have been signed out, so this was not sent yet. What you wrote is kept for 24 hours, for you alone. Sign in, and you find it where you were.
sign-in-out-lost = You have been signed out, so this was not saved. Sign in, and do it again where you were.
sign-in-forgotten = Forgotten your password?
sign-in-login-empty = Enter your e-mail address or your employee number.
sign-in-password-empty = Enter your password.
sign-in-wrong = That name and password do not belong together. Check both and try again.
sign-in-throttled-seconds = There were several failed attempts. Wait { $note } seconds, then try again.
sign-in-throttled-minutes = There were many failed attempts. Wait { $note } minutes, then try again, or reset your password.
back-to-sign-in = Back to sign-in

demo-accounts = Accounts to try
demo-password = All of them have the password

forgotten-title = Forgotten your password?
forgotten-lead = Tell us who you are and we send you a link.
forgotten-lead-no-mail = Ask the people who run this site, usually HR. They can give you a link with which you choose a new one.
forgotten-do = Send me a link
forgotten-too-many = Very many links were asked for from your connection. Wait { $note } seconds, then try again.

link-over-title = This link no longer works
link-over-lead = It was used already, it ran out, or a newer one took its place. Ask for another one.

welcome-invited = Welcome, { $name }
welcome-invited-lead = Choose a password, and your first conversation is two clicks away.
welcome-invited-do = Choose it and start
welcome-reset = Choose a new password
welcome-reset-lead = You will be signed out everywhere else.
welcome-reset-do = Save and sign in
welcome-setup = Set up this site
welcome-setup-lead = You are the first one here. This makes you the admin.
welcome-setup-do = Create the admin account
welcome-login = You sign in as

person-name = Name
person-email = E-mail address
password-new = New password
password-hint = At least { $least } characters. A few words in a row are easy to remember and hard to guess.
password-too-short = Use at least 15 characters. A few words in a row will do.
password-too-long = Use at most 256 characters.
password-characters = Leave out line breaks, tabs and other characters that a keyboard cannot be relied on to repeat.
password-show = Show password
password-hide = Hide password
password-common = This one is on every list of guesses. Choose something less usual.
password-personal = This is too close to your name or address. Choose something else.
name-empty = Enter a name.
name-too-long = Use at most 200 characters.
name-characters = Leave out line breaks and control characters.
email-empty = Enter an e-mail address.
email-too-long = Use at most 254 characters.
email-at = An e-mail address has one @ in the middle, as in name@example.com.
email-local = The part before the @ has characters that do not belong there.
email-domain = The part after the @ has to be a domain, such as example.com.
login-empty = Enter your e-mail address or your employee number.
employee-number-empty = Enter an employee number.
employee-number-too-long = Use at most 32 characters.
employee-number-characters = Use letters, digits, hyphens, dots and slashes only.
locale-unknown = Choose a language from the list.
zone-unknown = Choose a time zone from the list.

mail-invitation-subject = Your account for Colloquy
mail-invitation = Hello { $name },

    you have an account at Colloquy, where you practise the conversations you have with customers and partners.

    Choose a password here. The link works once, for fourteen days:

    { $link }
mail-decided-subject = A trainer has decided about “{ $title }”
mail-decided-again = Hello { $name },

    you had used your attempts at “{ $title }”. A trainer has given you one more.

    Reason: { $reason }

    { $link }
mail-decided-accepted = Hello { $name },

    you had used your attempts at “{ $title }”. A trainer has accepted it as done.

    Reason: { $reason }

    { $link }
mail-reset-subject = A new password for Colloquy
mail-reset = Hello { $name },

    somebody, probably you, asked for a new password. Choose it here. The link works once, for two hours:

    { $link }

    If it was not you, there is nothing to do.
