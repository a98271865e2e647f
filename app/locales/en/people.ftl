# People and groups, as HR and admins look after them.

# Words that several of these pages share.
save = Save
cancel = Cancel
filter-do = Search
filter-clear = Clear
filter-any = Any
pages-label = Pages
page-number = Page { $number }
page-previous = Previous
page-next = Next
language-en = English

role-learner = Learner
role-learner-hint = Takes courses and keeps the receipts.
role-trainer = Trainer
role-trainer-hint = Writes, checks and publishes courses.
role-manager = Manager
role-manager-hint = Sees who in the own groups is done and who is not. Which groups is set on the group’s page.
role-hr = HR
role-hr-hint = Looks after people and groups, assigns courses, sees everybody’s results.
role-admin = Admin
role-admin-hint = Can do all of this, and sets up the site.

# One person
person-number = Employee number
person-login = Signs in with
person-group = Group
person-groups = Groups
person-role = Role
person-roles = Roles
person-state = State
person-state-invited = Not arrived
person-state-active = Active
person-state-disabled = Disabled
person-state-erased = Erased
person-seen = Last here
person-never-seen = Never
person-added = Added
person-locale = Language
person-locale-hint = More languages come as courses and pages are translated.
person-zone = Time zone
person-zone-hint = Due dates end at midnight there.
person-zone-change = Due dates end at midnight there. Those that are set already stay as they are.
person-name-hint = As they want to be called, in full.
person-email-hint = They sign in with it. Leave it empty for somebody without one.
person-number-hint = For somebody without an e-mail address: they sign in with this instead. It needs a digit.
person-roles-hint = Only an admin can make somebody HR or admin, or take that away.
person-group-hint = They get the courses that are assigned to the group. More groups can be added later.
person-group-none = No group yet
person-login-missing = Give an e-mail address or an employee number: they need one of them to sign in.
person-roles-missing = Tick at least one role.
person-email-taken = Somebody with this address is here already. Search for them in the list of people.
person-number-taken = Somebody with this number is here already. Search for them in the list of people.
person-last-admin = This is the only admin who can sign in. Make somebody else an admin first.
person-group-gone = This group is no longer there. Choose another one.
person-group-missing = Choose a group.
person-not-yourself = You cannot disable your own account. Ask another admin.

person-details = Details
person-progress = Progress
person-admins-only = This person is HR or an admin. Only an admin can change the account, because whoever can make a link for it could use it.
person-group-nothing = None
person-no-groups = In no group yet. A group brings the courses assigned to it, and a manager who sees how it goes.
person-group-add = Add to a group
person-group-add-do = Add
person-group-choose = Choose a group
person-group-leave = Remove from { $group }
person-standing = Where they stand
person-access = Getting in
person-invite = New invitation
person-invite-text = They have not chosen a password yet. A new link replaces the one they may have.
person-reset = Link for a new password
person-reset-text = For somebody who forgot the password. The old one works until they choose another.
person-leaving = Leaving
person-leaving-text = Ends every session at once and leaves them out of reports. Nothing is deleted, and it can be undone.
person-disable = Disable account
person-disable-question = { $name } is signed out everywhere and cannot come back in until somebody enables the account.
person-disable-do = Yes, disable it
person-disabled-title = Disabled
person-disabled-text = They cannot sign in and are left out of reports. Everything they did is kept.
person-enable = Enable account

# The list
people-title = People
people-lead = Everybody who can sign in here, or could.
people-add = Add a person
people-add-many = Add several
people-all = Everybody
people-count = { $count ->
    [0] Nobody
    [one] 1 person
   *[other] { $count } people
}
people-filter = Filter people
people-search = Name, e-mail or employee number
people-choose = Choose
people-choose-one = Choose { $name }
people-print-chosen = Print invitations for the chosen
people-print-hint = A fresh link for each, which replaces the one they may have.
people-invite-all = Print invitations for everybody not arrived
people-invite-group = Print invitations for those of { $group } not arrived
people-nobody-chosen = Tick at least one person to print an invitation for.
people-nobody-waiting = Nobody among them is waiting for an invitation that you may make.
people-none = Nobody here yet
people-none-text = Add the first people. Each gets a link with which they choose a password.
people-none-found = Nobody found
people-none-found-text = No person fits all of this. Take something away, or clear the search.

