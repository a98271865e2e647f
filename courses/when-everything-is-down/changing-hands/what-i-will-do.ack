---
title: What I will do when everything is down
statement: I have read this and will follow it.
---
When a service of {{company_name}} is down and people ask me, on whatever channel:

1. I read the page before I answer. I name no cause and no time that isn't on it, however good my source.
2. I say "it's us" when it's us, and "I don't know" when I don't. I say when the next word comes, by the clock.
3. If I've guessed, I take it back at once, in the same place, and tell the other channels.
4. I send lists and data only to where they always go. Urgency is no reason.
5. I give what is mine to give, up to {{refund_limit}}. For the rest I name who decides, and by when.
6. I may end a call in which I'm abused, after one warning. Threats I keep and report; I don't bear them alone.
7. I hand over in writing what was promised, and tell the person who has it now.
8. Questions about data go to {{privacy_contact}}, the same hour.
