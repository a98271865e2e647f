---
title: What I do with what customers tell me
statement: I have read this and will follow it.
---
Customers of {{company_name}} sometimes know what we don't. Therefore:

1. When somebody tells me when a fault happens, I ask and write it down before I explain anything.
2. I note what the customer saw apart from what I think, and so that somebody who wasn't there can act on it.
3. If a tip could hurt someone, I say so at once, and why.
4. I ask before words, pictures or names of customers are used for anything but helping them, and I keep to the answer. For doubts I ask {{privacy_contact}}.
5. I promise no features and no dates of products. I promise when I will report back.
6. I report back on that day, also when nothing has come of it.
7. I choose labels by what is so, and not by what they do to a figure.