# Adding
people-new-title = Add people
people-new-lead = They get a link that works once. With it they choose a password of their own.
people-new-many-lead = Paste a list. You will see how it is read before anyone is added.
people-new-how = One or several
people-new-one = One person
people-new-many = Several at once
people-add-do = Add and make the link
people-add-many-do = Read the list
people-lines = People
people-lines-hint = Paste from a spreadsheet, or type: name, then email address or employee number, as in: Ada Byrne, ada@example.com. The first line may name the columns. At most { $most } people.
people-lines-roles = Everyone on the list becomes a learner. You can give other roles one by one afterwards.
people-lines-group-hint = For everyone on the list.
people-lines-empty = Paste at least one line.
people-lines-too-many = There are too many lines. Paste at most 200 people at once.
people-lines-heading = The first line names the columns, but not all that are needed: a name, and an email address or an employee number.
people-lines-column = Column { $note } can’t be used. A list has a name (in one column or two), an email address, an employee number, or both. Delete the column in your spreadsheet and paste again. No one was added.
people-lines-wrong = Some lines need a change, see the list above. No one was added yet.
people-lines-race = Meanwhile someone added one of these people. No one was added now. Read the list again to see which.
people-lines-list = Lines to change
people-line = Line { $number }
line-comma = There is only one column. Put a comma, a semicolon or a tab between the name and the email address or number.
line-quote = A quotation mark opens here and is not closed, or a cell has a line break.
line-twice = This address or number is on an earlier line as well.
line-taken = Someone with this address or number is here already.

# The list as it was understood
roster-title = { $count ->
    [one] 1 person
   *[other] { $count } people
}
roster-lead = Check the list. No one has been added yet.
roster-plain = Read as columns separated by { $separator }, without a heading.
roster-heading = Read as columns separated by { $separator }. The first line was read as the heading.
separator-tab = tabs
separator-semicolon = semicolons
separator-comma = commas
roster-line = Line
roster-nothing = None
roster-add = { $count ->
    [one] Add 1 person
   *[other] Add { $count } people
}
roster-change = Change the list

# Removing
people-remove-chosen = Remove the chosen
people-remove-nobody = Tick at least one person to remove.
people-remove-arrived = No one was removed: one of them signed in meanwhile, or something was decided for them.
remove-title = Remove people
remove-lead = For people who were added by mistake and never signed in.
remove-what = Their account, groups, invitations and assignments go with them. This cannot be undone. The audit log says that you removed them.
remove-do = { $count ->
    [one] Remove 1 person
   *[other] Remove { $count } people
}
remove-kept = These people stay
remove-kept-text = They have signed in, something was decided for them, or only an admin may change their account. You can disable an account instead, so that nothing is lost.
remove-none = No one to remove
remove-none-text = None of the people you chose can be removed.
remove-back = Back to the list
remove-card = Added by mistake?
remove-card-text = They never signed in, so you can remove the account.
remove-open = Remove…
done-people-removed = Removed.

# Links
link-title = Link
link-invite-title = The invitation for { $name }
link-invite-lead = It works once, for fourteen days. With it they choose a password and are in.
link-reset-title = A new password for { $name }
link-reset-lead = It works once, for one day. The old password works until then.
link-once = You see this link only now
link-once-text = It is not kept where it could be read again. Send it, copy it or print it before you leave; you can always make another one.
link-how-mail = A click on the link selects it whole, for copying. Printing this page prints the card alone.
link-how-no-mail = This site sends no mail, so the link is yours to pass on: a click selects it whole, for copying. Printing this page prints the card alone.
link-how-no-address = There is no e-mail address to send it to. Printing this page prints the card alone; a click on the link selects it whole, for copying.
link-send = Send to { $address }
link-another = Add another person
link-to-person = Go to the account
link-gone = This link is no longer shown
link-gone-text = A fresh link can be seen for half an hour, by whoever made it. Make another one if you still need it.
link-gone-do = Go to the account
card-invite = Your account at Colloquy is ready. Open this address once and choose a password:
card-reset = Open this address once and choose a new password:
card-login = After that you sign in with
card-ends = The address works until

