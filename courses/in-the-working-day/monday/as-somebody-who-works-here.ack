---
title: When I speak as somebody who works here
statement: I have read this and will follow it.
---
I needn't speak about {{company_name}} in my own time, and nobody may ask it of me. If I do:

1. I say at the beginning that I work here, and as what. I don't speak for {{company_name}} unless that is my job.
2. I say what anybody may check. What I know only from inside, or have overheard, I neither pass on nor guess at.
3. I look nothing up for friends with the logins that I have for my work, and I ask nobody for personal data in public.
4. I don't arrange with colleagues that we post, rate or vote, and I don't join in if others do.
5. I don't argue, and I don't delete what I should have said differently: I put it right.
6. What {{company_name}} should know I pass on: today to whoever is on call for {{social_handle}} if people may act on it today, and data matters to {{privacy_contact}} at once.
7. What I bring back is the thing and not the neighbour.
