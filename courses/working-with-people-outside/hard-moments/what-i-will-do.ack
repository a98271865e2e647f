---
title: What I will do
statement: I have read this and will follow it.
---
When I speak or write to people outside, I speak for {{company_name}}. Therefore:

1. I say what happened to the person before I say what to do.
2. I never ask for personal data in public, and I never repeat it there. If it has been posted, I ask for it to be taken down.
3. Before I tell anyone something about an account, I check who they are. I ask for no more than I need.
4. I promise only what is mine to keep, with a time. I give back no more than {{refund_limit}} without a second signature.
5. When I hand over, I give a name and a time, and I tell the story so that the person need not.
6. I say that I work for {{company_name}} wherever I speak about it, its products or its partners, on my own accounts too.
7. I do not share customers' data or unannounced plans with partners. For doubts I ask {{privacy_contact}} before, and not after.
8. I do not answer bait or insults. Questions from the press, and others that are not mine to answer, I pass on at once.
9. If I make one of these mistakes, I say so at once: to my lead, and where personal data is involved, to {{privacy_contact}}.