mail-given-reset = Hello { $name },

    here is a link with which you choose a new password at Colloquy. It works once, for one day:

    { $link }

    If you did not ask for it, tell the people who look after your account.

# The sheet
sheet-title = Invitations to print
sheet-lead = { $count ->
    [one] One card. Print it and hand it over.
   *[other] { $count } cards. Print them, cut them apart and hand them out.
}
sheet-once = You see these links only now
sheet-once-text = They are not kept where they could be read again, and replace links made earlier. Use your browser’s print command: the paper has the cards alone.
sheet-left-out = { $count ->
    [one] One of the chosen has no card: they have arrived, are disabled, or an admin looks after them.
   *[other] { $count } of the chosen have no card: they have arrived, are disabled, or an admin looks after them.
}
sheet-more = These are the first { $most }. Hand them out, then print the next.
sheet-gone = This sheet is no longer shown
sheet-gone-text = A sheet can be seen for half an hour, by whoever made it. Make another one for those still waiting.
sheet-back = Back to the list

# Groups
groups-title = Groups
groups-lead = Teams, sites, cohorts. A course assigned to a group reaches everybody in it, and whoever joins later.
groups-filter = Search groups
groups-search = Name of the group
groups-count = { $count ->
    [0] No group
    [one] 1 group
   *[other] { $count } groups
}
groups-none = No groups yet
groups-none-text = Make the first one, for example a team. Then assign a course to all of it at once.
groups-none-found = No group found
groups-none-found-text = No group has this in its name.
group-new = New group
group-name = Name
group-name-hint = As people call it, such as “Support north”.
group-name-taken = There is a group with this name already.
group-add-do = Make the group
group-members = Members
group-managers = Managers
group-no-manager = None
group-made = Made
group-lead = { $members ->
    [0] Nobody
    [one] 1 member
   *[other] { $members } members
}, { $managers ->
    [0] no manager
    [one] 1 manager
   *[other] { $managers } managers
}
group-progress = Progress
group-add-new = Add a new person
group-people = Who is in it
group-part = Part
group-part-member = Member
group-part-manager = Manager
group-actions = Actions
group-add = Add somebody
group-find = Name, e-mail or employee number
group-find-none = Nobody here has this name, address or number. Perhaps they are yet to be added.
group-find-more = { $shown } of { $total }. Type more of the name to see others.
group-add-do-one = Add
group-add-one = Add { $name } to the group
group-already = In the group
group-type = Type its name, or a part of it.
group-several = Several groups have this in their name. Choose one.
group-too-many = More than 20 groups have this in their name. Type more of it.
group-no-such = No group has this in its name.
group-make = Make manager
group-make-one = Make manager: { $name }
group-unmake = No longer manager
group-unmake-one = No longer manager: { $name }
group-remove = Remove
group-remove-one = Remove { $name } from the group
group-print = Print invitations for those not arrived
group-empty = Nobody in it yet
group-empty-text = Search for people above and add them.
group-rename = Rename
group-delete = Delete
group-delete-text = The people stay, and so does what they have done. Only the group goes.
group-delete-open = Delete this group
group-delete-question = { $members ->
    [0] Delete { $name }? Nobody is in it.
    [one] Delete { $name }? Its member is then in no group of this name; courses assigned to the group no longer reach anybody.
   *[other] Delete { $name }? Its { $members } members stay; courses assigned to the group no longer reach anybody.
}
group-delete-do = Yes, delete it

done-link-sent = The link is on its way by mail.
done-person-disabled = The account is disabled. All sessions are ended.
done-person-enabled = The account is enabled again.
done-people-added = Everybody on the list is added. Print their invitations below.
done-group-added = The group is there. Now add people to it.
done-group-deleted = The group is deleted.
done-member-added = Added to the group.
done-member-removed = Removed from the group.
done-manager-made = They manage the group now, and have the role for it.
done-manager-unmade = They no longer manage the group.
